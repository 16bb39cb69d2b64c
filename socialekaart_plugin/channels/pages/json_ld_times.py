"""Agenda of a record in JSON-LD: written exactly, or left out.

schema.org cannot express "not in July" or "not on public holidays". Such exceptions are written as
dates, half a year ahead; later times of a schedule with exceptions are left out.
"""

import datetime
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from socialekaart_plugin.publication.agenda import Agenda
from socialekaart_plugin.timetable.clock import AMSTERDAM, ONE_DAY
from socialekaart_plugin.timetable.repetition import (
    CODES,
    LAST,
    LAST_DAY,
    MonthlyByDay,
    MonthlyByWeekday,
    Once,
    Weekday,
    Weekly,
    Yearly,
)
from socialekaart_plugin.timetable.rule import Rule
from socialekaart_plugin.timetable.schedule import Schedule
from socialekaart_plugin.timetable.slots import MIDNIGHT, MINUTES_A_DAY, Slot

#: How far ahead exceptions are written as dates.
AHEAD = datetime.timedelta(days=182)

_Told = dict[str, Any]


def schedules(agenda: Agenda, now: datetime.datetime) -> list[_Told]:
    """Return the times of an activity, as values of `eventSchedule`.

    Each begins on a date on which it is held, today or later: readers count weeks from that date
    and `repeatFrequency`. It is not held on the dates of `exceptDate`.
    """
    first = now.astimezone(AMSTERDAM).date()
    found: list[_Told] = []
    for schedule in filter(None, agenda.schedules):
        for rule in schedule.rules:
            found += _of_rule(agenda, schedule, rule, first)
    return [each for number, each in enumerate(found) if each not in found[:number]]


def _of_rule(
    agenda: Agenda, schedule: Schedule, rule: Rule, first: datetime.date
) -> Iterator[_Told]:
    """Return a rule from a day on; as single dates if schema.org cannot express the rule."""
    start = next(agenda.dates(schedule, rule, first), None)
    if start is None:
        return
    last, pattern = start + AHEAD, _pattern(rule)
    held = list(_until(agenda.dates(schedule, rule, start), last))
    if pattern is None:
        yield from ({**_hours(rule.slot), **_on(day)} for day in held)
        return
    known_until = last if _has_late_exceptions(agenda, schedule, last) else None
    ends = [day for day in (rule.valid_until, known_until, _last_day(agenda)) if day is not None]
    end = min(ends, default=None)
    happens = _until(rule.dates(start), min(end or last, last))
    left_out = [day.isoformat() for day in happens if day not in set(held)]
    yield {
        **_hours(rule.slot),
        **pattern,
        "startDate": start.isoformat(),
        **({"endDate": end.isoformat()} if end else {}),
        **({"exceptDate": left_out} if left_out else {}),
    }


def opening_specifications(agenda: Agenda, now: datetime.datetime) -> _Told:
    """Return opening hours: the usual week, and differing days by date.

    `opens` and `closes` both 00:00 means closed; a whole day ends at 23:59. schema.org does not
    define this; these are Google's rules for opening hours.
    """
    schedule = next(iter(agenda.schedules), None)
    if schedule is None or any(_is_unsayable(rule.slot) for rule in schedule.rules):
        return {}
    first = now.astimezone(AMSTERDAM).date()
    last = first + AHEAD
    week = {day: _usual(schedule, day) for day in Weekday}
    until = {}
    if _has_late_exceptions(agenda, schedule, last) or _last_day(agenda):
        until = {"validFrom": first.isoformat(), "validThrough": last.isoformat()}
    usual = [
        {"dayOfWeek": _day(day), **_specification(slot), **until}
        for day, slots in week.items()
        for slot in slots
    ]
    special = list(_special(agenda, week, first, last))
    found = {"openingHoursSpecification": usual, "specialOpeningHoursSpecification": special}
    return {name: value for name, value in found.items() if value}


def _special(
    agenda: Agenda,
    week: dict[Weekday, tuple[Slot, ...]],
    first: datetime.date,
    last: datetime.date,
) -> Iterator[_Told]:
    """Return the days that differ from the usual week; equal days in a row are combined."""
    opened: dict[datetime.date, set[Slot]] = {}
    for _session, (day, slot) in agenda.starts(first, last):
        opened.setdefault(day, set()).add(slot)
    days = [first + ONE_DAY * number for number in range((last - first).days + 1)]

    def differs(day: datetime.date) -> tuple[Slot, ...] | None:
        slots = tuple(sorted(opened.get(day, ())))
        return None if slots == week[Weekday(day.weekday())] else slots

    for slots, several in groupby(days, differs):
        if slots is None:
            continue
        these = list(several)
        between = {
            "validFrom": these[0].isoformat(),
            "validThrough": these[-1].isoformat(),
        }
        for found in map(_specification, slots or (None,)):
            yield {**found, **between}


def _usual(schedule: Schedule, day: Weekday) -> tuple[Slot, ...]:
    """Return the slots of a weekday; opening hours have weekly rules and single dates only."""
    return tuple(
        sorted(
            rule.slot
            for rule in schedule.rules
            if isinstance(rule.repeats, Weekly) and day in rule.repeats.weekdays
        )
    )


def _has_late_exceptions(agenda: Agenda, schedule: Schedule, last: datetime.date) -> bool:
    """Tell whether there are exceptions after the last day that is written as a date."""
    if schedule.seasons_left_out or schedule.public_holidays_left_out:
        return True
    singles = [rule.repeats.on for rule in schedule.rules if isinstance(rule.repeats, Once)]
    ends = [
        *schedule.left_out,
        *singles,
        *(period.last for period in schedule.periods_left_out),
        *(closed[1] for closed in agenda.closed if closed[1] < LAST_DAY),
    ]
    return not schedule.in_school_holidays or any(day > last for day in ends)


def _last_day(agenda: Agenda) -> datetime.date | None:
    """Return the last day before it ends for good, if any."""
    ends = [first - ONE_DAY for first, last in agenda.closed if last >= LAST_DAY]
    return min(ends, default=None)


def _until(days: Iterable[datetime.date], last: datetime.date) -> Iterator[datetime.date]:
    for day in days:
        if day > last:
            return
        yield day


def _pattern(rule: Rule) -> _Told | None:
    """Return how a rule repeats; None if schema.org cannot express it."""
    repeats = rule.repeats
    match repeats:
        case Weekly():
            days = [_day(day) for day in repeats.weekdays]
            return {"repeatFrequency": f"P{repeats.interval}W", "byDay": days}
        case MonthlyByWeekday():
            # In iCalendar notation, which `byDay` allows: `byMonthWeek` has no "last".
            days = [f"{week}{CODES[day]}" for week in repeats.weeks for day in repeats.weekdays]
            return {"repeatFrequency": f"P{repeats.interval}M", "byDay": days}
        case MonthlyByDay() if LAST not in repeats.days:
            days_of_month = list(repeats.days)
            return {"repeatFrequency": f"P{repeats.interval}M", "byMonthDay": days_of_month}
        case Yearly():
            return {
                "repeatFrequency": "P1Y",
                "byMonth": repeats.month,
                "byMonthDay": repeats.day,
            }
    return None


def _on(day: datetime.date) -> _Told:
    return {"startDate": day.isoformat(), "endDate": day.isoformat()}


def _hours(slot: Slot) -> _Told:
    """Return start and end; if it ends on the next day, start and duration."""
    found = {
        "@type": "Schedule",
        "startTime": f"{slot.starts_at:%H:%M}",
        "scheduleTimezone": "Europe/Amsterdam",
    }
    if slot.overnight:
        return {**found, "duration": f"PT{slot.minutes}M"}
    return {**found, "endTime": f"{slot.ends_at:%H:%M}"}


def _specification(slot: Slot | None) -> _Told:
    opens, closes = ("00:00", "00:00") if slot is None else _from_to(slot)
    return {"@type": "OpeningHoursSpecification", "opens": opens, "closes": closes}


def _from_to(slot: Slot) -> tuple[str, str]:
    if _is_whole_day(slot):
        return "00:00", "23:59"
    return f"{slot.starts_at:%H:%M}", f"{slot.ends_at:%H:%M}"


def _is_unsayable(slot: Slot) -> bool:
    """Tell whether it lasts 24 hours but not from midnight: readers take 17:00-17:00 as no time."""
    return slot.starts_at == slot.ends_at and not _is_whole_day(slot)


def _is_whole_day(slot: Slot) -> bool:
    return slot.minutes == MINUTES_A_DAY and slot.starts_at == MIDNIGHT


def _day(day: Weekday) -> str:
    return f"https://schema.org/{day.name.capitalize()}"
