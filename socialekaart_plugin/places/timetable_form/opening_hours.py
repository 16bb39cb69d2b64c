"""The days of a place: the times of a weekday, and dates with other hours."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from socialekaart_plugin.places.timetable_labels import error_in_words
from socialekaart_plugin.timetable.errors import TimetableError
from socialekaart_plugin.timetable.opening_hours import OpeningHours, OtherDay
from socialekaart_plugin.timetable.slots import Slot, refuse_overlap

from .formset import Data, RowForm
from .parts import Times
from .typed_times import DateField


class DayTimes(Times):
    """From when to when on one day of the week; without times it is closed."""

    def __init__(
        self, prefix: str, data: Data | None, slots: Iterable[Slot], label: str | Promise
    ) -> None:
        """Name the day."""
        super().__init__(prefix, data, slots)
        self.label = label

    @cached_property
    def overlap(self) -> str:
        """Say which of its times overlap; empty when none do."""
        try:
            refuse_overlap(self.slots)
        except TimetableError as error:
            return error_in_words(error)
        return ""

    @property
    def all_problems(self) -> list[str]:
        """What is wrong with it, in words."""
        return [*self.problems, *filter(None, [self.overlap])]


class OtherDayForm(RowForm):
    """A date with other hours than usual; without times it is closed."""

    on = DateField(label=pgettext_lazy("timetable", "date"), required=False)

    def __init__(self, data: Data | None = None, **kwargs: Any) -> None:
        """Take what was sent, or what was kept; `slots` of the initial are its times."""
        slots = (kwargs.get("initial") or {}).pop("slots", ())
        super().__init__(data, **kwargs)
        self.times = DayTimes(f"{self.prefix}-times", data, slots, "")
        self.other_day: OtherDay | None = None

    @property
    def is_wholly_empty(self) -> bool:
        """Whether neither a date nor times stand in it."""
        return self.is_empty and not self.times.entered

    @property
    def all_problems(self) -> list[str]:
        """What is wrong with it and its times, in words."""
        return [] if self.is_wholly_empty else [*self.problems, *self.times.problems]

    def clean(self) -> None:
        """Make the day."""
        if self.is_wholly_empty or self.errors:
            return
        on = self.cleaned_data["on"]
        if on is None:
            self.add_error("on", forms.ValidationError(_("Write a date.")))
        elif not self.times.problems:
            try:
                self.other_day = OtherDay(on, tuple(self.times.slots))
            except TimetableError as error:
                self.refuse(error, "on")


def days_of(hours: OpeningHours) -> list[dict[str, Any]]:
    """Return what to show of the other days of opening hours, a row each."""
    return [{"on": day.on, "slots": day.slots} for day in hours.other_days]
