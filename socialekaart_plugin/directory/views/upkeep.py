"""Keeping one record: confirm it, look after it, mark it, withdraw it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages

from socialekaart_plugin.directory import actions
from socialekaart_plugin.directory.choices import VerificationChannel
from socialekaart_plugin.directory.forms import ConfirmForm, UpkeepForm, WithdrawForm
from socialekaart_plugin.directory.upkeep_panel import upkeep_context

from .base import OneRecordMixin, RecordActionView
from .buttons import record_action_url


class ConfirmView(RecordActionView):
    """Note that a record was found to be right."""

    form_class = ConfirmForm
    live_only = True
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


class UpkeepView(RecordActionView):
    """Who looks after a record, how often, and whom to ask."""

    form_class = UpkeepForm
    page_title = gettext_lazy("Upkeep")
    header_icon = "user"
    submit_label = gettext_lazy("Save the upkeep")
    template_name = "socialekaart_plugin/directory/upkeep.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form which record it is about, and who may look after it."""
        return {
            **super().get_form_kwargs(),
            "record": self.record,
            "permission_policy": self.permission_policy,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add how the record stands, and where it is confirmed and marked."""
        return {
            **super().get_context_data(**kwargs),
            **upkeep_context(self.record),
            "confirm_url": record_action_url(self.record, "confirm"),
            "mark_url": record_action_url(self.record, "mark"),
        }

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Set the upkeep, or say by field why that cannot be."""
        try:
            actions.set_upkeep(
                record=self.record,
                user=self.request.user,  # type: ignore[arg-type]
                **form.cleaned_data,
            )
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(
            self.request, _("The upkeep of “%(name)s” is saved.") % {"name": self.record}
        )
        return super().form_valid(form)


class MarkView(OneRecordMixin, View):
    """Mark a public record as not recently verified, or end that; asked for with a button."""

    page_title = gettext_lazy("Mark")
    live_only = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Change nothing: the button stands on the screen of the upkeep."""
        return redirect(record_action_url(self.record, "upkeep"))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Mark, or end the mark, as asked; twice asked is once done."""
        user: Any = request.user
        if request.POST.get("marked") == "yes":
            if self.record.marked_on is None:
                actions.mark_record(record=self.record, on=timezone.localdate(), user=user)
            said = _("“%(name)s” is marked as not recently verified.")
        else:
            if self.record.marked_on is not None:
                actions.unmark_record(record=self.record, user=user)
            said = _("“%(name)s” is no longer marked.")
        messages.success(request, said % {"name": self.record})
        return redirect(record_action_url(self.record, "upkeep"))


class WithdrawView(RecordActionView):
    """Take a record off every channel."""

    form_class = WithdrawForm
    permission = "publish"
    live_only = True
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
