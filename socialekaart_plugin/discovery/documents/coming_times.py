"""Computes when a record is held or open in the coming weeks."""

import datetime
from dataclasses import dataclass
from functools import lru_cache

from socialekaart_plugin.publication.agenda import agenda_of
from socialekaart_plugin.publication.rules import Payload
from socialekaart_plugin.timetable.calendars import Calendar
from socialekaart_plugin.timetable.clock import AMSTERDAM, ONE_DAY, occurrence_on
from socialekaart_plugin.timetable.slots import Slot

from .time_encoding import Span, encode_times, minutes, minutes_of_day

#: How far ahead times are indexed, in days; a nightly job extends them in time.
TIMES_AHEAD_DAYS = 42

_AHEAD = datetime.timedelta(days=TIMES_AHEAD_DAYS)


@dataclass(frozen=True, slots=True)
class ComingTimes:
    """The coming times of a record.

    Attributes:
        data: for `decode_times`; includes what began before today and still goes on.
        until: last day covered; None without schedules.
    """

    data: bytes = b""
    until: datetime.date | None = None


_NONE = ComingTimes()


def coming_times(payload: Payload, today: datetime.date, calendar: Calendar | None) -> ComingTimes:
    """Return when a record is held or open, from its agenda.

    Args:
        payload: as of today.
        today: the first day.
        calendar: the school holidays of the region, or None.
    """
    agenda = agenda_of(payload, calendar)
    if not agenda.has_times:
        return _NONE
    midnight, last = minutes_of_day(today), today + _AHEAD
    # What began yesterday may go on today.
    spans = (_span(*start) for _session, start in agenda.starts(today - ONE_DAY, last))
    return ComingTimes(encode_times(span for span in spans if span[1] > midnight), last)


def _span(day: datetime.date, slot: Slot) -> Span:
    """Return the minutes of a slot that starts on a day."""
    if _has_clock_change(day):
        occurrence = occurrence_on(day, slot, AMSTERDAM)
        return minutes(occurrence.start), minutes(occurrence.end)
    start = minutes_of_day(day) + 60 * slot.starts_at.hour + slot.starts_at.minute
    return start, start + slot.minutes


@lru_cache(maxsize=512)
def _has_clock_change(day: datetime.date) -> bool:
    """Whether daylight saving time changes within the two days that a slot may last."""
    begins, ends = (
        datetime.datetime.combine(each, datetime.time(), AMSTERDAM).utcoffset()
        for each in (day, day + 2 * ONE_DAY)
    )
    return begins != ends
