"""What sessions and opening hours share on screen: times of a day, and when it is not."""

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
    """From when to when."""

    starts_at = TimeField(label=pgettext_lazy("timetable", "from"), required=False)
    ends_at = TimeField(label=pgettext_lazy("timetable", "to"), required=False)
    overnight = forms.BooleanField(label=_("ends the next day"), required=False)
    beside_the_point = ("overnight",)

    #: What was read, once it is clean.
    slot: Slot | None = None

    @staticmethod
    def initial_of(slot: Slot) -> dict[str, Any]:
        """Return what to show of a slot; the midnight it ends at is 24.00."""
        to_midnight = slot.overnight and slot.ends_at == MIDNIGHT
        return {
            "starts_at": words.write_time(slot.starts_at),
            "ends_at": _("24:00") if to_midnight else words.write_time(slot.ends_at),
            "overnight": slot.overnight and not to_midnight,
        }

    def clean(self) -> None:
        """Make the slot."""
        if self.is_empty or self.errors:
            return
        begin, end = self.cleaned_data["starts_at"], self.cleaned_data["ends_at"]
        if begin is None or begin == END_OF_DAY:
            self.add_error("starts_at", _("From when?"))
        if end is None:
            self.add_error("ends_at", _("Until when?"))
        if self.errors:
            return
        # No day ends at the midnight with which it begins: “20.00 – 0.00” means the next one.
        overnight = self.cleaned_data["overnight"] or end in (0, END_OF_DAY)
        try:
            self.slot = Slot(_time(begin), _time(end), overnight)
        except TimetableError as error:
            self.refuse(error, "ends_at")


class Times(Rows[TimesForm]):
    """The times of one day, or of the days of a row."""

    def __init__(self, prefix: str, data: Data | None, slots: Iterable[Slot] = ()) -> None:
        """Begin with one empty row."""
        initial = map(TimesForm.initial_of, slots)
        super().__init__(TimesForm, prefix, data, initial, at_least=1)

    @property
    def slots(self) -> list[Slot]:
        """What was read of the rows that are right."""
        rows = [row for row in self.entered if row.is_valid()]
        return [row.slot for row in rows if row.slot is not None]


class PeriodForm(RowForm):
    """From a date up to and including a date."""

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
        """Make the period."""
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
    """A part of every year: whole months, or from a day to a day."""

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
        """Whether days stand in it, so that one should see them."""
        return bool(self["first_day"].value() or self["last_day"].value())

    @staticmethod
    def initial_of(season: Season) -> dict[str, Any]:
        """Return what to show of a season; of whole months the days say nothing."""
        first, last = season.first, season.last
        months = {"first_month": first.month, "last_month": last.month}
        if season == Season.of_months(first.month, last.month):
            return months
        return {**months, "first_day": first.day, "last_day": last.day}

    def clean(self) -> None:
        """Make the season."""
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
    """When it is not: dates, periods, parts of every year, holidays."""

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
        """Take what was sent, or what was kept; a place has other days in place of dates."""
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
        """What is wrong with it and its rows, in words."""
        return [*self.problems, *self.periods.problems, *self.seasons.problems]

    @property
    def is_untouched(self) -> bool:
        """Whether nothing is left out."""
        return self.is_empty and not self.periods.entered and not self.seasons.entered

    @property
    def has_more(self) -> bool:
        """Whether something stands in the part that is folded away at first."""
        dates = self["left_out"].value() if self.has_dates else ""
        return bool(dates or self.periods.forms or self.seasons.forms)

    @property
    def has_dates(self) -> bool:
        """Whether it asks for dates."""
        return "left_out" in self.fields

    @property
    def chosen_holidays(self) -> list[str]:
        """The public holidays that are ticked, as they were sent or kept."""
        return list(self["public_holidays"].value() or [])

    @property
    def usual_holidays(self) -> str:
        """What one tick stands for, with spaces between them."""
        return " ".join(sorted(USUAL_HOLIDAYS))

    @property
    def has_other_holidays(self) -> bool:
        """Whether others are ticked than the usual ones, so that one should see which."""
        chosen = set(self.chosen_holidays)
        return bool(chosen) and chosen != set(USUAL_HOLIDAYS)

    def read(self) -> dict[str, Any]:
        """Return the exceptions as `Schedule` and `OpeningHours` take them, once it is clean."""
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


#: The rows that both can have more of.
SHARED_ROWS: dict[str, type[RowForm]] = {
    "times": TimesForm,
    "period": PeriodForm,
    "season": SeasonForm,
}


def _time(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)
