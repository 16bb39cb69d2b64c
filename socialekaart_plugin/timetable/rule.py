"""A rule: a recurrence with a time slot and, optionally, a first and last date."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from .clock import ONE_DAY
from .errors import ErrorCode, TimetableError
from .repetition import FIRST_DAY, LAST_DAY, Once, Repetition, check_in_range
from .slots import Slot


@dataclass(frozen=True, slots=True)
class Rule:
    """A recurrence with its time slot and period of validity.

    Attributes:
        repeats: the recurrence.
        slot: start and end time; an overnight slot belongs to its start day.
        valid_from: the first possible start day; None for no limit.
        valid_until: the last possible start day; None for no limit.

    Raises:
        TimetableError: `until_before_from`, `date_out_of_range`, or `never_happens` when no date
            lies between them.
    """

    repeats: Repetition
    slot: Slot
    valid_from: date | None = None
    valid_until: date | None = None

    def __post_init__(self) -> None:
        for day in (self.valid_from, self.valid_until):
            if day is not None:
                check_in_range(day)
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise TimetableError(
                ErrorCode.UNTIL_BEFORE_FROM,
                f"until {self.valid_until}, from {self.valid_from}",
                valid_from=self.valid_from,
                valid_until=self.valid_until,
            )
        if self.on_or_after(FIRST_DAY) is None:
            raise TimetableError(ErrorCode.NEVER_HAPPENS, "there is no such day")

    @property
    def is_single(self) -> bool:
        """Whether the rule is one chosen date."""
        return isinstance(self.repeats, Once)

    def on_or_after(self, day: date) -> date | None:
        """Return the first date on or after a day, or None when there is none until 2099."""
        valid_from, valid_until = self.valid_from, self.valid_until or LAST_DAY
        if valid_from is not None and day < valid_from:
            day = valid_from
        if day > valid_until:
            return None
        found = self.repeats.on_or_after(day)
        return found if found is not None and found <= valid_until else None

    def happens_on(self, day: date) -> bool:
        """Return whether it starts on a day."""
        return self.on_or_after(day) == day

    def dates(self, day: date) -> Iterator[date]:
        """Yield all dates on or after a day."""
        found = self.on_or_after(day)
        while found is not None:
            yield found
            found = self.on_or_after(found + ONE_DAY)

    def normal(self) -> Self:
        """Return the normal form, in which `valid_from` is the first date.

        Rules with the same meaning have the same normal form, for example when only the week from
        which an interval is counted differs.
        """
        if isinstance(self.repeats, Once):
            return replace(self, valid_from=None, valid_until=None)
        first = self.valid_from and self.on_or_after(self.valid_from)
        return replace(self, repeats=self.repeats.normal(), valid_from=first)
