"""When it is: the occurrences of a schedule between two moments, and the next ones.

All moments are aware. A range holds what starts in it, the end not included: so two ranges that
touch give every occurrence once.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from heapq import merge as merge_sorted
from itertools import islice
from zoneinfo import ZoneInfo

from .calendars import Calendar
from .clock import AMSTERDAM, ONE_DAY, Occurrence, occurrence_on
from .rule import Rule
from .schedule import Schedule

#: How far to look for the end of one opening.
LONGEST_OPENING = timedelta(days=8)
#: By so much a night may be longer in which the clocks change.
_ONE_HOUR = timedelta(hours=1)


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
    """Return the first `n` that are not over at `now`; fewer when it ends before.

    What is going on comes first: over is what has ended, not what has begun.
    """
    instant = _instant(now)
    # Nothing lasts longer than a day, so what started before yesterday is over.
    since_yesterday = _from(schedule, instant - ONE_DAY - _ONE_HOUR, school_holidays, zone)
    return list(islice((each for each in since_yesterday if each.end > instant), n))


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
