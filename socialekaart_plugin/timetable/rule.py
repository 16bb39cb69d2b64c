"""One repetition with its times: every other Tuesday from 10:00 to 12:00, from September."""

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
    """On which days, from when to when, and between which dates.

    Attributes:
        repeats: how it comes back.
        slot: from when to when; an overnight slot belongs to the day on which it starts.
        valid_from: the first day on which it may start; None is always.
        valid_until: the last day on which it may start; None is for ever.

    Raises:
        TimetableError: `until_before_from`, `date_out_of_range`, or `never_happens` when there is
            no date between the two.
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
        """Whether it is one chosen date."""
        return isinstance(self.repeats, Once)

    def on_or_after(self, day: date) -> date | None:
        """Return the first date on or after a day, or None when there is none up to 2099."""
        valid_from, valid_until = self.valid_from, self.valid_until or LAST_DAY
        if valid_from is not None and day < valid_from:
            day = valid_from
        if day > valid_until:
            return None
        found = self.repeats.on_or_after(day)
        return found if found is not None and found <= valid_until else None

    def happens_on(self, day: date) -> bool:
        """Whether it starts on a day."""
        return self.on_or_after(day) == day

    def dates(self, day: date) -> Iterator[date]:
        """Return every date on or after a day."""
        found = self.on_or_after(day)
        while found is not None:
            yield found
            found = self.on_or_after(found + ONE_DAY)

    def normal(self) -> Self:
        """Return the one way to write this rule: it begins on its first date.

        Two rules that differ only in what does not matter, such as which Tuesday an interval was
        counted from, have the same normal form.
        """
        if isinstance(self.repeats, Once):
            return replace(self, valid_from=None, valid_until=None)
        first = self.valid_from and self.on_or_after(self.valid_from)
        return replace(self, repeats=self.repeats.normal(), valid_from=first)
