"""The schedule of a session: recurring rules and their exceptions."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from .calendars import Calendar, Period, Season
from .clock import ONE_DAY
from .errors import ErrorCode, TimetableError
from .public_holidays import PublicHoliday, public_holidays_on
from .repetition import FIRST_DAY, Once, Weekday, Weekly
from .rule import Rule
from .slots import MIDNIGHT, Slot


@dataclass(frozen=True)
class Schedule:
    """Rules with exceptions; each slot of a day is a separate rule.

    Exceptions apply to recurring rules, not to chosen dates (`Once`). So `Once` can add a date. To
    give a date other times, combine an exception date with `Once`.

    Attributes:
        rules: at least one.
        left_out: exception dates.
        periods_left_out: exception periods, such as a renovation.
        seasons_left_out: seasons excluded every year, such as July.
        in_school_holidays: False excludes the periods of the school holiday calendar.
        public_holidays_left_out: excluded holidays; `USUAL_HOLIDAYS` are “de feestdagen”.

    Raises:
        TimetableError: `no_rules`, or `never_happens` when exceptions remove every date of a rule.
            School holidays do not count here, because they differ per year.
    """

    rules: tuple[Rule, ...]
    left_out: frozenset[date] = frozenset()
    periods_left_out: tuple[Period, ...] = ()
    seasons_left_out: tuple[Season, ...] = ()
    in_school_holidays: bool = True
    public_holidays_left_out: frozenset[PublicHoliday] = frozenset()

    def __post_init__(self) -> None:
        if not self.rules:
            raise TimetableError(ErrorCode.NO_RULES, "on which days?")
        for number, rule in enumerate(self.rules):
            if next(self.dates(rule, FIRST_DAY), None) is None:
                raise TimetableError(
                    ErrorCode.NEVER_HAPPENS, "every date of it is left out", rule=number
                )

    @property
    def leaves_out(self) -> bool:
        """Whether there are any exceptions."""
        return bool(
            self.left_out
            or self.periods_left_out
            or self.seasons_left_out
            or self.public_holidays_left_out
            or not self.in_school_holidays
        )

    def dates(
        self, rule: Rule, day: date, school_holidays: Calendar | None = None
    ) -> Iterator[date]:
        """Yield the dates of a rule on or after a day, without the exceptions.

        Args:
            rule: one of `rules`.
            day: the first date to consider.
            school_holidays: the calendar of the region; None ignores school holidays.
        """
        found = rule.on_or_after(day)
        everything = rule.is_single or not self.leaves_out
        while found is not None:
            until = None if everything else self.left_out_until(found, school_holidays)
            if until is None:
                yield found
                until = found
            found = rule.on_or_after(until + ONE_DAY)

    def left_out_until(self, day: date, school_holidays: Calendar | None = None) -> date | None:
        """Return the last day of the exception that covers a day; None if there is none."""
        if day in self.left_out:
            return day
        for period in self.periods_left_out:
            if day in period:
                return period.last
        for season in self.seasons_left_out:
            until = season.until(day)
            if until is not None:
                return until
        if not self.in_school_holidays and school_holidays is not None:
            holiday = school_holidays.period_on(day)
            if holiday is not None:
                return holiday.last
        if self.public_holidays_left_out & public_holidays_on(day):
            return day
        return None

    def normal(self) -> Self:
        """Return the normal form: sorted, and without exception dates that have no effect."""
        rules = tuple(sorted({rule.normal() for rule in self.rules}, key=repr))
        repeating = [rule for rule in rules if not isinstance(rule.repeats, Once)]
        left_out = {day for day in self.left_out if any(rule.happens_on(day) for rule in repeating)}
        return replace(
            self,
            rules=rules,
            left_out=frozenset(left_out),
            periods_left_out=tuple(sorted(set(self.periods_left_out))),
            seasons_left_out=tuple(sorted(set(self.seasons_left_out))),
        )


#: Every day, from midnight to midnight.
ROUND_THE_CLOCK = Schedule(
    (Rule(Weekly(tuple(Weekday)), Slot(MIDNIGHT, MIDNIGHT, overnight=True)),)
)
