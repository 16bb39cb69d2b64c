"""Periods that are left out: between dates, of every year, and named ones such as holidays."""

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
    """From a date up to and including a date, with a name for people if it has one.

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
    """A day without a year."""

    month: int
    day: int


@dataclass(frozen=True, slots=True, order=True)
class Season:
    """From a day up to and including a day of every year; it may run past New Year.

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
        """Return the season of whole months, such as 7 to 8 for July and August."""
        check_day_of_year(last, 1)
        return cls(DayOfYear(first, 1), DayOfYear(last, _LENGTHS[last - 1]))

    @property
    def is_of_whole_months(self) -> bool:
        """Whether it runs from the first day of a month to the last of one."""
        length = _LENGTHS[self.last.month - 1]
        return self.first.day == 1 and self.last.day >= length - (self.last.month == 2)

    def until(self, day: date) -> date | None:
        """Return its last day in the year at hand, or None when a day is outside it."""
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
        name: of the whole.
        periods: kept in order.

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
        # Whoever keeps what was read with a calendar asks for it again and again.
        object.__setattr__(self, "_hash", hash((self.name, periods)))

    def __hash__(self) -> int:
        return self._hash

    @classmethod
    def of(cls, name: str, periods: Iterable[tuple[str, date, date]]) -> Self:
        """Make a calendar of a plain list of names, first and last days."""
        return cls(name, tuple(Period(first, last, called) for called, first, last in periods))

    def period_on(self, day: date) -> Period | None:
        """Return the period that a day lies in."""
        index = bisect_right(self._starts, day) - 1
        if index >= 0 and day <= self.periods[index].last:
            return self.periods[index]
        return None

    def knows(self, day: date) -> bool:
        """Whether a day is not before its first period, nor after its last one.

        A calendar that ends in 2030 says nothing of 2031: to ask is to be told when a new list is
        needed.
        """
        return bool(self.periods) and self._starts[0] <= day <= self.periods[-1].last


_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
