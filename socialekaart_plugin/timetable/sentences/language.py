"""What a language must be able to say; each is a module of plain functions."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

from socialekaart_plugin.timetable.calendars import Period, Season
from socialekaart_plugin.timetable.public_holidays import PublicHoliday
from socialekaart_plugin.timetable.repetition import Repetition, Weekday
from socialekaart_plugin.timetable.slots import Slot


class Language(Protocol):
    """The words of one language; every phrase is in lower case and without a full stop."""

    #: Before a phrase: this is left out.
    NOT: str
    #: Before a date: that one as well.
    ALSO: str
    #: Between a date and times: these, and not the usual ones.
    ONLY: str
    #: Of a place.
    CLOSED: str
    #: A phrase.
    IN_SCHOOL_HOLIDAYS: str

    def rhythm(self, repeats: Repetition) -> str:
        """Say how something comes back."""

    def times(self, slots: Sequence[Slot]) -> str:
        """Say from when to when, for a sentence."""

    def hours(self, slots: Sequence[Slot]) -> str:
        """Say from when to when, for a short list."""

    def days(self, weekdays: Sequence[Weekday]) -> str:
        """Say which weekdays, for a short list."""

    def validity(self, first: date | None, last: date | None) -> str:
        """Say from and until which date; at least one is given."""

    def on_dates(self, dates: Iterable[date]) -> str:
        """Say on which dates."""

    def in_period(self, period: Period) -> str:
        """Say in which period."""

    def in_season(self, season: Season) -> str:
        """Say in which part of every year."""

    def on_public_holidays(self, holidays: Iterable[PublicHoliday]) -> str:
        """Say on which public holidays."""

    def listing(self, parts: Sequence[str]) -> str:
        """Join parts: a, b and c."""
