"""Converts all rows of a timetable form to a schedule or opening hours, and back."""

from typing import Any, ClassVar, Generic, TypeVar

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from socialekaart_plugin.places.timetable_labels import WEEKDAYS, error_in_words
from socialekaart_plugin.timetable.as_json import (
    Json,
    opening_hours_from_json,
    opening_hours_to_json,
    schedule_from_json,
    schedule_to_json,
)
from socialekaart_plugin.timetable.errors import ErrorCode, TimetableError
from socialekaart_plugin.timetable.opening_hours import OpeningHours
from socialekaart_plugin.timetable.schedule import Schedule

from .formset import Data, RowForm, Rows
from .initial import rows_of
from .opening_hours import DayTimes, OtherDayForm, days_of
from .row_forms import SHARED_ROWS, ExceptionsForm
from .session_times import WhenForm

T = TypeVar("T", Schedule, OpeningHours)


class Entry(Generic[T]):
    """Form data or stored JSON, with the value parsed from it.

    Attributes:
        name: the field name, which prefixes the name of every input.
        is_sent: whether it comes from a submitted form.
        unreadable: why the stored JSON cannot be shown; empty when it can.
    """

    kind: ClassVar[str]
    template_name: ClassVar[str]
    #: The kinds of rows that the script can add, by name.
    new_rows: ClassVar[dict[str, type[RowForm]]]

    def __init__(self, name: str, *, data: Data | None = None, kept: Any = None) -> None:
        """Build the rows from form data, or from stored JSON."""
        self.name, self.is_sent = name, data is not None
        self.unreadable = ""
        value: T | None = None
        if data is None and kept is not None:
            try:
                value = self.from_json(kept)
            except TimetableError as error:
                self.unreadable = error_in_words(error)
        self._lay_out(data, value)

    def _lay_out(self, data: Data | None, kept: Any) -> None:
        raise NotImplementedError

    def _make(self) -> T | None:
        raise NotImplementedError

    @staticmethod
    def from_json(data: Any) -> Any:
        """Parse the stored JSON."""
        raise NotImplementedError

    @staticmethod
    def to_json(value: Any) -> Json:
        """Serialise a value to JSON."""
        raise NotImplementedError

    def normal(self, value: T) -> Any:
        """Return a normal form, equal for values with the same meaning."""
        raise NotImplementedError

    @property
    def problems(self) -> list[str]:
        """The error messages, without duplicates."""
        return self._read[1]

    @property
    def value(self) -> T | None:
        """The parsed value; None when the form is empty or invalid."""
        return self._read[0]

    @cached_property
    def _read(self) -> tuple[T | None, list[str]]:
        problems = self._find_problems()
        if problems:
            return None, list(dict.fromkeys(problems))
        try:
            return self._make(), []
        except TimetableError as error:
            return None, [self._place(error)]

    def _find_problems(self) -> list[str]:
        raise NotImplementedError

    def _place(self, error: TimetableError) -> str:
        """Attach an error about the whole to the right row; return its message."""
        return error_in_words(error)

    def differs_from(self, kept: Any) -> bool:
        """Whether the submitted value differs in meaning from the stored one."""
        if self.problems or (self.value is None) != (kept is None):
            return True
        if self.value is None:
            return False
        try:
            return bool(self.normal(self.value) != self.normal(self.from_json(kept)))
        except TimetableError:
            return True


class ScheduleEntry(Entry[Schedule]):
    """The schedule of a session."""

    kind = "schedule"
    template_name = "socialekaart_plugin/places/timetable/schedule.html"
    new_rows = {"when": WhenForm, **SHARED_ROWS}
    nothing = _(
        "No times. Is it by appointment, or always? Choose that at “If no times are given”."
    )

    @staticmethod
    def from_json(data: Any) -> Schedule:
        """Parse the stored JSON."""
        return schedule_from_json(data)

    @staticmethod
    def to_json(value: Any) -> Json:
        """Serialise a value to JSON."""
        return schedule_to_json(value)

    def _lay_out(self, data: Data | None, kept: Schedule | None) -> None:
        rows = rows_of(kept) if kept else []
        self.when = Rows(WhenForm, f"{self.name}-when", data, rows, at_least=1)
        self.exceptions = ExceptionsForm(f"{self.name}-not", data, kept)

    @property
    def rows(self) -> list[WhenForm]:
        """The rows that are not empty."""
        return [row for row in self.when if not row.is_wholly_empty]

    def _find_problems(self) -> list[str]:
        found = [problem for row in self.rows for problem in row.all_problems]
        return [*found, *self.exceptions.all_problems]

    def _make(self) -> Schedule | None:
        if not self.rows and self.exceptions.is_untouched:
            return None
        rules = tuple(rule for row in self.rows for rule in row.rules)
        return Schedule(rules=rules, **self.exceptions.read())

    def _place(self, error: TimetableError) -> str:
        number = error.values.get("rule")
        if error.code == ErrorCode.NEVER_HAPPENS and isinstance(number, int):
            owners = [row for row in self.rows for _rule in row.rules]
            owners[number].refuse(error, None)
        return super()._place(error)

    def normal(self, value: Schedule) -> Any:
        """Return the normal form of the schedule."""
        return value.normal()


class OpeningHoursEntry(Entry[OpeningHours]):
    """The opening hours of a place."""

    kind = "opening_hours"
    template_name = "socialekaart_plugin/places/timetable/opening_hours.html"
    new_rows = {"other": OtherDayForm, **SHARED_ROWS}
    nothing = _("The opening hours are not known.")

    @staticmethod
    def from_json(data: Any) -> OpeningHours:
        """Parse the stored JSON."""
        return opening_hours_from_json(data)

    @staticmethod
    def to_json(value: Any) -> Json:
        """Serialise a value to JSON."""
        return opening_hours_to_json(value)

    def _lay_out(self, data: Data | None, kept: OpeningHours | None) -> None:
        week = kept.week if kept else ((),) * len(WEEKDAYS)
        self.week = [
            DayTimes(f"{self.name}-{code}", data, slots, label)
            for (code, label), slots in zip(WEEKDAYS, week, strict=True)
        ]
        others = days_of(kept) if kept else []
        self.other_days = Rows(OtherDayForm, f"{self.name}-other", data, others)
        self.exceptions = ExceptionsForm(f"{self.name}-not", data, kept, with_dates=False)

    @property
    def days(self) -> list[OtherDayForm]:
        """The rows of other days that are not empty."""
        return [row for row in self.other_days if not row.is_wholly_empty]

    def _find_problems(self) -> list[str]:
        found = [problem for day in self.week for problem in day.all_problems]
        found += [problem for row in self.days for problem in row.all_problems]
        if not found:
            found += self._find_dates_given_twice()
        return [*found, *self.exceptions.all_problems]

    def _find_dates_given_twice(self) -> list[str]:
        seen: set[Any] = set()
        found: list[str] = []
        for row in self.days:
            on = row.cleaned_data["on"]
            if on in seen:
                row.add_error("on", _("This date stands here twice."))
                found.append(str(_("This date stands here twice.")))
            seen.add(on)
        return found

    def _make(self) -> OpeningHours | None:
        week = tuple(tuple(day.slots) for day in self.week)
        if not any(week) and not self.days and self.exceptions.is_untouched:
            return None
        others = tuple(row.other_day for row in self.days if row.other_day is not None)
        return OpeningHours(week=week, other_days=others, **self.exceptions.read())

    def normal(self, value: OpeningHours) -> Any:
        """Return the normal form of its schedule, with week and other days unchanged."""
        return value.schedule().normal(), value.week, value.other_days


#: Entry classes by the `kind` that the script sends.
ENTRIES: dict[str, type[ScheduleEntry] | type[OpeningHoursEntry]] = {
    entry.kind: entry for entry in (ScheduleEntry, OpeningHoursEntry)
}
