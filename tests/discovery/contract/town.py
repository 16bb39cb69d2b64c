"""The invented town that every engine searches: ten records, every fact of them counted on."""

import datetime
from dataclasses import dataclass
from typing import Any

import time_machine

from socialekaart_plugin.directory.actions import confirm_record, mark_record, withdraw_record
from socialekaart_plugin.directory.choices import VerificationChannel
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.models import (
    Activity,
    ActivityNotice,
    ActivityTranslation,
    Area,
    Organisation,
    Place,
    PublishedRecord,
)
from socialekaart_plugin.places.rules import format_point
from tests.factories import (
    ActivityFactory,
    AreaFactory,
    HelpQuestionFactory,
    OrganisationFactory,
    PlaceFactory,
    TargetGroupFactory,
    ThemeFactory,
    at,
    opening_hours,
    square,
    weekly,
)

#: A Monday, nine o'clock; Christmas holidays are from 19 December up to and including 3 January.
BUILT_AT = datetime.datetime(2026, 11, 23, 8, 0, tzinfo=datetime.UTC)


@dataclass(frozen=True)
class Town:
    """What was made, by name."""

    keys: dict[str, int]


def build_town() -> Town:
    """Make the town, as it is on the day of `BUILT_AT`."""
    with time_machine.travel(BUILT_AT, tick=False):
        areas = _areas()
        places = _places()
        words = _words()
        records = _organisations(areas, places, words)
        records |= _activities(areas, places, words, records)
        _questions(words, records)
        _standing(records)
        _not_to_be_found(words, records)
    found = PublishedRecord.objects.values_list("uuid", "pk")
    keys = dict(found)
    return Town({name: keys[record.uuid] for name, record in records.items()})


def _areas() -> dict[str, Area]:
    town = AreaFactory(name="Vliethaven", kind="municipality", outline=square(4.40, 52.00, 0.20))
    north, south, east = (
        AreaFactory(name=name, outline=square(west, below, 0.10), parent=town)
        for name, west, below in [
            ("Noord", 4.40, 52.10),
            ("Zuid", 4.40, 52.00),
            ("Oost", 4.50, 52.00),
        ]
    )
    mill = AreaFactory(
        name="Molenbuurt", kind="neighbourhood", outline=square(4.42, 52.12, 0.02), parent=north
    )
    return {area.name: area for area in (town, north, south, east, mill)}


def _places() -> dict[str, Place]:
    found = (
        PlaceFactory(
            name="Molenhuis",
            location=format_point(52.13, 4.43),
            postcode="2701 AA",
            accessibility={"step_free_entrance": True},
            opening_hours=opening_hours(),
        ),
        PlaceFactory(
            name="Zuidhof",
            location=format_point(52.05, 4.43),
            postcode="2702 BB",
            accessibility={"step_free_entrance": False},
        ),
        PlaceFactory(
            name="Spreekkamer",
            location=format_point(52.05, 4.45),
            postcode="2703 CC",
            audience=Audience.REFERRER,
        ),
    )
    return {place.name: place for place in found}


def _words() -> dict[str, Any]:
    money = ThemeFactory(name="Geld")
    themes = [
        money,
        ThemeFactory(name="Schulden", parent=money),
        *(ThemeFactory(name=name) for name in ("Bewegen", "Ontmoeten", "Taal")),
    ]
    groups = [TargetGroupFactory(name=name) for name in ("Jongeren", "Ouderen")]
    return {word.name: word for word in (*themes, *groups)}


def _organisations(
    areas: dict[str, Area], places: dict[str, Place], words: dict[str, Any]
) -> dict[str, Any]:
    found = (
        OrganisationFactory(
            public=True,
            name="Schuldhulp",
            alternative_names="Bureau Budget",
            kind="professional",
            summary="Hulp bij schulden.",
            description="<p>Brieven van de bank.</p><p>Ook thuis.</p>",
            themes=[words["Schulden"]],
            tags=["Geldzorgen"],
            visiting_place=places["Zuidhof"],
            cost="free",
            registration=["phone"],
            referral="not_needed",
            languages=["nl", "en"],
            accessibility={"wide_doors": True},
        ),
        OrganisationFactory(
            public=True,
            name="Wandelclub De Kaart",
            kind="club",
            summary="Samen wandelen met een kaart.",
            description="",
            themes=[words["Bewegen"]],
            areas_served=[areas["Vliethaven"]],
        ),
        OrganisationFactory(
            public=True,
            name="Buurthuis Molen",
            kind="volunteer",
            summary="Voor iedereen, met tv.",
            description="",
            themes=[words["Ontmoeten"]],
            visiting_place=places["Molenhuis"],
            opens_with_building=True,
        ),
    )
    return {record.name: record for record in found}


def _activities(
    areas: dict[str, Area],
    places: dict[str, Place],
    words: dict[str, Any],
    organisations: dict[str, Organisation],
) -> dict[str, Activity]:
    help_desk, house = organisations["Schuldhulp"], organisations["Buurthuis Molen"]
    mill, south = places["Molenhuis"], places["Zuidhof"]
    thursday = weekly(weekdays=["TH"], starts_at="14:00", ends_at="16:00")
    friday = weekly(weekdays=["FR"], starts_at="22:00", ends_at="02:00", overnight=True)
    monday = weekly(weekdays=["MO"], starts_at="09:30", ends_at="11:30")
    facts: list[dict[str, Any]] = [
        {
            "name": "Budgetcursus",
            "organisation": help_desk,
            "summary": "Rondkomen met geld.",
            "description": "<p>Vijf lessen.</p>",
            "themes": [words["Geld"]],
            "target_groups": [words["Jongeren"]],
            "sessions": [at(mill, schedule=weekly())],
            "forms": ["place"],
            "cost": "fixed",
            "city_pass": True,
            "registration": ["link"],
            "min_age": 18,
        },
        {
            "name": "Kaarten en koffie",
            "organisation": house,
            "summary": "Kaarten met buren.",
            "description": "",
            "themes": [words["Ontmoeten"]],
            "target_groups": [words["Ouderen"]],
            "tags": ["Koffie"],
            "sessions": [
                at(mill, schedule=weekly(starts_at="19:00", ends_at="21:00")),
                at(south, schedule=thursday),
            ],
            "forms": ["place"],
            "cost": "free",
            "registration": ["not_needed"],
            "min_age": 55,
        },
        {
            "name": "Nachtdans",
            "organisation": house,
            "summary": "Muziek.",
            "description": "",
            "themes": [words["Bewegen"]],
            "target_groups": [words["Jongeren"]],
            "sessions": [
                at(south, schedule=friday),
            ],
            "cost": "fixed",
            "languages": ["en"],
            "min_age": 16,
            "max_age": 30,
        },
        {
            "name": "Taalles",
            "organisation": house,
            "summary": "Nederlands leren.",
            "description": "",
            "themes": [words["Taal"]],
            "sessions": [at(south, schedule={**monday, "in_school_holidays": False})],
            "cost": "free",
            "registration": ["phone", "mail"],
            "referral": "needed",
            "languages": ["nl", "ar"],
            "notices": [
                ActivityNotice(
                    kind="closed",
                    starts_on=datetime.date(2026, 12, 7),
                    ends_on=datetime.date(2026, 12, 13),
                    text="Even dicht.",
                )
            ],
            "translations": [ActivityTranslation(language="ar", name="درس اللغة", summary="Café.")],
        },
        {
            "name": "Spreekuur",
            "organisation": help_desk,
            "summary": "Gesprek met een maatje.",
            "description": "",
            "themes": [words["Schulden"]],
            "sessions": [
                at(places["Spreekkamer"], schedule=weekly(starts_at="10:00", ends_at="11:00"))
            ],
        },
        {
            "name": "Belcirkel",
            "organisation": house,
            "summary": "Elke ochtend een telefoontje.",
            "description": "",
            "themes": [words["Ontmoeten"]],
            "target_groups": [words["Ouderen"]],
            "forms": ["phone"],
            "areas_served": [areas["Molenbuurt"]],
        },
        {
            "name": "Huiswerkhulp",
            "organisation": house,
            "summary": "Rustig werken na school.",
            "description": "",
            "themes": [words["Taal"]],
            "sessions": [
                at(mill, schedule=weekly(weekdays=["WE"], starts_at="15:00", ends_at="17:00"))
            ],
            "forms": ["place", "online"],
            "areas_served": [areas["Oost"]],
            "max_age": 12,
        },
    ]
    return {fact["name"]: ActivityFactory(public=True, **fact) for fact in facts}


def _questions(words: dict[str, Any], records: dict[str, Any]) -> None:
    HelpQuestionFactory(name="Ik kom niet rond", themes=[words["Geld"]])
    HelpQuestionFactory(
        name="Wie belt mij",
        themes=[words["Ontmoeten"]],
        target_groups=[words["Ouderen"]],
        activities=[records["Nachtdans"]],
    )
    HelpQuestionFactory(name="Iets voor jongeren", target_groups=[words["Jongeren"]])
    HelpQuestionFactory(name="Ergens heen", organisations=[records["Buurthuis Molen"]])


def _standing(records: dict[str, Any]) -> None:
    for name, day in [("Schuldhulp", (2026, 11, 1)), ("Kaarten en koffie", (2026, 10, 1))]:
        confirm_record(
            record=records[name], on=datetime.date(*day), channel=VerificationChannel.PHONE
        )
    mark_record(record=records["Belcirkel"], on=datetime.date(2026, 11, 10))


def _not_to_be_found(words: dict[str, Any], records: dict[str, Any]) -> None:
    """What was never public, is so no more, or is over; all of it about a word of others."""
    facts = {"themes": [words["Geld"]], "summary": "Hulp met kaarten."}
    house = records["Buurthuis Molen"]
    OrganisationFactory(name="Concept", **facts)
    gone = OrganisationFactory(public=True, name="Voorbij", **facts)
    withdraw_record(record=gone, reason="Gestopt")
    over = datetime.date(2026, 11, 22)
    ActivityFactory(public=True, name="Zomerfeest", organisation=house, valid_until=over, **facts)
