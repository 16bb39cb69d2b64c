"""When it is: the occurrences of schedules between two moments, the next ones, and what is on now.

All moments are aware. A range holds what starts in it, the end not included: so two ranges that
touch give every occurrence once.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from heapq import merge as merge_sorted
from itertools import islice
from zoneinfo import ZoneInfo

from .calendars import Calendar
from .clock import AMSTERDAM, ONE_DAY, Occurrence, occurrence_on
from .rule import Rule
from .schedule import Schedule

#: How far to look for the beginning and the end of one opening.
LONGEST_OPENING = timedelta(days=8)


def occurrences(
    schedule: Schedule,
    start: datetime,
    end: datetime,
    *,
    school_holidays: Calendar | None = None,
    zone: ZoneInfo = AMSTERDAM,
) -> Iterator[Occurrence]:
    """Return what starts from `start` on and before `end`, in order, nothing twice."""
    last = _instant(end)
    for occurrence in _from(schedule, start, school_holidays, zone):
        if occurrence.start >= last:
            return
        yield occurrence


def next_n(
    schedule: Schedule,
    now: datetime,
    n: int,
    *,
    school_holidays: Calendar | None = None,
    zone: ZoneInfo = AMSTERDAM,
) -> list[Occurrence]:
    """Return the first `n` that start at `now` or later; fewer when it ends before."""
    return list(islice(_from(schedule, now, school_holidays, zone), n))


def running(
    schedules: Iterable[Schedule],
    now: datetime,
    *,
    school_holidays: Calendar | None = None,
    zone: ZoneInfo = AMSTERDAM,
) -> Iterator[Occurrence]:
    """Return what has started and not yet ended, in no order."""
    instant = _instant(now)
    today = instant.astimezone(zone).date()
    for schedule in schedules:
        for rule in schedule.rules:
            # Nothing lasts longer than a day, so what started before yesterday is over.
            for day in schedule.dates(rule, today - ONE_DAY, school_holidays):
                if day > today:
                    break
                occurrence = occurrence_on(day, rule.slot, zone)
                if occurrence.start <= instant < occurrence.end:
                    yield occurrence


def is_open(
    schedules: Iterable[Schedule],
    now: datetime,
    *,
    school_holidays: Calendar | None = None,
    zone: ZoneInfo = AMSTERDAM,
) -> bool:
    """Whether any of the schedules is on; at the minute of its end it no longer is."""
    found = running(schedules, now, school_holidays=school_holidays, zone=zone)
    return next(found, None) is not None


def opening_at(
    schedules: Iterable[Schedule],
    now: datetime,
    *,
    school_holidays: Calendar | None = None,
    zone: ZoneInfo = AMSTERDAM,
) -> Occurrence | None:
    """Return from when to when it is open without a break around `now`, or None when it is not.

    Looks eight days either way: what never closes is said to open and close about then.
    """
    instant = _instant(now)
    around = merge_sorted(
        *(
            occurrences(
                schedule,
                instant - LONGEST_OPENING,
                instant + LONGEST_OPENING,
                school_holidays=school_holidays,
                zone=zone,
            )
            for schedule in schedules
        )
    )
    for opening in merged(around):
        if opening.start <= instant < opening.end:
            return opening
    return None


def merged(ordered: Iterable[Occurrence]) -> Iterator[Occurrence]:
    """Join occurrences that overlap or touch; they must be in order of their start."""
    current: Occurrence | None = None
    for occurrence in ordered:
        if current is None:
            current = occurrence
        elif occurrence.start <= current.end:
            current = Occurrence(current.start, max(current.end, occurrence.end))
        else:
            yield current
            current = occurrence
    if current is not None:
        yield current


def dates_left_out(
    schedule: Schedule, first: date, last: date, *, school_holidays: Calendar | None = None
) -> list[date]:
    """Return the dates from `first` to `last` that an exception takes away from a rule."""
    found = set()
    for rule in schedule.rules:
        if rule.is_single:
            continue
        for day in rule.dates(first):
            if day > last:
                break
            if schedule.left_out_until(day, school_holidays) is not None:
                found.add(day)
    return sorted(found)


def _from(
    schedule: Schedule, start: datetime, school_holidays: Calendar | None, zone: ZoneInfo
) -> Iterator[Occurrence]:
    instant = _instant(start)
    day = instant.astimezone(zone).date()
    streams = [_of_rule(schedule, rule, day, school_holidays, zone) for rule in schedule.rules]
    previous = None
    for occurrence in streams[0] if len(streams) == 1 else merge_sorted(*streams):
        if occurrence.start >= instant and occurrence != previous:
            yield occurrence
            previous = occurrence


def _of_rule(
    schedule: Schedule, rule: Rule, day: date, school_holidays: Calendar | None, zone: ZoneInfo
) -> Iterator[Occurrence]:
    for each in schedule.dates(rule, day, school_holidays):
        yield occurrence_on(each, rule.slot, zone)


def _instant(moment: datetime) -> datetime:
    """Return a moment in UTC: in one zone Python compares what clocks show, not what time it is.

    Raises:
        ValueError: the moment has no zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(UTC)
