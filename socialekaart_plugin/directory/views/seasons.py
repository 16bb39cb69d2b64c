"""An activity through the seasons: take it along to a new one, or end it on a day."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from socialekaart_plugin.directory import actions
from socialekaart_plugin.directory.forms import CloseForm, SeasonForm
from socialekaart_plugin.directory.models import Activity

from .base import RecordActionView
from .buttons import record_action_url


class SeasonView(RecordActionView):
    """Make a new activity from this one, for a new season or another place."""

    form_class = SeasonForm
    permission = "add"
    page_title = gettext_lazy("New season or place")
    header_icon = "copy"
    submit_label = gettext_lazy("Make a draft of the new activity")
    template_name = "socialekaart_plugin/directory/season.html"
    record: Any

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form which activity it is about: as its latest draft has it."""
        draft = self.record.get_latest_revision_as_object()
        return {**super().get_form_kwargs(), "activity": draft}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Make the draft and open it, or say which date cannot be."""
        try:
            copy = actions.copy_activity(
                activity=self.record,
                user=self.request.user,  # type: ignore[arg-type]
                **form.cleaned_data,
            )
        except actions.SeasonError as error:
            form.add_error(error.field, str(error))
            return self.form_invalid(form)
        messages.success(
            self.request,
            _("This is a draft of the new “%(name)s”. Look through it and publish it.")
            % {"name": copy},
        )
        self.record = copy
        return redirect(self.get_record_url())


class CloseView(RecordActionView):
    """Let an activity end on a day, for the public and in the draft alike."""

    form_class = CloseForm
    page_title = gettext_lazy("End on a day")
    header_icon = "date"
    submit_label = gettext_lazy("End it")
    template_name = "socialekaart_plugin/directory/close.html"
    record: Any

    def get_permission(self) -> str:
        """What is public changes at once, so ending it takes the right to publish."""
        return "publish" if self.record.live else self.permission

    def get_initial(self) -> dict[str, Any]:
        """Begin with its last day, otherwise today."""
        return {"on": self.record.valid_until or timezone.localdate()}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """End it, or say why that cannot be."""
        on = form.cleaned_data["on"]
        record: Activity = self.record
        try:
            actions.close_activity(activity=record, on=on, user=self.request.user)  # type: ignore[arg-type]
        except actions.SeasonError as error:
            form.add_error(error.field, str(error))
            return self.form_invalid(form)
        words = {"name": record, "day": date_format(on, "DATE_FORMAT")}
        messages.success(
            self.request,
            (
                _("“%(name)s” is shown up to and including %(day)s.")
                if record.live
                else _("“%(name)s” ends after %(day)s.")
            )
            % words,
            buttons=[messages.button(record_action_url(record, "season"), _("New season"))],
        )
        return super().form_valid(form)
