"""Encodes coming times as bytes, in minutes of local time, and as parts of the week.

Minutes count wall clock time since midnight of 1 January 2020: every day has 1,440 minutes, also
when daylight saving time changes.
"""

import datetime
import struct
from collections.abc import Iterable
from functools import lru_cache

from socialekaart_plugin.timetable.clock import AMSTERDAM
from socialekaart_plugin.timetable.repetition import Weekday

#: Start and end in minutes; the end is exclusive.
Span = tuple[int, int]

MINUTES_A_DAY = 24 * 60
#: From Monday on, as in the facet `weekday`.
DAYS = tuple(day.name.lower() for day in Weekday)
#: Minutes of the day, by part; the evening lasts until the next morning.
PARTS: dict[str, Span] = {
    "morning": (5 * 60, 12 * 60),
    "afternoon": (12 * 60, 17 * 60 + 30),
    "evening": (17 * 60 + 30, 29 * 60),
}
#: Minimum overlap, in minutes, for a time to count for a part of the day.
LEAST_OVERLAP = 30

_EPOCH = datetime.date(2020, 1, 1)
_FIRST_DAY = _EPOCH.toordinal()
_FIRST_WEEKDAY = _EPOCH.weekday()
_DAWN = PARTS["morning"][0]
_PAIR = struct.Struct("<II")


def minutes(moment: datetime.datetime) -> int:
    """Return the local time in Amsterdam of an aware moment, in minutes since 2020.

    Raises:
        ValueError: the moment has no zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    local = moment.astimezone(AMSTERDAM)
    return minutes_of_day(local.date()) + 60 * local.hour + local.minute


def minutes_of_day(day: datetime.date) -> int:
    """Return the first minute of a day; negative before 2020."""
    return MINUTES_A_DAY * (day.toordinal() - _FIRST_DAY)


def encode_times(spans: Iterable[Span]) -> bytes:
    """Encode spans: sorted, merged where they overlap or touch.

    Spans that end before 2020 are left out.
    """
    joined: list[int] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1]:
            joined[-1] = max(joined[-1], end)
        elif end > 0:
            joined += (max(start, 0), end)
    return struct.pack(f"<{len(joined)}I", *joined)


def decode_times(data: bytes | memoryview) -> list[Span]:
    """Return the spans that `encode_times` wrote, in order.

    Raises:
        ValueError: invalid data.
    """
    if len(data) % _PAIR.size:
        raise ValueError(f"{len(data)} bytes are no pairs of 32-bit numbers")
    return list(_PAIR.iter_unpack(data))


@lru_cache(maxsize=4096)
def slots(data: bytes) -> tuple[str, ...]:
    """Return the parts of the week of encoded times, as "monday-evening", in order.

    A span counts for each part that it overlaps by half an hour; a shorter span for the part with
    the most overlap. The night belongs to the evening before it.
    """
    found: set[int] = set()
    for start, end in decode_times(data):
        found |= _slots_of(start, end)
        if len(found) == len(_SLOTS):
            break
    return tuple(_SLOTS[number] for number in sorted(found))


_SLOTS = tuple(f"{day}-{part}" for day in DAYS for part in PARTS)


def _slots_of(start: int, end: int) -> set[int]:
    """Return the indices in `_SLOTS` of one span."""
    found: set[int] = set()
    most, fullest = 0, 0
    first = (start - _DAWN) // MINUTES_A_DAY
    # After a week the slots repeat.
    last = min((end - 1 - _DAWN) // MINUTES_A_DAY, first + len(DAYS))
    for day in range(first, last + 1):
        midnight = MINUTES_A_DAY * day
        weekday = (day + _FIRST_WEEKDAY) % len(DAYS)
        for number, (begins, ends) in enumerate(PARTS.values(), start=weekday * len(PARTS)):
            overlap = min(end, midnight + ends) - max(start, midnight + begins)
            if overlap >= LEAST_OVERLAP:
                found.add(number)
            if overlap > most:
                most, fullest = overlap, number
    return found or {fullest}
