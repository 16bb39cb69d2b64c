"""A whole record in words: for a page, a sheet of paper or a mail."""

import datetime
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.dateparse import parse_date

from socialekaart_plugin.publication.rules import Payload
from socialekaart_plugin.timetable.calendars import Calendar

from .accessibility import Accessibility, accessibility
from .address_lines import address_lines
from .contact import ContactLine, can_be_called, contact_lines, line_to_ask
from .labels import kind_label
from .notices import NoticeLine, notice_lines
from .practical_facts import Fact, practical_facts
from .time_lines import Held, OpeningLine
from .timetables import building_hours, held, own_hours
from .translations import TranslatedText, translated_texts
from .upkeep import UpkeepLine, upkeep_line


@dataclass(frozen=True)
class RecordInWords:
    """A record in words; templates use these attribute names.

    Attributes:
        record: its payload.
        kind_label: its kind.
        contact: its own contact facts.
        contact_via: contact facts of its organisation.
        line_to_ask: the best way to ask a question; None if there is none.
        can_be_called: whether it has a known telephone number.
        organisations: references to its organisations.
        verified_on: the day of the last verification; None if there was none.
        upkeep: how long ago it was verified; None if it never was.
        notices: the notices that are in force.
        starts_on: its first day; None if unknown.
        ends_on: its last day; None if unknown.
        held: when an activity is held.
        opening: the organisation's own opening hours; None if unknown.
        places: its places, each with `address_lines` and the opening hours of the building.
        facts: practical facts for participants.
        accessibility: for which visitors it is suited.
        translations: its text in other languages.
        platform_host: the site with the organisation's own page; empty if there is none.
    """

    record: Payload
    kind_label: str
    contact: list[ContactLine]
    contact_via: list[ContactLine]
    line_to_ask: ContactLine | None
    can_be_called: bool
    organisations: list[Payload]
    verified_on: datetime.date | None
    upkeep: UpkeepLine | None
    notices: list[NoticeLine]
    starts_on: datetime.date | None
    ends_on: datetime.date | None
    held: Held
    opening: OpeningLine | None
    places: list[tuple[Payload, OpeningLine | None]]
    facts: list[Fact]
    accessibility: list[Accessibility]
    translations: list[TranslatedText]
    platform_host: str


def record_in_words(
    payload: Payload, now: datetime.datetime, calendar: Calendar | None
) -> RecordInWords:
    """Return a whole record in words.

    Args:
        payload: of an organisation or an activity, as of today, its rich text expanded.
        now: the moment of reading.
        calendar: `publication.selectors.holidays_needed_for` for it and its places.
    """
    contact = contact_lines(payload)
    validity = payload.get("validity", {})
    return RecordInWords(
        record=payload,
        kind_label=kind_label(payload),
        contact=[line for line in contact if not line.via],
        contact_via=[line for line in contact if line.via],
        line_to_ask=line_to_ask(contact),
        can_be_called=can_be_called(payload),
        organisations=payload.get("organisations", []),
        verified_on=_day(payload["upkeep"]["verified_on"]),
        upkeep=upkeep_line(payload),
        notices=notice_lines(payload),
        starts_on=_day(validity.get("from")),
        ends_on=_day(validity.get("until")),
        held=held(payload, now, calendar),
        opening=own_hours(payload, now, calendar),
        places=_places(payload, now, calendar),
        facts=practical_facts(payload),
        accessibility=accessibility(payload),
        translations=translated_texts(payload),
        platform_host=_platform_host(payload),
    )


def _places(
    payload: Payload, now: datetime.datetime, calendar: Calendar | None
) -> list[tuple[Payload, OpeningLine | None]]:
    hours = building_hours(payload, now, calendar)
    return [
        ({**place, "address_lines": address_lines(place)}, hours.get(place["uuid"]))
        for place in payload["places"]
    ]


def _platform_host(payload: Payload) -> str:
    url = payload.get("platform_profile_url") or payload.get("platform_vacancies_url") or ""
    return urlsplit(url).netloc.removeprefix("www.")


def _day(value: str | None) -> datetime.date | None:
    return parse_date(value) if value else None
