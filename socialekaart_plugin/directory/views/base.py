"""Base views for one action on one record."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from socialekaart_plugin.directory.models import Record
from socialekaart_plugin.directory.requirements import RecordLocked

from .refusals import SaysLocked

if TYPE_CHECKING:
    # FormView is generic only in the type stubs.
    _FormView = FormView[forms.Form]
else:
    _FormView = FormView


class OneRecordMixin(SaysLocked, WagtailAdminTemplateMixin):
    """A view about one record, for users with the required permission."""

    model: Any = None
    permission_policy: Any = None
    index_url_name: str | None = None
    edit_url_name: str | None = None
    permission = "change"
    live_only = False

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the record."""
        super().setup(request, *args, **kwargs)
        self.record: Record = get_object_or_404(self.model, pk=kwargs["pk"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse users without permission, and actions that need a public record."""
        if not self.permission_policy.user_has_permission(request.user, self.get_permission()):
            raise PermissionDenied
        if self.live_only and not self.record.live:
            messages.warning(request, _("“%(name)s” is not public.") % {"name": self.record})
            return redirect(self.get_record_url())
        try:
            return super().dispatch(request, *args, **kwargs)
        except self.model.DoesNotExist as error:
            # The record was deleted after it was loaded.
            raise Http404 from error

    def url_when_locked(self) -> str:
        """Redirect to the record form."""
        return self.get_record_url()

    def get_permission(self) -> str:
        """Return the permission that this view requires for this record."""
        return self.permission

    def get_record_url(self) -> str:
        """Return the URL of the record form."""
        return reverse(self.edit_url_name, args=[quote(self.record.pk)])

    def get_page_subtitle(self) -> str:
        """Name the record."""
        return str(self.record)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Add links back to the list and the record."""
        return [
            *self.breadcrumbs_items,
            {
                "url": reverse(self.index_url_name),
                "label": capfirst(self.model._meta.verbose_name_plural),
            },
            {"url": self.get_record_url(), "label": str(self.record)},
            {"url": "", "label": self.get_page_title()},
        ]


class RecordActionView(OneRecordMixin, _FormView):
    """A form view that performs one action on one record."""

    submit_label: Any
    template_name = "wagtailadmin/generic/form.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the template of Wagtail's forms needs."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["action_url"] = self.request.path
        context["submit_button_label"] = self.submit_label
        context["submit_button_active_label"] = _("One moment…")
        context["media"] = context["form"].media
        context["record"] = self.record
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Perform the action, or show the form again if a colleague locked the record."""
        try:
            return super().post(request, *args, **kwargs)
        except RecordLocked as locked:
            messages.error(request, locked.in_words())
            return self.render_to_response(self.get_context_data(form=self.get_form()))

    def get_success_url(self) -> str:
        """Redirect to the record."""
        return self.get_record_url()

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Show an error message above the form, with the input kept."""
        messages.error(self.request, _("Nothing was saved: look at the fields marked in red."))
        return super().form_invalid(form)
