"""Form rows shared by sessions and opening hours: times of a day, and exceptions."""

from collections.abc import Iterable
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from socialekaart_plugin.places import timetable_labels as words
from socialekaart_plugin.timetable.calendars import DayOfYear, Period, Season
from socialekaart_plugin.timetable.errors import TimetableError
from socialekaart_plugin.timetable.opening_hours import OpeningHours
from socialekaart_plugin.timetable.public_holidays import USUAL_HOLIDAYS, PublicHoliday
from socialekaart_plugin.timetable.schedule import Schedule
from socialekaart_plugin.timetable.slots import MIDNIGHT, Slot

from .formset import Data, RowForm, Rows
from .typed_times import END_OF_DAY, DateField, DatesField, NumberField, TimeField

MONTH_CHOICES = [("", "–"), *((str(number), name) for number, name in words.MONTHS)]


class TimesForm(RowForm):
    """One start and end time."""

    starts_at = TimeField(label=pgettext_lazy("timetable", "from"), required=False)
    ends_at = TimeField(label=pgettext_lazy("timetable", "to"), required=False)
    overnight = forms.BooleanField(label=_("ends the next day"), required=False)
    beside_the_point = ("overnight",)

    #: The parsed slot, set by `clean`.
    slot: Slot | None = None

    @staticmethod
    def initial_of(slot: Slot) -> dict[str, Any]:
        """Return the initial data for a slot; midnight as its end is 24.00."""
        to_midnight = slot.overnight and slot.ends_at == MIDNIGHT
        return {
            "starts_at": words.write_time(slot.starts_at),
            "ends_at": _("24:00") if to_midnight else words.write_time(slot.ends_at),
            "overnight": slot.overnight and not to_midnight,
        }

    def clean(self) -> None:
        """Build the `Slot`."""
        if self.is_empty or self.errors:
            return
        begin, end = self.cleaned_data["starts_at"], self.cleaned_data["ends_at"]
        if begin is None or begin == END_OF_DAY:
            self.add_error("starts_at", _("From when?"))
        if end is None:
            self.add_error("ends_at", _("Until when?"))
        if self.errors:
            return
        # An end at 0.00 or 24.00 means the next midnight.
        overnight = self.cleaned_data["overnight"] or end in (0, END_OF_DAY)
        try:
            self.slot = Slot(_time(begin), _time(end), overnight)
        except TimetableError as error:
            self.refuse(error, "ends_at")


class Times(Rows[TimesForm]):
    """The times of one weekday, or of one row."""

    def __init__(self, prefix: str, data: Data | None, slots: Iterable[Slot] = ()) -> None:
        """Show at least one row."""
        initial = map(TimesForm.initial_of, slots)
        super().__init__(TimesForm, prefix, data, initial, at_least=1)

    @property
    def slots(self) -> list[Slot]:
        """The slots of the valid rows."""
        rows = [row for row in self.entered if row.is_valid()]
        return [row.slot for row in rows if row.slot is not None]


class PeriodForm(RowForm):
    """A period between two dates, both inclusive."""

    first = DateField(label=pgettext_lazy("timetable", "from"), required=False)
    last = DateField(label=pgettext_lazy("timetable", "up to and including"), required=False)
    name = forms.CharField(
        label=pgettext_lazy("timetable", "why"),
        required=False,
        strip=False,
        widget=forms.TextInput(
            {"autocomplete": "off", "placeholder": pgettext_lazy("timetable", "rebuilding")}
        ),
    )
    period: Period | None = None

    def clean(self) -> None:
        """Build the `Period`."""
        if self.is_empty or self.errors:
            return
        for field in ("first", "last"):
            if self.cleaned_data[field] is None:
                self.add_error(field, _("Write a date."))
        if not self.errors:
            try:
                self.period = Period(**self.cleaned_data)
            except TimetableError as error:
                self.refuse(error, "last")


class SeasonForm(RowForm):
    """A season of every year: whole months, or from one day to another."""

    first_day = NumberField(label=pgettext_lazy("timetable", "from day"), required=False)
    first_month = forms.ChoiceField(
        label=pgettext_lazy("timetable", "from month"), choices=MONTH_CHOICES, required=False
    )
    last_day = NumberField(
        label=pgettext_lazy("timetable", "up to and including day"), required=False
    )
    last_month = forms.ChoiceField(
        label=pgettext_lazy("timetable", "up to and including month"),
        choices=MONTH_CHOICES,
        required=False,
    )
    season: Season | None = None

    @property
    def has_days(self) -> bool:
        """Whether days are filled in, so that their inputs must be visible."""
        return bool(self["first_day"].value() or self["last_day"].value())

    @staticmethod
    def initial_of(season: Season) -> dict[str, Any]:
        """Return the initial data for a season; whole months have no days."""
        first, last = season.first, season.last
        months = {"first_month": first.month, "last_month": last.month}
        if season == Season.of_months(first.month, last.month):
            return months
        return {**months, "first_day": first.day, "last_day": last.day}

    def clean(self) -> None:
        """Build the `Season`."""
        if self.is_empty or self.errors:
            return
        for field in ("first_month", "last_month"):
            if not self.cleaned_data[field]:
                self.add_error(field, _("Choose a month."))
        if self.errors:
            return
        first, last = (int(self.cleaned_data[name]) for name in ("first_month", "last_month"))
        whole = Season.of_months(first, last)
        try:
            begin = DayOfYear(first, self._day("first_day", whole.first.day))
            Season(begin, begin)
        except TimetableError as error:
            self.refuse(error, "first_day")
            return
        try:
            self.season = Season(begin, DayOfYear(last, self._day("last_day", whole.last.day)))
        except TimetableError as error:
            self.refuse(error, "last_day")

    def _day(self, field: str, otherwise: int) -> int:
        day = self.cleaned_data[field]
        return otherwise if day is None else day


class ExceptionsForm(RowForm):
    """The exceptions: dates, periods, seasons and holidays."""

    not_in_school_holidays = forms.BooleanField(
        label=_("Not in the school holidays"), required=False
    )
    public_holidays = forms.MultipleChoiceField(
        label=_("Not on these public holidays"),
        choices=words.PUBLIC_HOLIDAYS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    left_out = DatesField(
        label=_("Not on these dates"), required=False, help_text=_("Put a comma between dates.")
    )

    def __init__(
        self,
        prefix: str,
        data: Data | None = None,
        kept: Schedule | OpeningHours | None = None,
        with_dates: bool = True,
    ) -> None:
        """Build from form data or a stored value; opening hours have no exception dates."""
        initial: dict[str, Any] = {}
        if kept is not None:
            initial["not_in_school_holidays"] = not kept.in_school_holidays
            initial["public_holidays"] = [str(each) for each in kept.public_holidays_left_out]
        if isinstance(kept, Schedule):
            initial["left_out"] = sorted(kept.left_out)
        super().__init__(data, prefix=prefix, initial=initial)
        if not with_dates:
            del self.fields["left_out"]
        periods = kept.periods_left_out if kept else ()
        seasons = kept.seasons_left_out if kept else ()
        self.periods = Rows(
            PeriodForm,
            f"{prefix}-periods",
            data,
            [{"first": each.first, "last": each.last, "name": each.name} for each in periods],
        )
        self.seasons = Rows(
            SeasonForm, f"{prefix}-seasons", data, map(SeasonForm.initial_of, seasons)
        )

    @property
    def all_problems(self) -> list[str]:
        """The error messages, including those of its rows."""
        return [*self.problems, *self.periods.problems, *self.seasons.problems]

    @property
    def is_untouched(self) -> bool:
        """Whether there are no exceptions."""
        return self.is_empty and not self.periods.entered and not self.seasons.entered

    @property
    def has_more(self) -> bool:
        """Whether the part that is collapsed by default has content."""
        dates = self["left_out"].value() if self.has_dates else ""
        return bool(dates or self.periods.forms or self.seasons.forms)

    @property
    def has_dates(self) -> bool:
        """Whether the form has exception dates."""
        return "left_out" in self.fields

    @property
    def chosen_holidays(self) -> list[str]:
        """The selected public holidays, as submitted or stored."""
        return list(self["public_holidays"].value() or [])

    @property
    def usual_holidays(self) -> str:
        """The usual public holidays that one checkbox selects, separated by spaces."""
        return " ".join(sorted(USUAL_HOLIDAYS))

    @property
    def has_other_holidays(self) -> bool:
        """Whether the selection differs from the usual holidays, so that it must be visible."""
        chosen = set(self.chosen_holidays)
        return bool(chosen) and chosen != set(USUAL_HOLIDAYS)

    def read(self) -> dict[str, Any]:
        """Return the cleaned exceptions as arguments for `Schedule` and `OpeningHours`."""
        periods = [row.period for row in self.periods.entered]
        seasons = [row.season for row in self.seasons.entered]
        found: dict[str, Any] = {
            "periods_left_out": tuple(filter(None, periods)),
            "seasons_left_out": tuple(filter(None, seasons)),
            "in_school_holidays": not self.cleaned_data["not_in_school_holidays"],
            "public_holidays_left_out": frozenset(
                map(PublicHoliday, self.cleaned_data["public_holidays"])
            ),
        }
        if self.has_dates:
            found["left_out"] = frozenset(self.cleaned_data["left_out"])
        return found


#: The repeatable rows that both forms have.
SHARED_ROWS: dict[str, type[RowForm]] = {
    "times": TimesForm,
    "period": PeriodForm,
    "season": SeasonForm,
}


def _time(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)
