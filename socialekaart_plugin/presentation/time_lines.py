"""What a page or a card says of times: a line of a session, a next time, opening hours."""

import datetime
from dataclasses import dataclass

from django.utils.text import capfirst

from socialekaart_plugin.publication.rules import Payload


@dataclass(frozen=True)
class SessionLine:
    """Something that is held, as people read it.

    Attributes:
        when: a sentence; without times what else is known, or that one must ask.
        asks: whether one must ask.
        is_over: whether it will not be held again.
        place: reference to the place, if there is one and it may be told.
        room: where in the building.
        note: what else there is to know.
    """

    when: str
    asks: bool = False
    is_over: bool = False
    place: Payload | None = None
    room: str = ""
    note: str = ""


@dataclass(frozen=True)
class NextTime:
    """A time at which it is held or open.

    Attributes:
        start: for machines.
        is_on: whether it goes on now.
        named: "Vandaag" or "Morgen", when it is; not for paper, which is read later.
        date: such as "dinsdag 1 december".
        hours: from when to when.
        place_name: where, when it is held in more than one place.
    """

    start: datetime.datetime
    is_on: bool
    named: str
    date: str
    hours: str
    place_name: str

    @property
    def day(self) -> str:
        """Both together: "Morgen, dinsdag 1 december"."""
        return f"{self.named}, {self.date}" if self.named else capfirst(self.date)


@dataclass(frozen=True)
class OpeningLine:
    """When an organisation or a building is open.

    Attributes:
        when: a sentence.
        is_open: whether it is open now.
        now: the same in words, with until when.
        opens: when it opens again; None while it is open, and when nobody knows.
    """

    when: str
    is_open: bool
    now: str
    opens: NextTime | None


@dataclass(frozen=True)
class Held:
    """When an activity is held: every session, and the next times of all together."""

    sessions: list[SessionLine]
    next_times: list[NextTime]


@dataclass(frozen=True)
class Brief:
    """When a record is held or open, as a card tells it.

    Attributes:
        times: sentences of the sessions that are not over, each once.
        now: that it goes on, or is open, with until when; empty when it is not.
        next_time: what goes on, else the first to come; None when nothing is known to come.
    """

    times: list[str]
    now: str
    next_time: NextTime | None
