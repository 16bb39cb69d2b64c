"""Dataclasses for times in words: a session, a next time, opening hours, the times of a card."""

import datetime
from dataclasses import dataclass

from django.utils.text import capfirst

from socialekaart_plugin.publication.rules import Payload


@dataclass(frozen=True)
class SessionLine:
    """A session in words.

    Attributes:
        when: a sentence; without times, what else is known or that the reader must ask.
        asks: whether the reader must ask.
        is_over: whether it has ended for good.
        place: reference to the place, if there is one and the reader may know it.
        room: room in the building.
        note: a further note.
    """

    when: str
    asks: bool = False
    is_over: bool = False
    place: Payload | None = None
    room: str = ""
    note: str = ""


@dataclass(frozen=True)
class NextTime:
    """A time at which a record is held or open.

    Attributes:
        start: machine-readable start.
        is_on: whether it is going on now.
        named: "Vandaag" or "Morgen" if that is the day; not for paper, which is read later.
        date: such as "dinsdag 1 december".
        hours: start and end.
        place_name: the place, if it is held in more than one.
    """

    start: datetime.datetime
    is_on: bool
    named: str
    date: str
    hours: str
    place_name: str

    @property
    def day(self) -> str:
        """Name and date of the day: "Morgen, dinsdag 1 december"."""
        return f"{self.named}, {self.date}" if self.named else capfirst(self.date)


@dataclass(frozen=True)
class OpeningLine:
    """The opening hours of an organisation or a building.

    Attributes:
        when: a sentence.
        is_open: whether it is open now.
        now: the same in words, with the closing time.
        opens: when it opens again; None while it is open, or if unknown.
    """

    when: str
    is_open: bool
    now: str
    opens: NextTime | None


@dataclass(frozen=True)
class Held:
    """When an activity is held: all sessions, and the next times of all of them."""

    sessions: list[SessionLine]
    next_times: list[NextTime]


@dataclass(frozen=True)
class Brief:
    """The times of a record on its card.

    Attributes:
        times: sentences of the sessions that have not ended, without duplicates.
        now: that it is going on or open, with the end time; empty if it is not.
        next_time: the current time, else the next one; None if none is known.
    """

    times: list[str]
    now: str
    next_time: NextTime | None
