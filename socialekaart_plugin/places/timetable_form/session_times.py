"""The form row for a session: a recurrence, its days and its times."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from socialekaart_plugin.places import timetable_labels as words
from socialekaart_plugin.timetable.errors import ErrorCode, TimetableError
from socialekaart_plugin.timetable.repetition import (
    CODES,
    LAST,
    MonthlyByDay,
    MonthlyByWeekday,
    Once,
    Repetition,
    Weekday,
    Weekly,
    Yearly,
)
from socialekaart_plugin.timetable.rule import Rule
from socialekaart_plugin.timetable.slots import Slot

from .formset import Data, RowForm
from .row_forms import MONTH_CHOICES, Times
from .typed_times import DateField, DatesField, NumberField, NumbersField

EVERY_WEEK, EVERY_SO_MANY_WEEKS = "weekly", "weeks"
ON_WEEKDAY_OF_MONTH, ON_DAY_OF_MONTH = "monthly_by_weekday", "monthly_by_day"
EVERY_YEAR, ON_DATES = "yearly", "once"

_REPEATS = [
    (EVERY_WEEK, _("every week")),
    (EVERY_SO_MANY_WEEKS, _("every so many weeks")),
    (ON_WEEKDAY_OF_MONTH, _("every month on a weekday (the first Monday)")),
    (ON_DAY_OF_MONTH, _("every month on a date (the 15th)")),
    (EVERY_YEAR, _("every year on a date")),
    (ON_DATES, _("on dates that you choose")),
]
_WEEKS = [
    ("1", pgettext_lazy("timetable", "first")),
    ("2", pgettext_lazy("timetable", "second")),
    ("3", pgettext_lazy("timetable", "third")),
    ("4", pgettext_lazy("timetable", "fourth")),
    ("5", pgettext_lazy("timetable", "fifth")),
    (str(LAST), pgettext_lazy("timetable", "last")),
]


class WhenForm(RowForm):
    """One recurrence with its times."""

    repeats = forms.ChoiceField(label=_("How often?"), choices=_REPEATS, initial=EVERY_WEEK)
    every_weeks = NumberField(label=_("every how many weeks?"), initial=2, required=False)
    week_anchor = DateField(
        label=_("a date on which it is held"),
        required=False,
        help_text=_("So we know which weeks are meant."),
    )
    weeks = forms.MultipleChoiceField(
        label=_("Which one of the month?"),
        choices=_WEEKS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    weekdays = forms.MultipleChoiceField(
        label=_("On which days?"),
        choices=words.WEEKDAYS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    days = NumbersField(
        label=pgettext_lazy("timetable", "on day"),
        required=False,
        help_text=_("For example: 1, 15"),
    )
    last_day = forms.BooleanField(label=_("the last day of the month"), required=False)
    day = NumberField(label=pgettext_lazy("timetable", "day"), required=False)
    month = forms.ChoiceField(
        label=pgettext_lazy("timetable", "month"),
        choices=MONTH_CHOICES,
        required=False,
    )
    dates = DatesField(
        label=pgettext_lazy("timetable", "dates"),
        required=False,
        help_text=_("Put a comma between dates."),
    )
    every_months = NumberField(label=_("every how many months?"), initial=1, required=False)
    month_anchor = DateField(
        label=_("a date on which it is held"),
        required=False,
        help_text=_("Only needed when it is not every month."),
    )
    valid_from = DateField(label=pgettext_lazy("timetable", "first day"), required=False)
    valid_until = DateField(label=pgettext_lazy("timetable", "last day"), required=False)
    beside_the_point = ("repeats", "every_weeks", "every_months")

    def __init__(self, data: Data | None = None, **kwargs: Any) -> None:
        """Build from form data, or from `initial`, whose `slots` are the times."""
        slots = (kwargs.get("initial") or {}).pop("slots", ())
        super().__init__(data, **kwargs)
        self.times = Times(f"{self.prefix}-times", data, slots)
        #: The parsed rules, set by `clean`.
        self.rules: list[Rule] = []

    @property
    def kind(self) -> str:
        """The chosen kind of recurrence."""
        chosen = self["repeats"].value()
        return str(chosen) if chosen in _READERS else EVERY_WEEK

    @property
    def has_more(self) -> bool:
        """Whether the part that is collapsed by default has content."""
        names = ("valid_from", "valid_until", "month_anchor")
        every = self["every_months"].value()
        return any(self[name].value() for name in names) or str(every or 1) != "1"

    @property
    def all_problems(self) -> list[str]:
        """The error messages, including those of its times."""
        return [] if self.is_wholly_empty else [*self.problems, *self.times.problems]

    @property
    def is_wholly_empty(self) -> bool:
        """Whether it has neither days nor times."""
        return self.is_empty and not self.times.entered

    def clean(self) -> None:
        """Build the rules: one per time, or per date and time."""
        if self.is_wholly_empty:
            return
        found: list[Repetition] = []
        if not self.errors:
            found = _READERS[self.cleaned_data["repeats"]](self)
        slots = self.times.slots
        if not self.times.entered:
            self.add_error(None, _("From when to when? Write the times."))
        elif not self.errors and not self.times.problems:
            self._make_rules(found, slots)

    def _make_rules(self, found: list[Repetition], slots: list[Slot]) -> None:
        chosen = self.cleaned_data["repeats"] == ON_DATES
        between = () if chosen else (self.cleaned_data["valid_from"], self._valid_until)
        try:
            self.rules = [Rule(repeats, slot, *between) for repeats in found for slot in slots]
        except TimetableError as error:
            self.refuse(error, self._field_of(error))

    @property
    def _valid_until(self) -> date | None:
        last: date | None = self.cleaned_data["valid_until"]
        return last

    def _field_of(self, error: TimetableError) -> str | None:
        if error.code == ErrorCode.UNTIL_BEFORE_FROM:
            return "valid_until"
        if error.code == ErrorCode.DATE_OUT_OF_RANGE:
            return "valid_until" if error.values.get("date") == self._valid_until else "valid_from"
        return None

    def _steps(self, every: str, anchor: str) -> tuple[int, date | None]:
        """Return the interval and its anchor date."""
        number = self.cleaned_data[every]
        if number is None or number == 1:
            return 1, None
        # By default count from the first day of the course.
        return number, self.cleaned_data[anchor] or self.cleaned_data["valid_from"]

    def _weekdays(self) -> tuple[Weekday, ...]:
        return tuple(Weekday(CODES.index(code)) for code in self.cleaned_data["weekdays"])

    def _try(self, make: Callable[[], Repetition], fields: dict[ErrorCode, str]) -> list[Any]:
        """Return the recurrence in a list, or add the error to the right field."""
        try:
            return [make()]
        except TimetableError as error:
            self.refuse(error, fields.get(error.code))
            return []

    def _weekly(self) -> list[Repetition]:
        return self._try(lambda: Weekly(self._weekdays()), {ErrorCode.WEEKDAY_MISSING: "weekdays"})

    def _so_many_weeks(self) -> list[Repetition]:
        steps = self._steps("every_weeks", "week_anchor")
        return self._try(
            lambda: Weekly(self._weekdays(), *steps),
            {ErrorCode.WEEKDAY_MISSING: "weekdays", **_step_fields("every_weeks", "week_anchor")},
        )

    def _weekday_of_month(self) -> list[Repetition]:
        steps = self._steps("every_months", "month_anchor")
        weeks = tuple(int(week) for week in self.cleaned_data["weeks"])
        return self._try(
            lambda: MonthlyByWeekday(self._weekdays(), weeks, *steps),
            {
                ErrorCode.WEEKDAY_MISSING: "weekdays",
                ErrorCode.WEEK_OF_MONTH_INVALID: "weeks",
                **_step_fields("every_months", "month_anchor"),
            },
        )

    def _day_of_month(self) -> list[Repetition]:
        steps = self._steps("every_months", "month_anchor")
        days = (*self.cleaned_data["days"], *([LAST] if self.cleaned_data["last_day"] else []))
        return self._try(
            lambda: MonthlyByDay(days, *steps),
            {
                ErrorCode.DAY_OF_MONTH_INVALID: "days",
                **_step_fields("every_months", "month_anchor"),
            },
        )

    def _yearly(self) -> list[Repetition]:
        month, day = self.cleaned_data["month"], self.cleaned_data["day"]
        if day is None:
            self.add_error("day", _("On which day?"))
        if not month:
            self.add_error("month", _("Choose a month."))
        if self.errors:
            return []
        return self._try(lambda: Yearly(int(month), day), {ErrorCode.DAY_OF_MONTH_INVALID: "day"})

    def _on_dates(self) -> list[Repetition]:
        if not self.cleaned_data["dates"]:
            self.add_error("dates", _("Write at least one date."))
        found: list[Repetition] = []
        for day in self.cleaned_data.get("dates", ()):
            found += self._try(partial(Once, day), {ErrorCode.DATE_OUT_OF_RANGE: "dates"})
        return found


def _step_fields(every: str, anchor: str) -> dict[ErrorCode, str]:
    return {
        ErrorCode.INTERVAL_INVALID: every,
        ErrorCode.ANCHOR_MISSING: anchor,
        ErrorCode.DATE_OUT_OF_RANGE: anchor,
    }


_READERS: dict[str, Callable[[WhenForm], list[Repetition]]] = {
    EVERY_WEEK: WhenForm._weekly,
    EVERY_SO_MANY_WEEKS: WhenForm._so_many_weeks,
    ON_WEEKDAY_OF_MONTH: WhenForm._weekday_of_month,
    ON_DAY_OF_MONTH: WhenForm._day_of_month,
    EVERY_YEAR: WhenForm._yearly,
    ON_DATES: WhenForm._on_dates,
}
