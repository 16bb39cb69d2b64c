"""Opening hours of a place: weekly hours, dates with other hours, and closures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self

from .calendars import Period, Season
from .errors import ErrorCode, TimetableError
from .public_holidays import PublicHoliday
from .repetition import Once, Weekday, Weekly, check_in_range
from .rule import Rule
from .schedule import Schedule
from .slots import Slot, refuse_overlap


@dataclass(frozen=True, slots=True, order=True)
class OtherDay:
    """A date with its own hours, which override all else; closed without slots.

    Raises:
        TimetableError: `slots_overlap`, `date_out_of_range`.
    """

    on: date
    slots: tuple[Slot, ...] = ()

    def __post_init__(self) -> None:
        check_in_range(self.on)
        refuse_overlap(self.slots)
        object.__setattr__(self, "slots", tuple(sorted(self.slots)))


@dataclass(frozen=True)
class OpeningHours:
    """The opening hours of a place, independent of its sessions.

    Attributes:
        week: the slots of Monday to Sunday; a day without slots is closed.
        other_days: dates with other hours, or closed.
        periods_left_out: periods when it is closed.
        seasons_left_out: seasons when it is closed every year.
        in_school_holidays: False means closed in the school holidays of the given calendar.
        public_holidays_left_out: the public holidays on which it is closed.

    Raises:
        TimetableError: `no_rules` when it is never open, `slots_overlap`, or `malformed` when the
            week does not have seven days or a date is repeated.
    """

    week: tuple[tuple[Slot, ...], ...]
    other_days: tuple[OtherDay, ...] = ()
    periods_left_out: tuple[Period, ...] = ()
    seasons_left_out: tuple[Season, ...] = ()
    in_school_holidays: bool = True
    public_holidays_left_out: frozenset[PublicHoliday] = frozenset()

    def __post_init__(self) -> None:
        if len(self.week) != len(Weekday):
            raise TimetableError(ErrorCode.MALFORMED, "a week has seven days", part="week")
        for slots in self.week:
            refuse_overlap(slots)
        dates = [day.on for day in self.other_days]
        if len(set(dates)) < len(dates):
            raise TimetableError(ErrorCode.MALFORMED, "a date is given twice", part="other_days")
        object.__setattr__(self, "week", tuple(tuple(sorted(slots)) for slots in self.week))
        object.__setattr__(self, "other_days", tuple(sorted(self.other_days)))
        self.schedule()

    @classmethod
    def of(cls, week: Mapping[Weekday, Iterable[Slot]], *other_days: OtherDay) -> Self:
        """Create opening hours from weekdays and other days, without exceptions."""
        return cls(tuple(tuple(week.get(day, ())) for day in Weekday), other_days)

    def schedule(self) -> Schedule:
        """Return the equivalent schedule, for use with occurrences.py.

        Raises:
            TimetableError: `no_rules`, `never_happens`.
        """
        days: dict[Slot, list[Weekday]] = {}
        for weekday, slots in zip(Weekday, self.week, strict=True):
            for slot in slots:
                days.setdefault(slot, []).append(weekday)
        rules = [Rule(Weekly(tuple(weekdays)), slot) for slot, weekdays in sorted(days.items())]
        rules += [Rule(Once(day.on), slot) for day in self.other_days for slot in day.slots]
        return Schedule(
            rules=tuple(rules),
            left_out=frozenset(day.on for day in self.other_days),
            periods_left_out=self.periods_left_out,
            seasons_left_out=self.seasons_left_out,
            in_school_holidays=self.in_school_holidays,
            public_holidays_left_out=self.public_holidays_left_out,
        )
