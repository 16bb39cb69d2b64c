"""Generates an invented town of any size: records written in bulk, then published by a rebuild.

Use it for a throw-away database only: `bulk_create` does not call `save()`, so no signals are
sent while the rows are written.
"""

import datetime
import random
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.foundation.identity import SHORT_ID_ALPHABET, SHORT_ID_LENGTH
from socialekaart_plugin.models import (
    Activity,
    ActivityContactFact,
    ActivityNotice,
    ActivityTranslation,
    Area,
    Keyword,
    Organisation,
    OrganisationContactFact,
    OrganisationNotice,
    OrganisationTranslation,
    Place,
    Session,
    TaggedActivity,
    TaggedOrganisation,
    TargetGroup,
    Theme,
)
from socialekaart_plugin.places.rules import format_point
from socialekaart_plugin.publication.rebuild import rebuild_public_records
from socialekaart_plugin.timetable.as_json import opening_hours_to_json, schedule_to_json
from socialekaart_plugin.timetable.opening_hours import OpeningHours
from socialekaart_plugin.timetable.repetition import Weekday, Weekly
from socialekaart_plugin.timetable.rule import Rule
from socialekaart_plugin.timetable.schedule import Schedule
from socialekaart_plugin.timetable.slots import Slot

#: South-west corner of the town, in degrees, and the side of one of its square districts.
WEST, SOUTH, SIDE = 4.45, 52.03, 0.02
DISTRICTS_A_ROW = 4

BATCH_SIZE = 1000

SUBJECTS = (
    "geld", "wonen", "gezondheid", "bewegen", "taal", "opvoeden", "werk", "eten", "rouw",
    "mantelzorg", "muziek", "techniek", "natuur", "vervoer", "schulden", "eenzaamheid",
)  # fmt: skip
FORMS = ("spreekuur", "inloop", "cursus", "maaltijd", "wandeling", "maatje", "werkplaats", "koor")
SORTS = ("Stichting", "Vereniging", "Buurtinitiatief", "Welzijn", "Team")
WORDS = (
    "samen", "koffie", "thuis", "ouderen", "jongeren", "gezin", "hulp", "vraag", "buurt", "dag",
    "avond", "week", "gratis", "welkom", "vrijwilligers", "begeleiding", "advies", "ontmoeten",
    "leren", "formulieren", "computer", "tuin", "sport", "zingen", "koken", "gesprek", "steun",
)  # fmt: skip


@dataclass(frozen=True)
class Town:
    """The generated town: its number of records and the values to find them."""

    organisations: int
    activities: int
    theme: str
    district: str


def generate(records: int, *, seed: int = 1) -> Town:
    """Create live records, a quarter of them organisations, and build their public rows.

    Args:
        records: organisations and activities together; 8 or more.
        seed: the same seed makes the same town.
    """
    chance = random.Random(seed)
    ids = _short_ids(chance)
    with transaction.atomic():
        districts = _areas()
        themes, groups, keywords = _vocabulary()
        places = _places(ids, chance, max(20, records // 20), districts)
        number = records // 4
        organisations = _organisations(ids, chance, number, places)
        activities = _activities(ids, chance, records - number, organisations)
        _attach(chance, organisations, themes, groups, keywords, TaggedOrganisation)
        _attach(chance, activities, themes, groups, keywords, TaggedActivity)
        _contact_facts(chance, organisations, OrganisationContactFact)
        _contact_facts(chance, activities[::3], ActivityContactFact)
        _sessions(chance, activities, places)
        _what_changes(chance, organisations, OrganisationNotice, OrganisationTranslation)
        _what_changes(chance, activities, ActivityNotice, ActivityTranslation)
    rebuild_public_records(restart=True, progress=lambda step: None)
    return Town(len(organisations), len(activities), themes[-1].slug, districts[0].slug)


def text(chance: random.Random, words: int) -> str:
    """Return a sentence with this number of words."""
    return " ".join(chance.choices(WORDS, k=words)).capitalize() + "."


def _short_ids(chance: random.Random) -> Iterable[str]:
    """Yield unique short ids: asking the database for each of them would take most of the time."""
    given: set[str] = set()
    while True:
        short_id = "".join(chance.choices(SHORT_ID_ALPHABET, k=SHORT_ID_LENGTH))
        if short_id not in given:
            given.add(short_id)
            yield short_id


def _areas() -> list[Area]:
    side = SIDE * DISTRICTS_A_ROW
    town = Area.objects.create(
        name="Voorbeeldstad", code="GM0000", kind="municipality", outline=_square(WEST, SOUTH, side)
    )
    return [
        Area.objects.create(
            name=f"Wijk {row * DISTRICTS_A_ROW + column + 1}",
            code=f"WK0000{row * DISTRICTS_A_ROW + column:02}",
            kind="district",
            parent=town,
            outline=_square(WEST + column * SIDE, SOUTH + row * SIDE, SIDE),
        )
        for row in range(DISTRICTS_A_ROW)
        for column in range(DISTRICTS_A_ROW)
    ]


def _square(west: float, south: float, side: float) -> dict[str, Any]:
    east, north = west + side, south + side
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def _vocabulary() -> tuple[list[Theme], list[TargetGroup], list[Keyword]]:
    tops = [Theme.objects.create(name=name) for name in ("Meedoen", "Zorg", "Rondkomen", "Leren")]
    themes = [
        Theme.objects.create(name=subject.capitalize(), parent=tops[n % len(tops)])
        for n, subject in enumerate(SUBJECTS)
    ]
    groups = [
        TargetGroup.objects.create(name=name)
        for name in ("Ouderen", "Jongeren", "Mantelzorgers", "Nieuwkomers", "Ouders", "Iedereen")
    ]
    keywords = [Keyword.objects.create(name=word) for word in WORDS]
    return themes, groups, keywords


def _places(
    ids: Iterable[str], chance: random.Random, number: int, districts: list[Area]
) -> list[Place]:
    nine_to_five = [Slot(datetime.time(9), datetime.time(17))]
    opening = opening_hours_to_json(
        OpeningHours.of({Weekday(day): nine_to_five for day in range(5)})
    )
    places = []
    for n, short_id in enumerate(islice(ids, number)):
        # Inside one of the districts, not on its edge.
        district = districts[n % len(districts)]
        latitude = district.south + SIDE * chance.uniform(0.05, 0.95)
        longitude = district.west + SIDE * chance.uniform(0.05, 0.95)
        places.append(
            Place(
                short_id=short_id,
                name=f"Buurthuis {n + 1}",
                slug=f"buurthuis-{n + 1}",
                street_address=f"Dorpsstraat {n + 1}",
                postcode=f"{2700 + n % 100} AB",
                city="Voorbeeldstad",
                audience=Audience.PUBLIC,
                opening_hours=opening,
                location=format_point(latitude, longitude),
                latitude=latitude,
                longitude=longitude,
                area=district,
            )
        )
    return Place.objects.bulk_create(places, BATCH_SIZE)


def _record(ids: Iterable[str], chance: random.Random, name: str, slug: str) -> dict[str, Any]:
    now = timezone.now()
    return {
        "short_id": next(iter(ids)),
        "name": name,
        "slug": slug,
        "summary": text(chance, 20),
        "description": "".join(f"<p>{text(chance, 40)}</p>" for _ in range(3)),
        "cost": chance.choice(("free", "fixed", "by_income")),
        "languages": ["en", "ar"] if chance.random() < 0.3 else [],
        "registration": ["phone"],
        "accessibility": {"step_free_entrance": True, "accessible_toilet": chance.random() < 0.5},
        "live": True,
        "first_published_at": now,
        "last_published_at": now,
        "verified_on": timezone.localdate() if chance.random() < 0.8 else None,
    }


def _organisations(
    ids: Iterable[str], chance: random.Random, number: int, places: list[Place]
) -> list[Organisation]:
    made = []
    for n in range(number):
        name = f"{chance.choice(SORTS)} {chance.choice(WORDS)} {n + 1}"
        made.append(
            Organisation(
                **_record(ids, chance, name, f"organisatie-{n + 1}"),
                kvk_number=f"{40_000_000 + n}",
                visiting_place=chance.choice(places),
                opens_with_building=True,
            )
        )
    return Organisation.objects.bulk_create(made, BATCH_SIZE)


def _activities(
    ids: Iterable[str], chance: random.Random, number: int, organisations: list[Organisation]
) -> list[Activity]:
    made = []
    for n, organisation in zip(range(number), cycle(organisations), strict=False):
        name = f"{chance.choice(FORMS)} {chance.choice(SUBJECTS)} {n + 1}".capitalize()
        made.append(
            Activity(**_record(ids, chance, name, f"activiteit-{n + 1}"), organisation=organisation)
        )
    return Activity.objects.bulk_create(made, BATCH_SIZE)


def _attach(
    chance: random.Random,
    records: list[Any],
    themes: list[Theme],
    groups: list[TargetGroup],
    keywords: list[Keyword],
    tagged: Any,
) -> None:
    """Give each record two themes, a target group and two keywords."""
    model = type(records[0])
    for relation, values, most in (("themes", themes, 2), ("target_groups", groups, 1)):
        through = getattr(model, relation).through
        record_field, value_field = (
            field.attname for field in through._meta.fields if isinstance(field, models.ForeignKey)
        )
        through.objects.bulk_create(
            [
                through(**{record_field: record.pk, value_field: value.pk})
                for record in records
                for value in chance.sample(values, most)
            ],
            BATCH_SIZE,
        )
    tagged.objects.bulk_create(
        [
            tagged(content_object=record, tag=keyword)
            for record in records
            for keyword in chance.sample(keywords, 2)
        ],
        BATCH_SIZE,
    )


def _contact_facts(chance: random.Random, records: list[Any], fact: Any) -> None:
    """Give each record a public number and address, and a number for referrers."""
    made = []
    for record in records:
        digits = chance.randrange(10**7)
        for sort_order, (kind, value, audience) in enumerate(
            (
                ("phone", f"079 {digits:07}", Audience.PUBLIC),
                ("mail", f"info{record.pk}@example.org", Audience.PUBLIC),
                ("phone", f"06 1{digits:07}", Audience.REFERRER),
            )
        ):
            made.append(
                fact(
                    record=record, kind=kind, value=value, audience=audience, sort_order=sort_order
                )
            )
    fact.objects.bulk_create(made, BATCH_SIZE)


def _sessions(chance: random.Random, activities: list[Activity], places: list[Place]) -> None:
    """Give each activity two sessions a week in two places; a tenth get twelve in one place."""
    made = []
    for number, activity in enumerate(activities):
        held = chance.sample(places, 2) if number % 10 else [chance.choice(places)] * 12
        made += [
            Session(activity=activity, place=place, sort_order=order, schedule=_schedule(chance))
            for order, place in enumerate(held)
        ]
    Session.objects.bulk_create(made, BATCH_SIZE)


def _schedule(chance: random.Random) -> dict[str, Any]:
    hour = chance.randrange(9, 20)
    slot = Slot(datetime.time(hour), datetime.time(hour + 2))
    weekday = Weekday(chance.randrange(7))
    rule = Rule(Weekly((weekday,)), slot)
    return schedule_to_json(Schedule((rule,), in_school_holidays=chance.random() < 0.5))


def _what_changes(chance: random.Random, records: list[Any], notice: Any, translation: Any) -> None:
    """Give a fifth of the records a notice, and a third a translation."""
    today = timezone.localdate()
    notice.objects.bulk_create(
        [
            notice(record=record, kind="changed", starts_on=today, text=text(chance, 8))
            for record in records[::5]
        ],
        BATCH_SIZE,
    )
    translation.objects.bulk_create(
        [
            translation(record=record, language="en", summary=text(chance, 20))
            for record in records[::3]
        ],
        BATCH_SIZE,
    )
