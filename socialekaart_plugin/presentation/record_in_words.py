"""All that a record tells of itself, in words: for a page, a sheet of paper or a mail."""

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
    """A record in words; templates know the attributes by these names.

    Attributes:
        record: its payload.
        kind_label: what it is.
        contact: its own ways to be reached.
        contact_via: those of the organisation by which it is reached.
        line_to_ask: by which one best asks something; None when it cannot be reached.
        can_be_called: whether a telephone number of it is known.
        organisations: references to who organises it.
        verified_on: the day on which someone last found it to be right; None when nobody did.
        upkeep: how long ago someone found it to be right; None when nobody ever looked.
        notices: what is different for the time being.
        starts_on: its first day; None when that is not known.
        ends_on: its last day, likewise.
        held: when an activity is held.
        opening: when an organisation is open by its own hours; None when that is not known.
        places: its places, each with its `address_lines`, and when the building is open.
        facts: what someone must know to take part.
        accessibility: for which visitors it is suited.
        translations: its text in other languages.
        platform_host: the site on which the organisation has its own page; empty without one.
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
    """Return all that a record tells of itself.

    Args:
        payload: of an organisation or an activity, as of today, its rich text expanded.
        now: the moment at which someone reads it.
        calendar: `publication.selectors.heeded_holidays` of it and its places.
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
