"""Schedules in plain Dutch: “om de week op dinsdag van 10.00 tot 12.00 uur”."""

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

NOT, ALSO, ONLY, CLOSED = "niet", "ook", "alleen", "gesloten"
IN_SCHOOL_HOLIDAYS = "in de schoolvakanties"
ALL_DAY, ROUND_THE_CLOCK = "de hele dag", "dag en nacht"
CLOSED_NOW, OPEN_NOW = "nu gesloten", "nu open"

_WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]
_WEEKS = {1: "eerste", 2: "tweede", 3: "derde", 4: "vierde", 5: "vijfde", LAST: "laatste"}
_HOLIDAYS = {
    PublicHoliday.NEW_YEARS_DAY: "nieuwjaarsdag",
    PublicHoliday.GOOD_FRIDAY: "Goede Vrijdag",
    PublicHoliday.EASTER_SUNDAY: "eerste paasdag",
    PublicHoliday.EASTER_MONDAY: "tweede paasdag",
    PublicHoliday.KINGS_DAY: "Koningsdag",
    PublicHoliday.LIBERATION_DAY: "Bevrijdingsdag",
    PublicHoliday.LIBERATION_DAY_JUBILEE: "Bevrijdingsdag (eens in de vijf jaar)",
    PublicHoliday.ASCENSION_DAY: "Hemelvaartsdag",
    PublicHoliday.WHIT_SUNDAY: "eerste pinksterdag",
    PublicHoliday.WHIT_MONDAY: "tweede pinksterdag",
    PublicHoliday.CHRISTMAS_DAY: "eerste kerstdag",
    PublicHoliday.SECOND_CHRISTMAS_DAY: "tweede kerstdag",
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
    return f"elk jaar op {repeats.day} {_MONTHS[repeats.month - 1]}"


def _weekly(repeats: Weekly) -> str:
    weekdays = repeats.weekdays
    one_run = len(weekdays) > 2 and len(runs(weekdays)) == 1
    if repeats.interval == 1:
        if len(weekdays) == 7:
            return "elke dag"
        if len(weekdays) == 1:
            return f"elke {_WEEKDAYS[weekdays[0]]}"
        return days(weekdays) if one_run else f"op {_each(weekdays)}"
    if len(weekdays) == 7:
        which = "elke dag"
    else:
        which = f"van {days(weekdays)}" if one_run else f"op {_each(weekdays)}"
    return f"{_every(repeats.interval, 'week', 'weken')} {which}"


def _by_weekday(repeats: MonthlyByWeekday) -> str:
    which = f"{listing([_WEEKS[week] for week in repeats.weeks])} {_each(repeats.weekdays)}"
    if repeats.interval == 1:
        return f"elke {which} van de maand"
    if repeats.interval == 12 and repeats.anchor is not None:
        return f"elk jaar op de {which} van {_MONTHS[repeats.anchor.month - 1]}"
    return f"{_every(repeats.interval, 'maand', 'maanden')} op de {which}"


def _by_day(repeats: MonthlyByDay) -> str:
    which = listing(["de laatste dag" if day == LAST else f"de {day}e" for day in repeats.days])
    if repeats.interval == 1:
        return f"op {which} van de maand"
    if repeats.interval == 12 and repeats.anchor is not None:
        return f"elk jaar op {which} van {_MONTHS[repeats.anchor.month - 1]}"
    return f"{_every(repeats.interval, 'maand', 'maanden')} op {which}"


def _every(interval: int, one: str, several: str) -> str:
    return f"om de {one}" if interval == 2 else f"elke {interval} {several}"


def times(slots: Sequence[Slot]) -> str:
    """Say from when to when: van 9.00 tot 10.00 en van 13.00 tot 15.00 uur."""
    return _told(slots, "van {} tot {}")


def hours(slots: Sequence[Slot]) -> str:
    """Say from when to when: 9.00–12.00 en 13.00–17.00 uur."""
    return _told(slots, "{}–{}")


def span(starts_at: time, ends_at: time | None, day: str) -> str:
    """Say from when to when it is once: 10.00–12.00 uur, 22.00 uur tot zaterdag 2.00 uur."""
    between = f" uur tot {day} " if day else "–"
    return f"{clock(starts_at)}{between}{clock(ends_at)} uur"


def until(day: str, at: time | None) -> str:
    """Say until when: tot 17.00 uur, tot zaterdag 2.00 uur."""
    return " ".join(filter(None, ("tot", day, clock(at), "uur")))


def weekday(day: date, *, with_date: bool) -> str:
    """Name a day of the week: zaterdag, zaterdag 5 december."""
    name = _WEEKDAYS[day.weekday()]
    return f"{name} {_day(DayOfYear(day.month, day.day))}" if with_date else name


def clock(at: time | None) -> str:
    """Say a time of day; None is the end of the day."""
    return "24.00" if at is None else f"{at.hour}.{at.minute:02}"


def _told(slots: Sequence[Slot], shape: str) -> str:
    """Say from when to when; "uur" stands after the last, and after what ends the next day."""
    all_day, rest = all_day_and_rest(slots)
    said = [ALL_DAY] if all_day else []
    for slot in rest:
        ends_at = None if slot.ends_at == MIDNIGHT else slot.ends_at
        told = shape.format(clock(slot.starts_at), clock(ends_at))
        if slot.ends_tomorrow:
            told += " uur (volgende dag)"
        elif slot is rest[-1]:
            told += " uur"
        said.append(told)
    return listing(said)


def days(weekdays: Sequence[Weekday]) -> str:
    """Say which weekdays: maandag tot en met woensdag en vrijdag."""
    if len(weekdays) == 7:
        return "elke dag"
    said = []
    for run in runs(weekdays):
        if len(run) > 2:
            said.append(f"{_WEEKDAYS[run[0]]} tot en met {_WEEKDAYS[run[-1]]}")
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
        return f"vanaf {_date(first)}"
    return f"tot en met {_date(last)}" if last is not None else ""


def on_dates(dates: Iterable[date]) -> str:
    """Say on which dates: op 3, 10 en 17 mei 2027."""
    years = []
    for year, months in by_month(dates):
        said = [f"{listing(list(map(str, of)))} {_MONTHS[month - 1]}" for month, of in months]
        years.append(f"{listing(said)} {year}")
    return f"op {listing(years)}"


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
            return f"op {_day(season.first)}"
        return f"van {_day(season.first)} tot en met {_day(season.last)}"
    length = (last - first) % 12 + 1
    if length > 2:
        return f"van {_MONTHS[first - 1]} tot en met {_MONTHS[last - 1]}"
    return f"in {listing([_MONTHS[(first - 1 + step) % 12] for step in range(length)])}"


def on_public_holidays(holidays: Iterable[PublicHoliday]) -> str:
    """Say on which public holidays."""
    wanted = set(holidays)
    said = []
    if wanted >= USUAL_HOLIDAYS:
        said, wanted = ["feestdagen"], wanted - USUAL_HOLIDAYS
    if PublicHoliday.LIBERATION_DAY in wanted:
        wanted.discard(PublicHoliday.LIBERATION_DAY_JUBILEE)
    said += [_HOLIDAYS[holiday] for holiday in PublicHoliday if holiday in wanted]
    return f"op {listing(said)}"


def listing(parts: Sequence[str]) -> str:
    """Join parts: a, b en c."""
    *most, last = parts
    return f"{', '.join(most)} en {last}" if most else last


def _day(day: DayOfYear) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]}"


def _date(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _from_to(first: date, last: date) -> str:
    begin = _date(first) if first.year != last.year else _day(DayOfYear(first.month, first.day))
    return f"van {begin} tot en met {_date(last)}"
