"""Converts local dates and times to aware datetimes, across daylight saving changes.

A skipped time uses the offset before the change, and a repeated time is the first of the two
(RFC 5545, 3.3.5). So 02:30 becomes 03:30 on the night that daylight saving starts.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .slots import Slot

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Occurrence:
    """One occurrence: aware start and end in the same time zone, with the end after the start."""

    start: datetime
    end: datetime


def moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the aware datetime of a local time; it always exists and is unambiguous."""
    local = datetime.combine(day, at, zone)
    before, after = local.utcoffset(), local.replace(fold=1).utcoffset()
    if before == after or before is None or after is None or before > after:
        return local
    return local.astimezone(UTC).astimezone(zone)


def occurrence_on(day: date, slot: Slot, zone: ZoneInfo) -> Occurrence:
    """Return the occurrence of a slot that starts on a day.

    Times are local, so it is an hour longer or shorter when daylight saving changes. It keeps
    its nominal length when a skipped hour would leave nothing.
    """
    start = moment(day, slot.starts_at, zone)
    end = moment(day + ONE_DAY if slot.overnight else day, slot.ends_at, zone)
    if end <= start:
        end = (start.astimezone(UTC) + timedelta(minutes=slot.minutes)).astimezone(zone)
    return Occurrence(start, end)
