"""Form rows for opening hours: the times of each weekday, and dates with other hours."""

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
from .row_forms import Times
from .typed_times import DateField


class DayTimes(Times):
    """The opening times of one weekday; closed when there are none."""

    def __init__(
        self, prefix: str, data: Data | None, slots: Iterable[Slot], label: str | Promise
    ) -> None:
        """Set the weekday and its label."""
        super().__init__(prefix, data, slots)
        self.label = label

    @cached_property
    def overlap(self) -> str:
        """Return an error when times overlap; else an empty string."""
        try:
            refuse_overlap(self.slots)
        except TimetableError as error:
            return error_in_words(error)
        return ""

    @property
    def all_problems(self) -> list[str]:
        """The error messages, including those of its times."""
        return [*self.problems, *filter(None, [self.overlap])]


class OtherDayForm(RowForm):
    """A date with other hours; closed when there are no times."""

    on = DateField(label=pgettext_lazy("timetable", "date"), required=False)

    def __init__(self, data: Data | None = None, **kwargs: Any) -> None:
        """Build from form data, or from `initial`, whose `slots` are the times."""
        slots = (kwargs.get("initial") or {}).pop("slots", ())
        super().__init__(data, **kwargs)
        self.times = DayTimes(f"{self.prefix}-times", data, slots, "")
        self.other_day: OtherDay | None = None

    @property
    def is_wholly_empty(self) -> bool:
        """Whether it has neither a date nor times."""
        return self.is_empty and not self.times.entered

    @property
    def all_problems(self) -> list[str]:
        """The error messages, including those of its times."""
        return [] if self.is_wholly_empty else [*self.problems, *self.times.problems]

    def clean(self) -> None:
        """Build the `OtherDay`."""
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
    """Return the initial data for the other days, one per row."""
    return [{"on": day.on, "slots": day.slots} for day in hours.other_days]
