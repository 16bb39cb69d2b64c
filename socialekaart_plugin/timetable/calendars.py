"""The types used in exceptions: periods, yearly seasons, and calendars of named periods."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import NamedTuple, Self

from .errors import ErrorCode, TimetableError
from .repetition import check_day_of_year


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A period between two dates, both inclusive, with an optional name.

    Raises:
        TimetableError: `period_ends_before_it_starts`.
    """

    first: date
    last: date
    name: str = ""

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise TimetableError(
                ErrorCode.PERIOD_ENDS_BEFORE_IT_STARTS,
                f"from {self.first} to {self.last}",
                first=self.first,
                last=self.last,
                name=self.name,
            )

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


class DayOfYear(NamedTuple):
    """A month and day, without a year."""

    month: int
    day: int


@dataclass(frozen=True, slots=True, order=True)
class Season:
    """A season of every year, both days inclusive; it may span New Year.

    Raises:
        TimetableError: `day_of_month_invalid`.
    """

    first: DayOfYear
    last: DayOfYear

    def __post_init__(self) -> None:
        check_day_of_year(*self.first)
        check_day_of_year(*self.last)

    @classmethod
    def of_months(cls, first: int, last: int) -> Self:
        """Create a season of whole months, such as 7 to 8 for July and August."""
        check_day_of_year(last, 1)
        return cls(DayOfYear(first, 1), DayOfYear(last, _LENGTHS[last - 1]))

    @property
    def is_of_whole_months(self) -> bool:
        """Whether it starts on the first day of a month and ends on the last day of one."""
        length = _LENGTHS[self.last.month - 1]
        return self.first.day == 1 and self.last.day >= length - (self.last.month == 2)

    def until(self, day: date) -> date | None:
        """Return the last day of the season that contains `day`; None when outside it."""
        at = (day.month, day.day)
        if self.first <= self.last:
            return self._end(day.year) if self.first <= at <= self.last else None
        if at >= self.first:
            return self._end(day.year + 1)
        return self._end(day.year) if at <= self.last else None

    def _end(self, year: int) -> date:
        month, day = self.last
        if (month, day) == (2, 29) and (year % 4 or (year % 100 == 0 and year % 400)):
            day = 28
        return date(year, month, day)


@dataclass(frozen=True)
class Calendar:
    """Named periods that do not overlap, such as the school holidays of a region.

    Attributes:
        name: the name of the calendar.
        periods: sorted by date.

    Raises:
        TimetableError: `periods_overlap`.
    """

    name: str
    periods: tuple[Period, ...]
    _starts: tuple[date, ...] = field(init=False, repr=False, compare=False)
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        periods = tuple(sorted(self.periods))
        for earlier, later in pairwise(periods):
            if later.first <= earlier.last:
                raise TimetableError(
                    ErrorCode.PERIODS_OVERLAP,
                    f"{self.name}: {earlier.name} and {later.name} overlap on {later.first}",
                    first=earlier,
                    second=later,
                )
        object.__setattr__(self, "periods", periods)
        object.__setattr__(self, "_starts", tuple(period.first for period in periods))
        # Cache the hash: calendars are part of cache keys.
        object.__setattr__(self, "_hash", hash((self.name, periods)))

    def __hash__(self) -> int:
        return self._hash

    @classmethod
    def of(cls, name: str, periods: Iterable[tuple[str, date, date]]) -> Self:
        """Create a calendar from names with first and last days."""
        return cls(name, tuple(Period(first, last, called) for called, first, last in periods))

    def period_on(self, day: date) -> Period | None:
        """Return the period that contains a day."""
        index = bisect_right(self._starts, day) - 1
        if index >= 0 and day <= self.periods[index].last:
            return self.periods[index]
        return None

    def knows(self, day: date) -> bool:
        """Return whether a day lies between its first and last period, inclusive.

        Use this to detect that a new list is needed: a list until 2030 says nothing about 2031.
        """
        return bool(self.periods) and self._starts[0] <= day <= self.periods[-1].last


_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
