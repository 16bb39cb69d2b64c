"""Views to copy an activity to a new season or place, and to end it on a day."""

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
    """Copy an activity to a new season or another place."""

    form_class = SeasonForm
    permission = "add"
    page_title = gettext_lazy("New season or place")
    header_icon = "copy"
    submit_label = gettext_lazy("Make a draft of the new activity")
    template_name = "socialekaart_plugin/directory/season.html"
    record: Any

    def get_form_kwargs(self) -> dict[str, Any]:
        """Pass the latest draft of the activity to the form."""
        draft = self.record.get_latest_revision_as_object()
        return {**super().get_form_kwargs(), "activity": draft}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Create the draft and open it, or show which date is impossible."""
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
    """End an activity on a day, in the live version and in the draft."""

    form_class = CloseForm
    page_title = gettext_lazy("End on a day")
    header_icon = "date"
    submit_label = gettext_lazy("End it")
    template_name = "socialekaart_plugin/directory/close.html"
    record: Any

    def get_permission(self) -> str:
        """A live activity changes at once, so ending it needs the publish permission."""
        return "publish" if self.record.live else self.permission

    def get_initial(self) -> dict[str, Any]:
        """Start with its last day, or else today."""
        return {"on": self.record.valid_until or timezone.localdate()}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """End the activity, or show why that is impossible."""
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
