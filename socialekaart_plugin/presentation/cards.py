"""The card of a record: what a list shows, so that a resident can choose."""

import datetime
from dataclasses import dataclass

from django.utils.dateparse import parse_date

from socialekaart_plugin.directory.choices import Capacity, Cost, NoticeKind
from socialekaart_plugin.publication.rules import Payload

from .contact import via
from .distances import distance_text
from .labels import kind_label, label_of
from .time_lines import Brief

#: Text in pieces; each piece tells whether it matches the search.
Pieces = tuple[tuple[str, bool], ...]

#: Number of times on a card; if a record has more, the card shows how many more.
_TIMES_SHOWN = 2


@dataclass(frozen=True)
class Card:
    """A record in a list.

    Attributes:
        record: its payload, as of today.
        url: address of its page.
        brief: when it is held or open.
        marked_name: its name in pieces, with the matches marked; empty if the name has none.
        snippet: a part of its text in pieces, with the matches marked; empty if there are none.
        metres: distance in metres; None if unknown or not requested.
    """

    record: Payload
    url: str
    brief: Brief
    marked_name: Pieces = ()
    snippet: Pieces = ()
    metres: float | None = None

    @property
    def name(self) -> Pieces:
        """The name in pieces, with the matches marked."""
        return self.marked_name or ((self.record["name"], False),)

    @property
    def summary(self) -> Pieces:
        """The matching part of its text, else its summary, in pieces."""
        summary = self.record["summary"]
        return self.snippet or (((summary, False),) if summary else ())

    @property
    def distance(self) -> str:
        """The distance in words; empty if unknown or not requested."""
        return "" if self.metres is None else distance_text(self.metres)

    @property
    def kind_label(self) -> str:
        """The kind in words."""
        return kind_label(self.record)

    @property
    def notices(self) -> list[str]:
        """The short labels of the notices that are in force."""
        return list(dict.fromkeys(label_of(NoticeKind, n["kind"]) for n in self.record["notices"]))

    @property
    def starts_on(self) -> datetime.date | None:
        """The first day, if it has not started yet."""
        validity = self.record.get("validity", {})
        return parse_date(validity["from"]) if validity.get("state") == "coming" else None

    @property
    def times(self) -> list[str]:
        """All times, in sentences."""
        return self.brief.times

    @property
    def times_shown(self) -> list[str]:
        """The times that fit on a card."""
        return self.times[:_TIMES_SHOWN]

    @property
    def more_times(self) -> int:
        """The number of times that do not fit."""
        return len(self.times) - len(self.times_shown)

    @property
    def is_free(self) -> bool:
        """Whether it is free of charge."""
        return bool(self.record["cost"]["kind"] == Cost.FREE)

    @property
    def no_room(self) -> str:
        """That it is full or has a waiting list; empty if there is room or nothing is known."""
        state = self.record["capacity"]["state"]
        return "" if state in ("", Capacity.OPEN) else label_of(Capacity, state)

    @property
    def has_facts(self) -> bool:
        """Whether the card has any facts below the summary."""
        record = self.record
        where = self.districts or self.distance
        when = self.times or self.brief.next_time
        known = (when, self.starts_on, self.is_free, self.no_room, where)
        is_marked = record["upkeep"]["state"] == "marked"
        return any(known) or is_marked or bool(record.get("organisations") or record["themes"])

    @property
    def districts(self) -> list[str]:
        """The names of its districts, without duplicates."""
        areas = (area for place in self.record["places"] for area in place["areas"])
        return list(dict.fromkeys(a["name"] for a in areas if a["area_kind"] == "district"))

    @property
    def phone(self) -> Payload | None:
        """Its first telephone number."""
        facts = self.record["contact"]
        return next((f for f in facts if f["kind"] == "phone" and f["uri"]), None)

    @property
    def phone_via(self) -> str:
        """The organisation that has this number; empty if it is the record's own."""
        return via(self.phone) if self.phone else ""
