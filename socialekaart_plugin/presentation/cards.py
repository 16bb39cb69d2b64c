"""A record in a list: what a resident wants to know before choosing one."""

import datetime
from dataclasses import dataclass

from django.utils.dateparse import parse_date

from socialekaart_plugin.directory.choices import Capacity, Cost, NoticeKind
from socialekaart_plugin.publication.rules import Payload

from .contact import via
from .distances import distance_text
from .labels import kind_label, label_of
from .time_lines import Brief

#: Text in pieces, each with whether it was looked for.
Pieces = tuple[tuple[str, bool], ...]

#: Times that a card tells; a record with more says how many more.
_TIMES_SHOWN = 2


@dataclass(frozen=True)
class Card:
    """A record in a list.

    Attributes:
        record: its payload, as of today.
        url: where it is read.
        brief: when it is held or open.
        marked_name: its name in pieces, each with whether it was looked for; empty when it was not.
        snippet: what was looked for in its text, likewise.
        metres: how far it is; None when that is not known, or not asked.
    """

    record: Payload
    url: str
    brief: Brief
    marked_name: Pieces = ()
    snippet: Pieces = ()
    metres: float | None = None

    @property
    def name(self) -> Pieces:
        """Its name in pieces, each with whether it was looked for."""
        return self.marked_name or ((self.record["name"], False),)

    @property
    def summary(self) -> Pieces:
        """What was looked for in its text, else its summary, likewise."""
        summary = self.record["summary"]
        return self.snippet or (((summary, False),) if summary else ())

    @property
    def distance(self) -> str:
        """How far it is; empty when that is not known, or not asked."""
        return "" if self.metres is None else distance_text(self.metres)

    @property
    def kind_label(self) -> str:
        """What it is, in words."""
        return kind_label(self.record)

    @property
    def notices(self) -> list[str]:
        """What is different for the time being, in a word."""
        return list(dict.fromkeys(label_of(NoticeKind, n["kind"]) for n in self.record["notices"]))

    @property
    def starts_on(self) -> datetime.date | None:
        """The first day of what is still to come."""
        validity = self.record.get("validity", {})
        return parse_date(validity["from"]) if validity.get("state") == "coming" else None

    @property
    def times(self) -> list[str]:
        """When it is held, in sentences; all of them."""
        return self.brief.times

    @property
    def times_shown(self) -> list[str]:
        """The times that fit on a card."""
        return self.times[:_TIMES_SHOWN]

    @property
    def more_times(self) -> int:
        """How many times do not."""
        return len(self.times) - len(self.times_shown)

    @property
    def is_free(self) -> bool:
        """Whether it costs nothing."""
        return bool(self.record["cost"]["kind"] == Cost.FREE)

    @property
    def no_room(self) -> str:
        """That it is full or has a waiting list; empty when there is room, as far as is known."""
        state = self.record["capacity"]["state"]
        return "" if state in ("", Capacity.OPEN) else label_of(Capacity, state)

    @property
    def has_facts(self) -> bool:
        """Whether there is anything to say below the summary."""
        record = self.record
        where = self.districts or self.distance
        when = self.times or self.brief.next_time
        known = (when, self.starts_on, self.is_free, self.no_room, where)
        is_marked = record["upkeep"]["state"] == "marked"
        return any(known) or is_marked or bool(record.get("organisations") or record["themes"])

    @property
    def districts(self) -> list[str]:
        """The names of the districts it is in, each once."""
        areas = (area for place in self.record["places"] for area in place["areas"])
        return list(dict.fromkeys(a["name"] for a in areas if a["area_kind"] == "district"))

    @property
    def phone(self) -> Payload | None:
        """The first telephone number that can be called."""
        facts = self.record["contact"]
        return next((f for f in facts if f["kind"] == "phone" and f["uri"]), None)

    @property
    def phone_via(self) -> str:
        """The organisation whose number it is; empty when it is of the record itself."""
        return via(self.phone) if self.phone else ""
