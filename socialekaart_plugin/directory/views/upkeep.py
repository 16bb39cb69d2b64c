"""One thing done to one record: confirm it, withdraw it."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from socialekaart_plugin.directory import actions
from socialekaart_plugin.directory.choices import VerificationChannel
from socialekaart_plugin.directory.forms import ConfirmForm, WithdrawForm
from socialekaart_plugin.directory.models import Record

if TYPE_CHECKING:
    # Only the stubs know FormView as generic.
    _FormView = FormView[forms.Form]
else:
    _FormView = FormView


class RecordActionView(WagtailAdminTemplateMixin, _FormView):
    """A form that does one thing to one record."""

    model: Any = None
    permission_policy: Any = None
    index_url_name: str | None = None
    edit_url_name: str | None = None
    permission: str
    submit_label: Any
    template_name = "wagtailadmin/generic/form.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the record."""
        super().setup(request, *args, **kwargs)
        self.record: Record = get_object_or_404(self.model, pk=unquote(str(kwargs["pk"])))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse who may not do this."""
        if not self.permission_policy.user_has_permission(request.user, self.permission):
            raise PermissionDenied
        if not self.record.live:
            messages.warning(request, _("“%(name)s” is not public.") % {"name": self.record})
            return redirect(self.get_success_url())
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        """Name the record."""
        return str(self.record)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the list and the record."""
        return [
            *self.breadcrumbs_items,
            {
                "url": reverse(self.index_url_name),
                "label": self.model._meta.verbose_name_plural.capitalize(),
            },
            {"url": self.get_success_url(), "label": str(self.record)},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the template of Wagtail's forms asks for."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["action_url"] = self.request.path
        context["submit_button_label"] = self.submit_label
        context["submit_button_active_label"] = _("One moment…")
        context["media"] = context["form"].media
        return context

    def get_success_url(self) -> str:
        """Return to the record."""
        return reverse(self.edit_url_name, args=[quote(self.record.pk)])


class ConfirmView(RecordActionView):
    """Note that a record was found to be right."""

    form_class = ConfirmForm
    permission = "change"
    page_title = gettext_lazy("Still right")
    header_icon = "check"
    submit_label = gettext_lazy("Note as still right")

    def get_initial(self) -> dict[str, Any]:
        """Begin with a telephone call of today."""
        return {"on": timezone.localdate(), "channel": VerificationChannel.PHONE}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Confirm."""
        actions.confirm_record(record=self.record, user=self.request.user, **form.cleaned_data)  # type: ignore[arg-type]
        messages.success(self.request, _("“%(name)s” is noted as right.") % {"name": self.record})
        return super().form_valid(form)


class WithdrawView(RecordActionView):
    """Take a record off every channel."""

    form_class = WithdrawForm
    permission = "publish"
    page_title = gettext_lazy("Withdraw")
    header_icon = "no-view"
    submit_label = gettext_lazy("Withdraw everywhere")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form which record it is about."""
        return {**super().get_form_kwargs(), "record": self.record}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Withdraw, or say why that cannot be."""
        try:
            actions.withdraw_record(record=self.record, user=self.request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except actions.WithdrawalError as error:
            form.add_error("replaced_by", str(error))
            return self.form_invalid(form)
        messages.success(self.request, _("“%(name)s” is withdrawn.") % {"name": self.record})
        return super().form_valid(form)
