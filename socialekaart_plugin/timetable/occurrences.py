"""The occurrences of a schedule in a time range, and the next ones from now.

All datetimes are aware. A range includes occurrences that start in it, its end excluded; so
adjacent ranges never repeat an occurrence.
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

#: The maximum time to search for the end of an opening.
LONGEST_OPENING = timedelta(days=8)
#: A day can be an hour longer when daylight saving ends.
_ONE_HOUR = timedelta(hours=1)


def occurrences(
    schedule: Schedule,
    start: datetime,
    end: datetime,
    *,
    school_holidays: Calendar | None = None,
    zone: ZoneInfo = AMSTERDAM,
) -> Iterator[Occurrence]:
    """Yield the occurrences that start from `start` until before `end`, sorted and unique."""
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
    """Return the first `n` occurrences that end after `now`; fewer if the schedule ends.

    An occurrence in progress comes first.
    """
    instant = _instant(now)
    # An occurrence lasts at most a day, so earlier ones are over.
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
    """Convert to UTC: within one time zone Python compares local times, ignoring the offset.

    Raises:
        ValueError: the datetime is naive.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(UTC)
