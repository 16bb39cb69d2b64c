"""Forms to copy an activity to a new season, and to end an activity."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from socialekaart_plugin.directory.models import Activity, Session
from socialekaart_plugin.places.models import Place
from socialekaart_plugin.places.panels import PlaceChooser
from socialekaart_plugin.places.timetable_labels import sentence_language
from socialekaart_plugin.timetable.sentences import sentence


class SeasonForm(forms.Form):
    """Form for what changes with the season, and which sessions to copy."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=Activity._meta.get_field("name").max_length
    )
    valid_from = forms.DateField(
        label=gettext_lazy("First day"),
        required=False,
        widget=AdminDateInput,
        help_text=gettext_lazy(
            "The times move along with the season. Leave empty for the same times as now."
        ),
    )
    valid_until = forms.DateField(
        label=gettext_lazy("Last day"),
        required=False,
        widget=AdminDateInput,
        help_text=gettext_lazy("Leave empty when there is no end."),
    )
    place: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=gettext_lazy("At another place"),
        queryset=None,
        required=False,
        help_text=gettext_lazy("Leave empty when it stays where it is."),
    )
    sessions = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Which sessions go along?"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, activity: Any, **kwargs: Any) -> None:
        """Start with the name of the activity and all its sessions."""
        super().__init__(*args, **kwargs)
        self.initial.setdefault("name", activity.name)
        place = self.fields["place"]
        if isinstance(place, forms.ModelChoiceField):
            place.queryset = Place.objects.all()
            place.widget = PlaceChooser()
        sessions = self.fields["sessions"]
        found = list(activity.sessions.all())
        if not found:
            del self.fields["sessions"]
        elif isinstance(sessions, forms.TypedMultipleChoiceField):
            sessions.choices = [
                (number, session_in_words(session)) for number, session in enumerate(found)
            ]
            sessions.initial = list(range(len(found)))


class CloseForm(forms.Form):
    """Form for the last day of an activity."""

    on = forms.DateField(
        label=gettext_lazy("The last day"),
        widget=AdminDateInput,
        help_text=gettext_lazy("On this day it is still held. After it, it is no longer found."),
    )


def session_in_words(session: Session) -> str:
    """Return the place and times of a session, in the user's language."""
    schedule = session.get_schedule()
    when = sentence(schedule, sentence_language()) if schedule is not None else ""
    where = ", ".join(part for part in (str(session.place or ""), session.room) if part)
    return " – ".join(part for part in (where, when, session.note) if part) or str(session)
