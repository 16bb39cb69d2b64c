"""Creates the same records for our search (public rows) and for stock Wagtail (stock rows)."""

import random
import time
import uuid
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from benchmarks.generate import generate
from benchmarks.search_words import Words
from benchmarks.stock.models import RELATIONS, StockRecord, Term
from socialekaart_plugin.directory.choices import ActivityForm, Referral, Registration
from socialekaart_plugin.foundation.identity import SHORT_ID_ALPHABET
from socialekaart_plugin.models import HelpQuestion, PublicationCounter, PublishedRecord, Theme
from socialekaart_plugin.publication.choices import FINDABLE
from socialekaart_plugin.publication.rebuild import rebuild_public_records
from socialekaart_plugin.publication.rules import FORMAT_VERSION, Payload

#: Number of real records whose themes, places, times and contact facts the others share; at small
#: sizes a tenth.
TEMPLATES = 1000
BATCH_SIZE = 1000
NAME, SUMMARY, DESCRIPTION = 4, 20, 60

QUESTIONS = 12
#: Payload keys that the stock directory stores in one column, because nobody searches them.
REST = ("contact", "places", "sessions", "cost", "registration", "referral", "upkeep", "image")


def fill(size: int) -> None:
    """Write public records, and the same records as stock rows; index neither."""
    begin = time.perf_counter()
    records = public_rows(size)
    terms = _Terms()
    with transaction.atomic():
        while batch := list(islice(records, BATCH_SIZE)):
            PublishedRecord.objects.bulk_create(batch)
            terms.write([row.public_payload for row in batch])
        last = PublishedRecord.objects.aggregate(last=Max("sequence"))["last"]
        PublicationCounter.objects.update_or_create(pk=1, defaults={"value": last})
    analyse()
    print(f"{size:,} records written twice in {time.perf_counter() - begin:.0f} s", flush=True)


def public_rows(size: int) -> Iterator[PublishedRecord]:
    """Return unsaved public rows; the real records whose facts they share are saved."""
    generate(min(TEMPLATES, size // 10))
    _questions()
    rows = PublishedRecord.objects.filter(kind__in=FINDABLE)
    templates = [(row.public_payload, row.referrer_payload) for row in rows]
    rows.delete()
    return _records(size, templates, Words())


def analyse() -> None:
    """Run ANALYZE, which the database otherwise does by itself after a while."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _questions() -> None:
    for number, theme in enumerate(Theme.objects.filter(parent__isnull=False)[:QUESTIONS]):
        question = HelpQuestion.objects.create(name=f"Hoe vind ik {theme.name.lower()}?")
        question.sort_order = number
        question.themes.set([theme])
        question.save()
    rebuild_public_records(restart=True, progress=lambda step: None)


def _records(
    size: int, templates: list[tuple[Payload, Payload]], words: Words
) -> Iterator[PublishedRecord]:
    """Yield public rows: the facts of a real record, with new words and a new point."""
    chance = random.Random(size)
    sequence = (PublishedRecord.objects.aggregate(last=Max("sequence"))["last"] or 0) + 1
    now = timezone.now()
    for number in range(size):
        public, referrer = templates[number % len(templates)]
        short_id = _short_id(number)
        own = {
            "uuid": str(uuid.UUID(int=chance.getrandbits(128), version=4)),
            "short_id": short_id,
            "slug": f"record-{short_id}",
            "name": words.sentence(NAME)[:-1],
            "summary": words.sentence(SUMMARY),
            "description": f"<p>{words.sentence(DESCRIPTION)}</p>",
            "registration": {
                **public["registration"],
                "ways": [chance.choice(Registration.values)],
            },
            "referral": {**public["referral"], "kind": chance.choice(Referral.values)},
            # Only the first one: a stock record has one point.
            "places": _moved(public["places"], chance)[:1],
        }
        if public["kind"] == "activity":
            own["forms"] = [chance.choice(ActivityForm.values)]
        yield PublishedRecord(
            uuid=own["uuid"],
            short_id=short_id,
            kind=public["kind"],
            sequence=sequence + number,
            format_version=FORMAT_VERSION,
            public_payload={**public, **own},
            referrer_payload={**referrer, **own},
            changed_at=now,
        )


def _moved(places: list[Payload], chance: random.Random) -> list[Payload]:
    """Return the places, moved a little: otherwise a thousand records would share twenty points."""
    return [
        {
            **place,
            "latitude": place["latitude"] + chance.uniform(-0.005, 0.005),
            "longitude": place["longitude"] + chance.uniform(-0.005, 0.005),
        }
        for place in places
    ]


def _short_id(number: int) -> str:
    """Return a short id that no real record has: real ones are one character shorter."""
    base, digits = len(SHORT_ID_ALPHABET), ""
    for _ in range(8):
        number, digit = divmod(number, base)
        digits = SHORT_ID_ALPHABET[digit] + digits
    return digits


class _Terms:
    """Writes stock records with their terms; each term once."""

    def __init__(self) -> None:
        self._terms: dict[tuple[str, str], int] = {}
        self._questions: dict[str, list[str]] = {}
        for question in HelpQuestion.objects.prefetch_related("themes"):
            for theme in question.themes.all():
                self._questions.setdefault(theme.slug, []).append(question.slug)

    def write(self, payloads: list[Payload]) -> None:
        """Write a batch: the records, and a row for each of their terms."""
        made = StockRecord.objects.bulk_create([_stock_record(payload) for payload in payloads])
        for relation in RELATIONS:
            through = getattr(StockRecord, relation).through
            through.objects.bulk_create(
                [
                    through(stockrecord_id=record.pk, term_id=self._term(relation, value))
                    for record, payload in zip(made, payloads, strict=True)
                    for value in dict.fromkeys(self._values(relation, payload))
                ],
                BATCH_SIZE,
            )

    def _term(self, facet: str, value: str) -> int:
        key = (facet, value)
        if key not in self._terms:
            self._terms[key] = Term.objects.create(facet=facet, slug=value, name=value).pk
        return self._terms[key]

    def _values(self, relation: str, payload: Payload) -> Iterable[str]:
        match relation:
            case "help_questions":
                slugs = (theme["slug"] for theme in payload["themes"])
                return [name for slug in slugs for name in self._questions.get(slug, ())]
            case "themes" | "target_groups":
                return [value["name"] for value in payload[relation]]
            case "weekdays":
                return [day for session in payload.get("sessions", ()) for day in _days(session)]
            case "accessibility":
                facts = payload["accessibility"]["facts"]
                return [name for name, is_so in facts.items() if is_so]
            case _:
                return list(payload.get(relation, ()))


def _days(session: Payload) -> Iterable[str]:
    rules = session["schedule"]["rules"] if session["schedule"] else ()
    return (day for rule in rules for day in rule["weekdays"])


def _stock_record(payload: Payload) -> StockRecord:
    place: Any = payload["places"][0]
    return StockRecord(
        title=payload["name"],
        summary=payload["summary"],
        description=payload["description"],
        organiser=next((o["name"] for o in payload.get("organisations", ())), ""),
        place=place["name"],
        kind=payload["kind"],
        area=place["areas"][-1]["slug"],
        cost=payload["cost"]["kind"],
        registration=payload["registration"]["ways"][0],
        referral=payload["referral"]["kind"],
        latitude=place["latitude"],
        longitude=place["longitude"],
        payload={key: payload[key] for key in REST if key in payload},
    )
