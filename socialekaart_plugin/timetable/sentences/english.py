"""Schedules in plain English: “every other week on Tuesday from 10:00 to 12:00”."""

from collections.abc import Iterable, Sequence
from datetime import date, time

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

from .parts import all_day_and_rest, by_month, runs

NOT, ALSO, ONLY, CLOSED = "not", "also", "only", "closed"
IN_SCHOOL_HOLIDAYS = "during school holidays"
ALL_DAY, ROUND_THE_CLOCK = "all day", "day and night"
CLOSED_NOW, OPEN_NOW = "closed now", "open now"

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_WEEKS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", LAST: "last"}
_ENDINGS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
_HOLIDAYS = {
    PublicHoliday.NEW_YEARS_DAY: "New Year’s Day",
    PublicHoliday.GOOD_FRIDAY: "Good Friday",
    PublicHoliday.EASTER_SUNDAY: "Easter Sunday",
    PublicHoliday.EASTER_MONDAY: "Easter Monday",
    PublicHoliday.KINGS_DAY: "King’s Day",
    PublicHoliday.LIBERATION_DAY: "Liberation Day",
    PublicHoliday.LIBERATION_DAY_JUBILEE: "Liberation Day (every five years)",
    PublicHoliday.ASCENSION_DAY: "Ascension Day",
    PublicHoliday.WHIT_SUNDAY: "Whit Sunday",
    PublicHoliday.WHIT_MONDAY: "Whit Monday",
    PublicHoliday.CHRISTMAS_DAY: "Christmas Day",
    PublicHoliday.SECOND_CHRISTMAS_DAY: "the second day of Christmas",
}


def rhythm(repeats: Repetition) -> str:
    """Say how something comes back."""
    match repeats:
        case Once():
            return on_dates([repeats.on])
        case Weekly():
            return _weekly(repeats)
        case MonthlyByWeekday():
            return _by_weekday(repeats)
        case MonthlyByDay():
            return _by_day(repeats)
    return f"every year on {repeats.day} {_MONTHS[repeats.month - 1]}"


def _weekly(repeats: Weekly) -> str:
    weekdays = repeats.weekdays
    one_run = len(weekdays) > 2 and len(runs(weekdays)) == 1
    if repeats.interval == 1:
        if len(weekdays) == 1:
            return f"every {_WEEKDAYS[weekdays[0]]}"
        return days(weekdays) if one_run else f"on {_each(weekdays)}"
    if len(weekdays) == 7:
        which = "on every day"
    else:
        which = f"from {days(weekdays)}" if one_run else f"on {_each(weekdays)}"
    return f"{_every(repeats.interval, 'week')} {which}"


def _by_weekday(repeats: MonthlyByWeekday) -> str:
    which = f"{listing([_WEEKS[week] for week in repeats.weeks])} {_each(repeats.weekdays)}"
    if repeats.interval == 1:
        return f"every {which} of the month"
    if repeats.interval == 12 and repeats.anchor is not None:
        return f"every year on the {which} of {_MONTHS[repeats.anchor.month - 1]}"
    return f"{_every(repeats.interval, 'month')} on the {which}"


def _by_day(repeats: MonthlyByDay) -> str:
    which = listing(
        [
            "the last day" if day == LAST else f"the {day}{_ENDINGS.get(day, 'th')}"
            for day in repeats.days
        ]
    )
    if repeats.interval == 1:
        return f"on {which} of the month"
    if repeats.interval == 12 and repeats.anchor is not None:
        return f"every year on {which} of {_MONTHS[repeats.anchor.month - 1]}"
    return f"{_every(repeats.interval, 'month')} on {which}"


def _every(interval: int, one: str) -> str:
    return f"every other {one}" if interval == 2 else f"every {interval} {one}s"


def times(slots: Sequence[Slot]) -> str:
    """Say from when to when: from 9:00 to 10:00 and from 13:00 to 15:00."""
    return _told(slots, "from {} to {}")


def hours(slots: Sequence[Slot]) -> str:
    """Say from when to when: 9:00–12:00 and 13:00–17:00."""
    return _told(slots, "{}–{}")


def span(starts_at: time, ends_at: time | None, day: str) -> str:
    """Say from when to when it is once: 10:00–12:00, 22:00 to Saturday 2:00."""
    between = f" to {day} " if day else "–"
    return f"{clock(starts_at)}{between}{clock(ends_at)}"


def until(day: str, at: time | None) -> str:
    """Say until when: until 17:00, until Saturday 2:00."""
    return " ".join(filter(None, ("until", day, clock(at))))


def weekday(day: date, *, with_date: bool) -> str:
    """Name a day of the week: Saturday, Saturday 5 December."""
    name = _WEEKDAYS[day.weekday()]
    return f"{name} {_day(DayOfYear(day.month, day.day))}" if with_date else name


def clock(at: time | None) -> str:
    """Say a time of day; None is the end of the day."""
    return "24:00" if at is None else f"{at.hour}:{at.minute:02}"


def _told(slots: Sequence[Slot], shape: str) -> str:
    """Say from when to when, and of what ends the next day that it does."""
    all_day, rest = all_day_and_rest(slots)
    said = [ALL_DAY] if all_day else []
    for slot in rest:
        ends_at = None if slot.ends_at == MIDNIGHT else slot.ends_at
        told = shape.format(clock(slot.starts_at), clock(ends_at))
        said.append(f"{told} (the next day)" if slot.ends_tomorrow else told)
    return listing(said)


def days(weekdays: Sequence[Weekday]) -> str:
    """Say which weekdays: Monday to Wednesday and Friday."""
    if len(weekdays) == 7:
        return "every day"
    said = []
    for run in runs(weekdays):
        if len(run) > 2:
            said.append(f"{_WEEKDAYS[run[0]]} to {_WEEKDAYS[run[-1]]}")
        else:
            said += [_WEEKDAYS[day] for day in run]
    return listing(said)


def _each(weekdays: Sequence[Weekday]) -> str:
    return listing([_WEEKDAYS[day] for day in weekdays])


def validity(first: date | None, last: date | None) -> str:
    """Say from and until which date."""
    if first is not None and last is not None:
        return _from_to(first, last)
    if first is not None:
        return f"from {_date(first)}"
    return f"up to and including {_date(last)}" if last is not None else ""


def on_dates(dates: Iterable[date]) -> str:
    """Say on which dates: on 3, 10 and 17 May 2027."""
    years = []
    for year, months in by_month(dates):
        said = [f"{listing(list(map(str, of)))} {_MONTHS[month - 1]}" for month, of in months]
        years.append(f"{listing(said)} {year}")
    return f"on {listing(years)}"


def in_period(period: Period) -> str:
    """Say in which period."""
    if period.first == period.last:
        return on_dates([period.first])
    return _from_to(period.first, period.last)


def in_season(season: Season) -> str:
    """Say in which part of every year."""
    first, last = season.first.month, season.last.month
    if not season.is_of_whole_months:
        if season.first == season.last:
            return f"on {_day(season.first)}"
        return f"from {_day(season.first)} up to and including {_day(season.last)}"
    length = (last - first) % 12 + 1
    if length > 2:
        return f"from {_MONTHS[first - 1]} up to and including {_MONTHS[last - 1]}"
    return f"in {listing([_MONTHS[(first - 1 + step) % 12] for step in range(length)])}"


def on_public_holidays(holidays: Iterable[PublicHoliday]) -> str:
    """Say on which public holidays."""
    wanted = set(holidays)
    said = []
    if wanted >= USUAL_HOLIDAYS:
        said, wanted = ["public holidays"], wanted - USUAL_HOLIDAYS
    if PublicHoliday.LIBERATION_DAY in wanted:
        wanted.discard(PublicHoliday.LIBERATION_DAY_JUBILEE)
    said += [_HOLIDAYS[holiday] for holiday in PublicHoliday if holiday in wanted]
    return f"on {listing(said)}"


def listing(parts: Sequence[str]) -> str:
    """Join parts: a, b and c."""
    *most, last = parts
    return f"{', '.join(most)} and {last}" if most else last


def _day(day: DayOfYear) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]}"


def _date(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _from_to(first: date, last: date) -> str:
    begin = _date(first) if first.year != last.year else _day(DayOfYear(first.month, first.day))
    return f"from {begin} up to and including {_date(last)}"
