"""Forms to confirm, maintain, annotate and withdraw a record."""

import datetime
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.widgets import AdminDateInput

from socialekaart_plugin.directory.choices import VerificationChannel
from socialekaart_plugin.directory.models import InternalNote, Record
from socialekaart_plugin.directory.models.upkeep import LONGEST_INTERVAL_DAYS
from socialekaart_plugin.foundation.choosers import Chooser
from socialekaart_plugin.foundation.conf import conf


class ConfirmForm(forms.Form):
    """Form to confirm that a record is right."""

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
        """Refuse a day in the future."""
        on: datetime.date = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return on


def may_be_steward(permission_policy: Any) -> "QuerySet[Any]":
    """Return the users who may change records of a type (one query)."""
    user_model: Any = get_user_model()
    allowed = permission_policy.users_with_permission("change").values("pk")
    users: QuerySet[Any] = user_model.objects.filter(is_active=True, pk__in=allowed)
    return users.order_by(user_model.USERNAME_FIELD)


class StewardField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Choice of a colleague, shown by name."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the full name of a colleague, or else the username."""
        return str(get_user_display_name(obj))


class UpkeepForm(forms.Form):
    """Form for the steward, the verification interval and the verification contact."""

    steward = StewardField(
        label=gettext_lazy("Steward"),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("Nobody"),
        help_text=gettext_lazy("The colleague who looks after this record."),
    )
    verify_interval_days = forms.IntegerField(
        label=gettext_lazy("Days between two checks"),
        required=False,
        min_value=1,
        max_value=LONGEST_INTERVAL_DAYS,
    )
    verification_contact_name = forms.CharField(
        label=gettext_lazy("Whom to ask"),
        max_length=120,
        required=False,
        help_text=gettext_lazy(
            "Who at the organisation knows whether this is right. Never shown outside."
        ),
    )
    verification_contact_phone = forms.CharField(
        label=gettext_lazy("Their telephone"), max_length=40, required=False
    )
    verification_contact_mail = forms.EmailField(
        label=gettext_lazy("Their email"), max_length=254, required=False
    )
    verification_contact_note = forms.CharField(
        label=gettext_lazy("How to reach them"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("For example: only on Tuesdays."),
    )

    def __init__(self, *args: Any, record: Record, permission_policy: Any, **kwargs: Any) -> None:
        """Start with the stored values, and offer users with the change permission as stewards."""
        super().__init__(*args, **kwargs)
        for name in self.fields:
            self.initial.setdefault(name, getattr(record, name))
        steward = self.fields["steward"]
        if isinstance(steward, forms.ModelChoiceField):
            # The current steward stays a choice, even without the change permission.
            users: Any = get_user_model().objects
            now = users.filter(pk=record.steward_id)
            steward.queryset = may_be_steward(permission_policy) | now
        self.fields["verify_interval_days"].help_text = _(
            "Leave empty for what is usual here: %(days)s days."
        ) % {"days": conf.VERIFY_INTERVAL_DAYS}


class NoteForm(forms.Form):
    """Form for an internal note."""

    text = forms.CharField(
        label=gettext_lazy("New note"),
        max_length=InternalNote._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "For colleagues only; never shown outside. Write about the organisation, "
            "not about the private life of people."
        ),
    )


class WithdrawForm(forms.Form):
    """Form for the reason of a withdrawal and the replacing record."""

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
            field.widget = Chooser(type(record))
        activities = getattr(record, "activities", None)
        if activities is None or not activities.live().exists():
            del self.fields["with_activities"]
