"""The base class for the languages of sentences: builds phrases from a language's words."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from datetime import date, time
from typing import ClassVar

from socialekaart_plugin.timetable.calendars import DayOfYear, Period, Season
from socialekaart_plugin.timetable.public_holidays import USUAL_HOLIDAYS, PublicHoliday
from socialekaart_plugin.timetable.repetition import (
    LAST,
    MonthlyByDay,
    MonthlyByWeekday,
    Once,
    Repetition,
    Weekday,
    Weekly,
)
from socialekaart_plugin.timetable.slots import MIDNIGHT, Slot

from .clauses import all_day_and_rest, by_month, runs


class Language(ABC):
    """One language; every phrase is in lower case and without a full stop."""

    #: Before an exception.
    NOT: ClassVar[str]
    #: Before an additional date.
    ALSO: ClassVar[str]
    #: Between a date and the times that replace the usual ones.
    ONLY: ClassVar[str]
    #: For a closed place.
    CLOSED: ClassVar[str]
    #: For a place at this moment.
    OPEN_NOW: ClassVar[str]
    CLOSED_NOW: ClassVar[str]
    #: A complete phrase.
    IN_SCHOOL_HOLIDAYS: ClassVar[str]
    #: The usual public holidays.
    PUBLIC_HOLIDAYS: ClassVar[str]
    #: From midnight to midnight.
    ALL_DAY: ClassVar[str]
    #: All day, every day of the week.
    ROUND_THE_CLOCK: ClassVar[str]

    AND: ClassVar[str]
    IN: ClassVar[str]
    #: Before a date or a weekday, and before the first Monday of a month.
    ON: ClassVar[str]
    ON_THE: ClassVar[str]
    #: Before a start date: with an end date, and without one.
    FROM: ClassVar[str]
    SINCE: ClassVar[str]
    #: Before the last date; between weekdays; between times; before an end time.
    UP_TO: ClassVar[str]
    THROUGH: ClassVar[str]
    TO: ClassVar[str]
    UNTIL: ClassVar[str]

    #: Before a weekday.
    EVERY: ClassVar[str]
    EVERY_DAY: ClassVar[str]
    #: With an interval of several weeks.
    ON_EVERY_DAY: ClassVar[str]
    EVERY_YEAR: ClassVar[str]
    #: For an interval of two, and for longer intervals.
    WEEKS_APART: ClassVar[tuple[str, str]]
    MONTHS_APART: ClassVar[tuple[str, str]]
    #: After days of the month.
    OF_THE_MONTH: ClassVar[str]
    #: Before the name of a month.
    OF: ClassVar[str]
    LAST_DAY: ClassVar[str]

    #: Between hours and minutes; after a time; after a time on the next day.
    CLOCK_SIGN: ClassVar[str]
    O_CLOCK: ClassVar[str]
    NEXT_DAY: ClassVar[str]

    #: Starting with Monday; starting with January.
    WEEKDAYS: ClassVar[tuple[str, ...]]
    MONTHS: ClassVar[tuple[str, ...]]
    #: By number of the week in the month.
    WEEKS: ClassVar[dict[int, str]]
    HOLIDAYS: ClassVar[dict[PublicHoliday, str]]

    @abstractmethod
    def day_of_month(self, day: int) -> str:
        """Return a day of the month in words, from 1 to 31: the 3rd."""

    def rhythm(self, repeats: Repetition) -> str:
        """Describe a recurrence."""
        match repeats:
            case Once():
                return self.on_dates([repeats.on])
            case Weekly():
                return self._weekly(repeats)
            case MonthlyByWeekday():
                weeks = self.listing([self.WEEKS[week] for week in repeats.weeks])
                which = f"{weeks} {self._each(repeats.weekdays)}"
                return self._monthly(repeats, f"{self.EVERY} {which}", f"{self.ON_THE} {which}")
            case MonthlyByDay():
                named = [
                    self.LAST_DAY if day == LAST else self.day_of_month(day) for day in repeats.days
                ]
                on = f"{self.ON} {self.listing(named)}"
                return self._monthly(repeats, on, on)
        return f"{self.EVERY_YEAR} {self.ON} {self._day(DayOfYear(repeats.month, repeats.day))}"

    def _weekly(self, repeats: Weekly) -> str:
        weekdays = repeats.weekdays
        one_run = len(weekdays) > 2 and len(runs(weekdays)) == 1
        if repeats.interval == 1:
            if len(weekdays) == 1:
                return f"{self.EVERY} {self.WEEKDAYS[weekdays[0]]}"
            return self.days(weekdays) if one_run else f"{self.ON} {self._each(weekdays)}"
        if len(weekdays) == len(Weekday):
            which = self.ON_EVERY_DAY
        elif one_run:
            which = f"{self.FROM} {self.days(weekdays)}"
        else:
            which = f"{self.ON} {self._each(weekdays)}"
        return f"{_apart(repeats.interval, self.WEEKS_APART)} {which}"

    def _monthly(self, repeats: MonthlyByWeekday | MonthlyByDay, every_month: str, on: str) -> str:
        if repeats.interval == 1:
            return f"{every_month} {self.OF_THE_MONTH}"
        if repeats.interval == 12 and repeats.anchor is not None:
            return f"{self.EVERY_YEAR} {on} {self.OF} {self.MONTHS[repeats.anchor.month - 1]}"
        return f"{_apart(repeats.interval, self.MONTHS_APART)} {on}"

    def times(self, slots: Sequence[Slot]) -> str:
        """Describe slots in a sentence: from 9:00 to 10:00 and from 13:00 to 15:00."""
        return self._slots(slots, f"{self.FROM} {{}} {self.TO} {{}}")

    def hours(self, slots: Sequence[Slot]) -> str:
        """Describe slots in a short list: 9:00–12:00 and 13:00–17:00."""
        return self._slots(slots, "{}–{}")

    def _slots(self, slots: Sequence[Slot], shape: str) -> str:
        """Describe slots; a word such as “uur” appears only once, after the last."""
        all_day, rest = all_day_and_rest(slots)
        said = [self.ALL_DAY] if all_day else []
        for slot in rest:
            ends_at = None if slot.ends_at == MIDNIGHT else slot.ends_at
            text = shape.format(self._clock(slot.starts_at), self._clock(ends_at))
            if slot.ends_tomorrow:
                text += f"{self.O_CLOCK} {self.NEXT_DAY}"
            elif slot is rest[-1]:
                text += self.O_CLOCK
            said.append(text)
        return self.listing(said)

    def span(self, starts_at: time, ends_at: time | None, day: str) -> str:
        """Describe one occurrence: 10:00–12:00, 22:00 to Saturday 2:00.

        Args:
            starts_at: the start time.
            ends_at: the end time; None for the end of a day.
            day: the day on which it ends; empty when that is the start day.
        """
        between = f"{self.O_CLOCK} {self.TO} {day} " if day else "–"
        return f"{self._clock(starts_at)}{between}{self._clock(ends_at)}{self.O_CLOCK}"

    def until(self, day: str, at: time | None) -> str:
        """Describe the end: until 17:00, until Saturday 2:00; arguments as in `span`."""
        return " ".join(filter(None, (self.UNTIL, day, self._clock(at)))) + self.O_CLOCK

    def weekday(self, day: date, *, with_date: bool) -> str:
        """Return the weekday, with the date if the name alone is ambiguous."""
        name = self.WEEKDAYS[day.weekday()]
        return f"{name} {self._day(day)}" if with_date else name

    def _clock(self, at: time | None) -> str:
        """Format a time; None is the end of the day."""
        hour, minute = (24, 0) if at is None else (at.hour, at.minute)
        return f"{hour}{self.CLOCK_SIGN}{minute:02}"

    def days(self, weekdays: Sequence[Weekday]) -> str:
        """Describe weekdays in a short list: Monday to Wednesday and Friday."""
        if len(weekdays) == len(Weekday):
            return self.EVERY_DAY
        said = []
        for run in runs(weekdays):
            names = [self.WEEKDAYS[day] for day in run]
            said += [f"{names[0]} {self.THROUGH} {names[-1]}"] if len(names) > 2 else names
        return self.listing(said)

    def _each(self, weekdays: Sequence[Weekday]) -> str:
        return self.listing([self.WEEKDAYS[day] for day in weekdays])

    def validity(self, first: date | None, last: date | None) -> str:
        """Describe a validity; empty when it has no limits."""
        if first is not None and last is not None:
            return self._from_to(first, last)
        if first is not None:
            return f"{self.SINCE} {self._date(first)}"
        return f"{self.UP_TO} {self._date(last)}" if last is not None else ""

    def on_dates(self, dates: Iterable[date]) -> str:
        """Describe dates: on 3, 10 and 17 May 2027."""
        years = []
        for year, months in by_month(dates):
            said = [
                f"{self.listing(list(map(str, of)))} {self.MONTHS[month - 1]}"
                for month, of in months
            ]
            years.append(f"{self.listing(said)} {year}")
        return f"{self.ON} {self.listing(years)}"

    def in_period(self, period: Period) -> str:
        """Describe a period."""
        if period.first == period.last:
            return self.on_dates([period.first])
        return self._from_to(period.first, period.last)

    def in_season(self, season: Season) -> str:
        """Describe a season."""
        first, last = season.first.month, season.last.month
        if not season.is_of_whole_months:
            if season.first == season.last:
                return f"{self.ON} {self._day(season.first)}"
            return f"{self.FROM} {self._day(season.first)} {self.UP_TO} {self._day(season.last)}"
        length = (last - first) % 12 + 1
        if length > 2:
            return f"{self.FROM} {self.MONTHS[first - 1]} {self.UP_TO} {self.MONTHS[last - 1]}"
        months = [self.MONTHS[(first - 1 + step) % 12] for step in range(length)]
        return f"{self.IN} {self.listing(months)}"

    def on_public_holidays(self, holidays: Iterable[PublicHoliday]) -> str:
        """Describe public holidays."""
        wanted = set(holidays)
        said = []
        if wanted >= USUAL_HOLIDAYS:
            said, wanted = [self.PUBLIC_HOLIDAYS], wanted - USUAL_HOLIDAYS
        if PublicHoliday.LIBERATION_DAY in wanted:
            wanted.discard(PublicHoliday.LIBERATION_DAY_JUBILEE)
        said += [self.HOLIDAYS[holiday] for holiday in PublicHoliday if holiday in wanted]
        return f"{self.ON} {self.listing(said)}"

    def listing(self, parts: Sequence[str]) -> str:
        """Join parts: a, b and c."""
        *most, last = parts
        return f"{', '.join(most)} {self.AND} {last}" if most else last

    def _day(self, day: DayOfYear | date) -> str:
        return f"{day.day} {self.MONTHS[day.month - 1]}"

    def _date(self, day: date) -> str:
        return f"{self._day(day)} {day.year}"

    def _from_to(self, first: date, last: date) -> str:
        begin = self._date(first) if first.year != last.year else self._day(first)
        return f"{self.FROM} {begin} {self.UP_TO} {self._date(last)}"


def _apart(interval: int, apart: tuple[str, str]) -> str:
    every_other, every_so_many = apart
    return every_other if interval == 2 else every_so_many.format(interval)
