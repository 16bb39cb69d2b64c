"""From a day and a time on the wall to a moment, through both changes of the clocks.

A time that the clocks skip counts by the offset of before, a time that they show twice is the first
of the two, as RFC 5545 (3.3.5) says. So 02:30 becomes 03:30 in the night that summer time begins.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .slots import Slot

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Occurrence:
    """One time that a session is held: two moments, aware, in one zone, the end after the start."""

    start: datetime
    end: datetime


def moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return when the clocks show `at` on `day`; never ambiguous, and always a time that exists."""
    local = datetime.combine(day, at, zone)
    before, after = local.utcoffset(), local.replace(fold=1).utcoffset()
    if before == after or before is None or after is None or before > after:
        return local
    return local.astimezone(UTC).astimezone(zone)


def occurrence_on(day: date, slot: Slot, zone: ZoneInfo) -> Occurrence:
    """Return the occurrence of a slot that starts on a day.

    Times are those on the wall, so the night of a change it lasts an hour more or less. When a
    skipped hour would leave nothing of it, it keeps its length.
    """
    start = moment(day, slot.starts_at, zone)
    end = moment(day + ONE_DAY if slot.overnight else day, slot.ends_at, zone)
    if end <= start:
        end = (start.astimezone(UTC) + timedelta(minutes=slot.minutes)).astimezone(zone)
    return Occurrence(start, end)
