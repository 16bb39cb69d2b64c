"""Coming times as a row keeps them, in minutes of local time, and the parts of days they fill.

A minute counts what clocks on the wall show since midnight of 1 January 2020: every day has 1,440
of them, also the two days on which the clocks change.
"""

import datetime
import struct
from collections.abc import Iterable
from functools import lru_cache

from socialekaart_plugin.timetable.clock import AMSTERDAM
from socialekaart_plugin.timetable.repetition import Weekday

#: Start and end, in minutes; the end is not included.
Span = tuple[int, int]

MINUTES_A_DAY = 24 * 60
#: From Monday on, as in the facet `weekday`.
DAYS = tuple(day.name.lower() for day in Weekday)
#: Minutes of the day, by part; the evening runs until the morning of the next day.
PARTS: dict[str, Span] = {
    "morning": (5 * 60, 12 * 60),
    "afternoon": (12 * 60, 17 * 60 + 30),
    "evening": (17 * 60 + 30, 29 * 60),
}
#: Who is there for less than this of a part of the day is not said to be there in it.
LEAST_OVERLAP = 30

_EPOCH = datetime.date(2020, 1, 1)
_FIRST_DAY = _EPOCH.toordinal()
_FIRST_WEEKDAY = _EPOCH.weekday()
_DAWN = PARTS["morning"][0]
_PAIR = struct.Struct("<II")


def minutes(moment: datetime.datetime) -> int:
    """Return what the clocks of Amsterdam show at an aware moment, in minutes since 2020.

    Raises:
        ValueError: the moment has no zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    local = moment.astimezone(AMSTERDAM)
    return minutes_of_day(local.date()) + 60 * local.hour + local.minute


def minutes_of_day(day: datetime.date) -> int:
    """Return the minute at which a day begins; below 0 before 2020."""
    return MINUTES_A_DAY * (day.toordinal() - _FIRST_DAY)


def encode_times(spans: Iterable[Span]) -> bytes:
    """Write spans as they are kept: in order, joined where they overlap or touch.

    What ends before 2020 is left out.
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
        ValueError: this was not written by it.
    """
    if len(data) % _PAIR.size:
        raise ValueError(f"{len(data)} bytes are no pairs of 32-bit numbers")
    return list(_PAIR.iter_unpack(data))


@lru_cache(maxsize=4096)
def slots(data: bytes) -> tuple[str, ...]:
    """Return the parts of the week that kept times fill, as "monday-evening", in order.

    A span is in every part that it fills half an hour of; a shorter one in the part that it fills
    most. The night belongs to the evening before it.
    """
    found: set[int] = set()
    for start, end in decode_times(data):
        found |= _slots_of(start, end)
        if len(found) == len(_SLOTS):
            break
    return tuple(_SLOTS[number] for number in sorted(found))


_SLOTS = tuple(f"{day}-{part}" for day in DAYS for part in PARTS)


def _slots_of(start: int, end: int) -> set[int]:
    """Return the places in `_SLOTS` of what one span fills."""
    found: set[int] = set()
    most, fullest = 0, 0
    first = (start - _DAWN) // MINUTES_A_DAY
    # After a week it only says the same again.
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
