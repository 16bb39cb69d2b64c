"""Views to confirm, maintain, mark and withdraw a record."""

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
    """Confirm that a record is right."""

    form_class = ConfirmForm
    live_only = True
    page_title = gettext_lazy("Still right")
    header_icon = "check"
    submit_label = gettext_lazy("Note as still right")

    def get_initial(self) -> dict[str, Any]:
        """Start with a telephone call today."""
        return {"on": timezone.localdate(), "channel": VerificationChannel.PHONE}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Save the confirmation."""
        actions.confirm_record(record=self.record, user=self.request.user, **form.cleaned_data)  # type: ignore[arg-type]
        messages.success(self.request, _("“%(name)s” is noted as right.") % {"name": self.record})
        return super().form_valid(form)


class UpkeepView(RecordActionView):
    """Edit the steward, verification interval and contact of a record."""

    form_class = UpkeepForm
    page_title = gettext_lazy("Upkeep")
    header_icon = "user"
    submit_label = gettext_lazy("Save the upkeep")
    template_name = "socialekaart_plugin/directory/upkeep.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Pass the record and the possible stewards to the form."""
        return {
            **super().get_form_kwargs(),
            "record": self.record,
            "permission_policy": self.permission_policy,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the status of the record, and the links to confirm and mark."""
        return {
            **super().get_context_data(**kwargs),
            **upkeep_context(self.record),
            "confirm_url": record_action_url(self.record, "confirm"),
            "mark_url": record_action_url(self.record, "mark"),
        }

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Save the upkeep, or show the errors by field."""
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
    """Mark a live record as not recently verified, or end the mark; POST only."""

    page_title = gettext_lazy("Mark")
    live_only = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Redirect without changes: the button is on the upkeep view."""
        return redirect(record_action_url(self.record, "upkeep"))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Set or end the mark; idempotent."""
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
    """Withdraw a record from every channel."""

    form_class = WithdrawForm
    permission = "publish"
    live_only = True
    page_title = gettext_lazy("Withdraw")
    header_icon = "no-view"
    submit_label = gettext_lazy("Withdraw everywhere")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Pass the record to the form."""
        return {**super().get_form_kwargs(), "record": self.record}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Withdraw the record, or show why that is impossible."""
        try:
            actions.withdraw_record(record=self.record, user=self.request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except actions.WithdrawalError as error:
            form.add_error("replaced_by", str(error))
            return self.form_invalid(form)
        messages.success(self.request, _("“%(name)s” is withdrawn.") % {"name": self.record})
        return super().form_valid(form)
