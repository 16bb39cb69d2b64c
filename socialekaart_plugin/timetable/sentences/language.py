"""What a language must be able to say; each is a module of plain functions."""

from collections.abc import Iterable, Sequence
from datetime import date, time
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
    #: From midnight to midnight.
    ALL_DAY: str
    #: All day, every day of the week.
    ROUND_THE_CLOCK: str
    #: Of a place, at this moment.
    OPEN_NOW: str
    CLOSED_NOW: str

    def rhythm(self, repeats: Repetition) -> str:
        """Say how something comes back."""

    def times(self, slots: Sequence[Slot]) -> str:
        """Say from when to when, for a sentence."""

    def hours(self, slots: Sequence[Slot]) -> str:
        """Say from when to when, for a short list."""

    def span(self, starts_at: time, ends_at: time | None, day: str) -> str:
        """Say from when to when it is once.

        Args:
            starts_at: its first minute.
            ends_at: None at the end of a day.
            day: on which day it ends; empty when that is the day on which it starts.
        """

    def until(self, day: str, at: time | None) -> str:
        """Say until when; the day and the time as in `span`."""

    def weekday(self, day: date, *, with_date: bool) -> str:
        """Name a day of the week, with its date when the name alone could be another day."""

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
