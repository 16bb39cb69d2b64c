"""When what a payload tells of is held or open in the coming weeks."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson

from socialekaart_plugin.directory.choices import NoticeKind, WithoutTimes
from socialekaart_plugin.publication.rules import Payload
from socialekaart_plugin.timetable.as_json import (
    opening_hours_from_json,
    schedule_from_json,
    schedule_to_json,
)
from socialekaart_plugin.timetable.calendars import Calendar
from socialekaart_plugin.timetable.clock import AMSTERDAM, ONE_DAY, occurrence_on
from socialekaart_plugin.timetable.schedule import ROUND_THE_CLOCK, Schedule
from socialekaart_plugin.timetable.slots import Slot

from .times import FOREVER, MINUTES_A_DAY, Span, encode_times, minutes, minutes_of_day

#: How far ahead times are written, in days; the nightly job keeps well ahead of the end of it.
TIMES_AHEAD_DAYS = 42

_AHEAD = datetime.timedelta(days=TIMES_AHEAD_DAYS)


@dataclass(frozen=True, slots=True)
class ComingTimes:
    """The coming times of a record.

    Attributes:
        data: as `times.decode_times` reads them; with what began before today and still goes on.
        until: the last day on which what is written may start; None without any schedule.
    """

    data: bytes = b""
    until: datetime.date | None = None


_NONE = ComingTimes()
_ALWAYS = orjson.dumps(schedule_to_json(ROUND_THE_CLOCK))


def coming_times(payload: Payload, today: datetime.date, calendar: Calendar | None) -> ComingTimes:
    """Return when something is held (activity) or when its places are open (organisation).

    Nothing starts before its first day, after its last one or while a notice says it is closed.

    Args:
        payload: as the gate stored it, with the notices to come.
        today: the first day.
        calendar: the school holidays of the region; without one none are known.
    """
    found = list(_schedules(payload))
    if not found:
        return _NONE
    spans: list[Span] = []
    for read, text in found:
        # Whoever goes on in the holidays has the same times in every region.
        heeded = None if read(text).in_school_holidays else calendar
        spans += _spans(read, text, today, heeded)
    left_out = list(_left_out(payload))
    if left_out:
        spans = [
            span for span in spans if not any(start <= span[0] < end for start, end in left_out)
        ]
    return ComingTimes(encode_times(spans), today + _AHEAD)


def _schedules(payload: Payload) -> Iterator[tuple[Callable[[bytes], Schedule], bytes]]:
    """Return the schedules of a record, each as JSON with what reads it."""
    for session in payload.get("sessions", ()):
        if session["schedule"]:
            yield _schedule, _text(session["schedule"])
    if payload.get("without_times") == WithoutTimes.ALWAYS:
        yield _schedule, _ALWAYS
    if "sessions" not in payload:
        for place in payload["places"]:
            if place.get("opening_hours"):
                yield _opening_hours, _text(place["opening_hours"])


def _text(schedule: Any) -> bytes:
    return orjson.dumps(schedule)


# Many records keep the same hours, and reading them takes longer than all else in a document.
@lru_cache(maxsize=4096)
def _schedule(text: bytes) -> Schedule:
    return schedule_from_json(orjson.loads(text))


@lru_cache(maxsize=4096)
def _opening_hours(text: bytes) -> Schedule:
    return opening_hours_from_json(orjson.loads(text)).schedule()


@lru_cache(maxsize=4096)
def _spans(
    read: Callable[[bytes], Schedule], text: bytes, today: datetime.date, calendar: Calendar | None
) -> tuple[Span, ...]:
    """Return what a schedule has from today on, in no order."""
    schedule = read(text)
    midnight, last = minutes_of_day(today), today + _AHEAD
    found: list[Span] = []
    for rule in schedule.rules:
        # What began yesterday may go on today.
        for day in schedule.dates(rule, today - ONE_DAY, calendar):
            if day > last:
                break
            span = _span(day, rule.slot)
            if span[1] > midnight:
                found.append(span)
    return tuple(found)


def _span(day: datetime.date, slot: Slot) -> Span:
    """Return the minutes of a slot that starts on a day."""
    if _clocks_change(day):
        occurrence = occurrence_on(day, slot, AMSTERDAM)
        return minutes(occurrence.start), minutes(occurrence.end)
    start = minutes_of_day(day) + 60 * slot.starts_at.hour + slot.starts_at.minute
    return start, start + slot.minutes


@lru_cache(maxsize=512)
def _clocks_change(day: datetime.date) -> bool:
    """Whether the clocks change within the two days that a slot may last."""
    begins, ends = (
        datetime.datetime.combine(each, datetime.time(), AMSTERDAM).utcoffset()
        for each in (day, day + 2 * ONE_DAY)
    )
    return begins != ends


def _left_out(payload: Payload) -> Iterator[Span]:
    """Return between which minutes nothing starts: outside its validity, or while it is closed."""
    validity = payload.get("validity")
    if validity and validity["from"]:
        yield 0, _midnight(validity["from"])
    if validity and validity["until"]:
        yield _midnight(validity["until"]) + MINUTES_A_DAY, FOREVER
    for notice in payload.get("notices", ()):
        if notice["kind"] == NoticeKind.CLOSED:
            starts_on, ends_on = notice["starts_on"], notice["ends_on"]
            yield (
                _midnight(starts_on) if starts_on else 0,
                _midnight(ends_on) + MINUTES_A_DAY if ends_on else FOREVER,
            )


def _midnight(day: str) -> int:
    return minutes_of_day(datetime.date.fromisoformat(day))
