"""A time slot of a day, possibly past midnight, and checks on the slots of a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from itertools import pairwise

from .errors import ErrorCode, TimetableError

MIDNIGHT = time(0)
MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A start and end time, in local time.

    An overnight slot ends the next day, within 24 hours. Overnight from 00:00 to 00:00 is the whole
    day; overnight from 20:00 to 00:00 ends at midnight.

    Raises:
        TimetableError: `end_not_after_start`, `overnight_too_long`, `time_not_in_minutes`.
    """

    starts_at: time
    ends_at: time
    overnight: bool = False

    def __post_init__(self) -> None:
        for at in (self.starts_at, self.ends_at):
            if at.second or at.microsecond or at.tzinfo is not None or at.fold:
                raise TimetableError(
                    ErrorCode.TIME_NOT_IN_MINUTES, f"{at}: a time is local, in whole minutes"
                )
        if not self.overnight and self.ends_at <= self.starts_at:
            raise TimetableError(
                ErrorCode.END_NOT_AFTER_START,
                f"ends at {self.ends_at:%H:%M}, starts at {self.starts_at:%H:%M}",
                starts_at=self.starts_at,
                ends_at=self.ends_at,
            )
        if self.overnight and self.ends_at > self.starts_at:
            raise TimetableError(
                ErrorCode.OVERNIGHT_TOO_LONG,
                "an overnight slot lasts 24 hours at most",
                starts_at=self.starts_at,
                ends_at=self.ends_at,
            )

    @property
    def ends_tomorrow(self) -> bool:
        """Whether it lasts past midnight."""
        return self.overnight and self.ends_at != MIDNIGHT

    @property
    def minutes(self) -> int:
        """Its nominal length, ignoring daylight saving changes."""
        start, end = (60 * at.hour + at.minute for at in (self.starts_at, self.ends_at))
        return end - start + (MINUTES_A_DAY if self.overnight else 0)


def fill_the_day(slots: Iterable[Slot]) -> bool:
    """Return whether the slots of a day cover it from midnight to midnight."""
    reached = 0
    for slot in sorted(slots):
        start = 60 * slot.starts_at.hour + slot.starts_at.minute
        if start > reached:
            return False
        reached = max(reached, start + slot.minutes)
    return reached >= MINUTES_A_DAY


def refuse_overlap(slots: Iterable[Slot]) -> None:
    """Raise an error when slots of one day overlap; adjacent slots are allowed.

    Raises:
        TimetableError: `slots_overlap`.
    """
    ordered = sorted(slots)
    for earlier, later in pairwise(ordered):
        if earlier.overnight or later.starts_at < earlier.ends_at:
            raise TimetableError(
                ErrorCode.SLOTS_OVERLAP,
                f"{earlier.starts_at:%H:%M} overlaps {later.starts_at:%H:%M}",
                first=earlier,
                second=later,
            )
