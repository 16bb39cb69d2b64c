"""Forms of what is done to a record beside editing it."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput
from wagtail.snippets.widgets import AdminSnippetChooser

from socialekaart_plugin.directory.choices import VerificationChannel
from socialekaart_plugin.directory.models import Record


class ConfirmForm(forms.Form):
    """That a record was found to be right."""

    on = forms.DateField(label=gettext_lazy("Day of the answer"), widget=AdminDateInput)
    channel = forms.ChoiceField(
        label=gettext_lazy("How did you find out?"),
        choices=VerificationChannel.choices,
        widget=forms.RadioSelect,
    )
    by_name = forms.CharField(
        label=gettext_lazy("Who said so?"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Never shown outside."),
    )
    by_role = forms.CharField(
        label=gettext_lazy("Their role"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("For example: chair, coordinator."),
    )

    def clean_on(self) -> datetime.date:
        """Refuse a day that is still to come."""
        on: datetime.date = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return on


class WithdrawForm(forms.Form):
    """Why a record is taken off every channel, and what takes its place."""

    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Kept in the log for colleagues; never shown outside."),
    )
    replaced_by: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=gettext_lazy("Replaced by"),
        queryset=None,
        required=False,
        help_text=gettext_lazy("Visitors of the old address are led to this record."),
    )
    with_activities = forms.BooleanField(
        label=gettext_lazy("Withdraw its activities as well"), required=False, initial=True
    )

    def __init__(self, *args: Any, record: Record, **kwargs: Any) -> None:
        """Offer the live records of the same type as replacement."""
        super().__init__(*args, **kwargs)
        field = self.fields["replaced_by"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = type(record).objects.live().exclude(pk=record.pk)
            field.widget = AdminSnippetChooser(type(record))
        activities = getattr(record, "activities", None)
        if activities is None or not activities.live().exists():
            del self.fields["with_activities"]
