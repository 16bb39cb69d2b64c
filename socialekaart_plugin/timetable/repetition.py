"""The kinds of recurrence: weekly, monthly by weekday or by day, yearly, and once.

Each kind returns its first date on or after a day. Weeks and weekdays of the month are computed
here; days of the month use python-dateutil (dateutil_rules.py).
"""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum
from typing import Self

from . import dateutil_rules
from .errors import ErrorCode, TimetableError

#: The valid range of dates; a year outside it is a typing error.
FIRST_DAY, LAST_DAY = date(2001, 1, 1), date(2099, 12, 31)
#: Early enough: calendars repeat every 28 years, even a fifth Monday in February.
EARLIEST_ANCHOR = date(1970, 1, 1)
#: A Monday; intervals in weeks and months are counted from here.
_DAWN = date(2000, 1, 3)
_DAWN_ORDINAL = _DAWN.toordinal()
_LAST_MONTH = 12 * LAST_DAY.year + 11

MOST_WEEKS, MOST_MONTHS = 52, 12
#: “The last” week or day of a month.
LAST = -1


class Weekday(IntEnum):
    """A day of the week, with the numbers that Python uses."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


#: Codes of weekdays in JSON and schema.org, the same as in iCalendar.
CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class Weekly:
    """Every week, or every few weeks, on one or more weekdays.

    Attributes:
        weekdays: sorted, without duplicates.
        interval: 1 is every week, 2 every other week.
        anchor: any day in a week (Monday to Sunday) with an occurrence; required for an interval
            above 1.
    """

    weekdays: tuple[Weekday, ...]
    interval: int = 1
    anchor: date | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "weekdays", _weekdays(self.weekdays))
        _check_interval(self.interval, MOST_WEEKS, self.anchor)

    def on_or_after(self, day: date) -> date | None:
        """Return the first date on or after a day."""
        weekday, ordinal = day.weekday(), day.toordinal()
        monday, interval = ordinal - weekday, self.interval
        weeks_away = 0
        if interval > 1 and self.anchor is not None:
            anchor = self.anchor.toordinal() - self.anchor.weekday()
            weeks_away = (anchor - monday) // 7 % interval
        if not weeks_away:
            for candidate in self.weekdays:
                if candidate >= weekday:
                    return date.fromordinal(monday + candidate)
            weeks_away = interval
        return date.fromordinal(monday + 7 * weeks_away + self.weekdays[0])

    def normal(self) -> Self:
        """Return the normal form: the earliest anchor from 2000, or none if not required."""
        if self.interval == 1 or self.anchor is None:
            return replace(self, anchor=None)
        weeks = (self.anchor.toordinal() - _DAWN_ORDINAL) // 7 % self.interval
        return replace(self, anchor=date.fromordinal(_DAWN_ORDINAL + 7 * weeks))


@dataclass(frozen=True, slots=True)
class MonthlyByWeekday:
    """On the first Monday of the month, the second and fourth Tuesday, the last Friday.

    Attributes:
        weekdays: sorted, without duplicates.
        weeks: 1 to 5, or -1 for the last; months without a fifth are skipped.
        interval: 1 is every month, 2 every other month, 12 once a year.
        anchor: any day in a month with an occurrence; required for an interval above 1.
    """

    weekdays: tuple[Weekday, ...]
    weeks: tuple[int, ...]
    interval: int = 1
    anchor: date | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "weekdays", _weekdays(self.weekdays))
        weeks = _in_order(self.weeks)
        if not weeks or not set(weeks) <= {1, 2, 3, 4, 5, LAST}:
            raise TimetableError(
                ErrorCode.WEEK_OF_MONTH_INVALID, f"{weeks}: weeks of the month are 1 to 5 and -1"
            )
        object.__setattr__(self, "weeks", weeks)
        _check_interval(self.interval, MOST_MONTHS, self.anchor)

    def on_or_after(self, day: date) -> date | None:
        """Return the first date on or after a day, or None when there is none until 2099."""
        month = month_in_step(day, self.interval, self.anchor)
        while month <= _LAST_MONTH:
            found = self._in_month(month // 12, month % 12 + 1, day)
            if found is not None:
                return found
            month += self.interval
        return None

    def _in_month(self, year: int, month: int, day: date) -> date | None:
        first_weekday, length = monthrange(year, month)
        wanted = day.day if (day.year, day.month) == (year, month) else 1
        best = 32
        for weekday in self.weekdays:
            first = 1 + (weekday - first_weekday) % 7
            for week in self.weeks:
                on = first + 7 * (week - 1) if week > 0 else first + (length - first) // 7 * 7
                if wanted <= on < best and on <= length:
                    best = on
        return date(year, month, best) if best < 32 else None

    def normal(self) -> Self:
        """Return the normal form: the earliest anchor from 2000, or none if not required."""
        return replace(self, anchor=_first_month(self.interval, self.anchor))


@dataclass(frozen=True, slots=True)
class MonthlyByDay:
    """On the 15th of the month, or on its last day.

    Attributes:
        days: 1 to 31, or -1 for the last day; months without that day are skipped.
        interval: 1 is every month, 2 every other month.
        anchor: any day in a month with an occurrence; required for an interval above 1.
    """

    days: tuple[int, ...]
    interval: int = 1
    anchor: date | None = None

    def __post_init__(self) -> None:
        days = _in_order(self.days)
        if not days or not all(1 <= day <= 31 or day == LAST for day in days):
            raise TimetableError(
                ErrorCode.DAY_OF_MONTH_INVALID, f"{days}: days of the month are 1 to 31 and -1"
            )
        object.__setattr__(self, "days", days)
        _check_interval(self.interval, MOST_MONTHS, self.anchor)

    def on_or_after(self, day: date) -> date | None:
        """Return the first date on or after a day, or None when there is none until 2099."""
        month = month_in_step(day, self.interval, self.anchor)
        first = date(month // 12, month % 12 + 1, 1)
        return dateutil_rules.first_in_months(self.days, self.interval, first, day, LAST_DAY)

    def normal(self) -> Self:
        """Return the normal form: the earliest anchor from 2000, or none if not required."""
        return replace(self, anchor=_first_month(self.interval, self.anchor))


@dataclass(frozen=True, slots=True)
class Yearly:
    """On the same date every year; 29 February only in leap years."""

    month: int
    day: int

    def __post_init__(self) -> None:
        check_day_of_year(self.month, self.day)

    def on_or_after(self, day: date) -> date | None:
        """Return the first date on or after a day, or None when there is none until 2099."""
        return dateutil_rules.first_in_years(self.month, self.day, day, LAST_DAY)

    def normal(self) -> Self:
        """Return the recurrence unchanged: it has only one form."""
        return self


@dataclass(frozen=True, slots=True)
class Once:
    """On one chosen date; exceptions do not apply to it."""

    on: date

    def __post_init__(self) -> None:
        check_in_range(self.on)

    def on_or_after(self, day: date) -> date | None:
        """Return its date, or None if that is before the day."""
        return self.on if self.on >= day else None

    def normal(self) -> Self:
        """Return the recurrence unchanged: it has only one form."""
        return self


Repetition = Weekly | MonthlyByWeekday | MonthlyByDay | Yearly | Once


def month_in_step(day: date, interval: int, anchor: date | None) -> int:
    """Return the first month with an occurrence from that of `day`, as 12 × year + month - 1."""
    month = 12 * day.year + day.month - 1
    if interval > 1 and anchor is not None:
        month += (12 * anchor.year + anchor.month - 1 - month) % interval
    return month


def check_day_of_year(month: int, day: int) -> None:
    """Raise `day_of_month_invalid` when the day does not exist in any year."""
    if not (1 <= month <= 12 and 1 <= day <= monthrange(2000, month)[1]):
        raise TimetableError(
            ErrorCode.DAY_OF_MONTH_INVALID, f"month {month} has no day {day}", month=month, day=day
        )


def check_in_range(day: date) -> None:
    """Raise `date_out_of_range` when a date is outside the valid range."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise TimetableError(ErrorCode.DATE_OUT_OF_RANGE, f"{day}: not from 2001 to 2099", date=day)


def _first_month(interval: int, anchor: date | None) -> date | None:
    if interval == 1 or anchor is None:
        return None
    month = month_in_step(date(_DAWN.year, 1, 1), interval, anchor)
    return date(month // 12, month % 12 + 1, 1)


def _weekdays(weekdays: tuple[Weekday, ...]) -> tuple[Weekday, ...]:
    found = tuple(sorted({Weekday(day) for day in weekdays}))
    if not found:
        raise TimetableError(ErrorCode.WEEKDAY_MISSING, "on which weekday?")
    return found


def _in_order(numbers: tuple[int, ...]) -> tuple[int, ...]:
    """Sort, remove duplicates, and put `LAST` at the end."""
    return tuple(sorted(set(numbers), key=lambda number: (number < 0, number)))


def _check_interval(interval: int, most: int, anchor: date | None) -> None:
    if not 1 <= interval <= most:
        raise TimetableError(
            ErrorCode.INTERVAL_INVALID, f"every {interval}: from 1 to {most}", most=most
        )
    if interval > 1 and anchor is None:
        raise TimetableError(ErrorCode.ANCHOR_MISSING, "in which week or month does it begin?")
    if anchor is not None and not EARLIEST_ANCHOR <= anchor <= LAST_DAY:
        raise TimetableError(
            ErrorCode.DATE_OUT_OF_RANGE, f"{anchor}: not from 1970 to 2099", date=anchor
        )
