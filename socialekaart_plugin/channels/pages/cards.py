"""A record in a list: what a resident wants to know before choosing one."""

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_date

from socialekaart_plugin.directory.choices import Capacity, Cost, NoticeKind, OrganisationKind
from socialekaart_plugin.discovery.search import SearchResults
from socialekaart_plugin.publication.choices import RecordKind
from socialekaart_plugin.publication.rules import Payload

from .practical import label_of
from .timetables import in_brief

if TYPE_CHECKING:
    from .models import DirectoryPage

#: Times that a card tells; a record with more says how many more.
_TIMES_SHOWN = 2


@dataclass(frozen=True)
class Item:
    """A record in a list."""

    record: Payload
    url: str
    #: When it is held, in sentences; all of them.
    times: list[str]

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
        known = (self.times, self.starts_on, self.is_free, self.no_room, self.districts)
        is_marked = record["upkeep"]["state"] == "marked"
        return any(known) or is_marked or bool(record.get("organisations") or record["themes"])

    @property
    def districts(self) -> list[str]:
        """The names of the districts it is in, each once."""
        areas = (area for place in self.record["places"] for area in place["areas"])
        return list(dict.fromkeys(a["name"] for a in areas if a["area_kind"] == "district"))

    @property
    def phone(self) -> dict[str, str] | None:
        """The first telephone number that can be called."""
        facts = self.record["contact"]
        return next((f for f in facts if f["kind"] == "phone" and f["uri"]), None)


def items(page: "DirectoryPage", request: HttpRequest, results: SearchResults) -> list[Item]:
    """Return what was found as cards."""
    now = timezone.now()
    return [
        Item(payload, page.record_url(payload, request), in_brief(payload, now))
        for payload in results.payloads
    ]


def kind_label(payload: Payload) -> str:
    """Name the sort of organisation where it is known, otherwise the kind of record."""
    sort = payload.get("organisation_kind")
    if sort in OrganisationKind.values and sort != OrganisationKind.OTHER:
        return str(OrganisationKind(sort).label)
    return str(RecordKind(payload["kind"]).label)
