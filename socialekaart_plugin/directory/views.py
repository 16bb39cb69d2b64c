"""Screens of the record in the admin: refusals in words, confirm, withdraw."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views import snippets

from . import actions
from .choices import VerificationChannel
from .forms import ConfirmForm, WithdrawForm
from .models import Record
from .requirements import PublicationRefused


def _say_refused(request: HttpRequest, refused: PublicationRefused) -> None:
    """Tell the user in words, and the history of the record."""
    refused.record_in_history(user=request.user if request.user.is_authenticated else None)
    messages.error(request, refused.in_words())


class _RefusesInWords:
    """A form view in which a refused publication leaves the draft saved and says why."""

    def run_action_method(self) -> HttpResponse | None:
        """Publish, submit or approve in one transaction; a refusal undoes all of it."""
        try:
            with transaction.atomic():
                response: HttpResponse | None = super().run_action_method()  # type: ignore[misc]
                return response
        except PublicationRefused as refused:
            _say_refused(self.request, refused)  # type: ignore[attr-defined]
            return redirect(self.get_edit_url())  # type: ignore[attr-defined]


class RecordCreateView(_RefusesInWords, snippets.CreateView):
    """A new record."""


class RecordCopyView(_RefusesInWords, snippets.CopyView):
    """A new record that begins as another."""


class RecordEditView(_RefusesInWords, snippets.EditView):
    """A record."""

    confirm_url_name: str | None = None
    withdraw_url_name: str | None = None

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Confirm and withdraw stand beside Wagtail's own."""
        return [*super().header_more_buttons, *record_buttons(self, self.object)]


class RecordIndexView(snippets.IndexView):
    """The list of records."""

    confirm_url_name: str | None = None
    withdraw_url_name: str | None = None

    def get_list_more_buttons(self, instance: Record) -> list[Any]:
        """Confirm and withdraw stand beside Wagtail's own."""
        return [*super().get_list_more_buttons(instance), *record_buttons(self, instance)]


def record_buttons(view: Any, record: Record) -> list[Button]:
    """Return the buttons to confirm and to withdraw, as far as the user may."""
    pk = quote(record.pk)
    buttons = []
    if record.live and view.permission_policy.user_has_permission(view.request.user, "change"):
        buttons.append(
            Button(
                _("Still right"),
                url=reverse(view.confirm_url_name, args=[pk]),
                icon_name="check",
                priority=12,
            )
        )
    if record.live and view.permission_policy.user_has_permission(view.request.user, "publish"):
        buttons.append(
            Button(
                _("Withdraw"),
                url=reverse(view.withdraw_url_name, args=[pk]),
                icon_name="no-view",
                priority=25,
            )
        )
    return buttons


class RecordUnpublishView(snippets.UnpublishView):
    """Wagtail's own way to take a record off, in one transaction."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Unpublish."""
        with transaction.atomic():
            response: HttpResponse = super().post(request, *args, **kwargs)
            return response


class RecordWorkflowActionView(snippets.WorkflowActionView):
    """Approving or rejecting from a list or the dashboard."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Act in one transaction; a refused publication undoes the whole approval."""
        try:
            with transaction.atomic():
                response: HttpResponse = super().post(request, *args, **kwargs)
                return response
        except PublicationRefused as refused:
            _say_refused(request, refused)
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            modal: HttpResponse = self.render_modal_json(
                request, {"step": "success", "redirect": self.redirect_url}
            )
            return modal
        return redirect(self.redirect_url)


if TYPE_CHECKING:
    # Only the stubs know FormView as generic.
    _FormView = FormView[forms.Form]
else:
    _FormView = FormView


class _RecordActionView(WagtailAdminTemplateMixin, _FormView):
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


class ConfirmView(_RecordActionView):
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


class WithdrawView(_RecordActionView):
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
