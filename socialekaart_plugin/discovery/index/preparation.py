"""Builds the rows, tokens and words of records, and finds which differ from the index."""

import datetime
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain

from django.utils import timezone

from socialekaart_plugin.discovery.documents import IndexDocument, build_document
from socialekaart_plugin.discovery.engines.database.fulltext import fulltext_for_write, tokens_of
from socialekaart_plugin.discovery.models import AUDIENCE_BITS, SearchDocument, document_keys
from socialekaart_plugin.discovery.querysets import RecordToRead
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.language import Analyzer, fold
from socialekaart_plugin.places.selectors import school_holidays
from socialekaart_plugin.publication.models import PublishedRecord
from socialekaart_plugin.publication.rules import Payload
from socialekaart_plugin.timetable.calendars import Calendar

#: Fields of a payload that are not indexed: contact data.
_IGNORED_FIELDS = ("contact", "postal_address")

#: A row of the gate, or its payloads.
Readable = PublishedRecord | RecordToRead

#: Columns in the fingerprint, with `upkeep` and `times`, which change from day to day.
_COMPARED = [
    column.name
    for column in SearchDocument._meta.concrete_fields
    if column.name not in ("id", "record", "version", "fingerprint")
]


@dataclass(frozen=True, slots=True)
class BuiltDocument:
    """A document of a record: the row, the tokens for the full-text table, the words."""

    row: SearchDocument
    text: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadRecord:
    """The documents built from a public record.

    Attributes:
        pk: key of the public record.
        sequence: of the payloads that were read.
        made: documents by key; empty when nobody may find the record.
    """

    pk: int
    sequence: int
    made: dict[int, BuiltDocument]


@dataclass
class PendingWrites:
    """The writes needed for some records.

    Attributes:
        rows: those that differ from the index.
        texts: tokens by key, of all current and former documents.
        words: likewise.
    """

    rows: list[SearchDocument] = field(default_factory=list)
    texts: dict[int, str] = field(default_factory=dict)
    words: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def words_of(self, keys: Iterable[int]) -> set[str]:
        """Return the words of some documents."""
        return set(chain.from_iterable(self.words[key] for key in keys))


def read_records(records: Iterable[Readable], analyzer: Analyzer) -> list[ReadRecord]:
    """Build the documents of records, without comparing or writing."""
    given = list(records)
    calendar, now = school_holidays() if given else None, timezone.now()
    mark = calendar_mark(calendar)
    found = []
    for record in given:
        made = {}
        for key, (name, document, audiences) in _documents(record, analyzer, calendar, now).items():
            row, text = _row(record, key, name, document, audiences)
            row.calendar = mark if document.times_until else ""
            # Never empty, or a withdrawal would not differ.
            row.fingerprint = _fingerprint(row, text, record.sequence)
            made[key] = BuiltDocument(row, text, document.words)
        found.append(ReadRecord(record.pk, record.sequence, made))
    return found


def pending_writes(read: Iterable[ReadRecord], *, restore: bool = False) -> PendingWrites:
    """Compare with the index; with `restore`, also look for documents that lost their text."""
    records = list(read)
    keys = [key for record in records for key in document_keys(record.pk)]
    kept = dict(SearchDocument.objects.filter(pk__in=keys).values_list("pk", "fingerprint"))
    has_text = fulltext_for_write().existing(keys) if restore else kept.keys()
    found = PendingWrites()
    for record in records:
        for key in document_keys(record.pk):
            made = record.made.get(key)
            if made is None:
                if not kept.get(key):
                    continue
                gone = SearchDocument(id=key, record_id=record.pk, audiences=0, fingerprint="")
                made = BuiltDocument(gone, "", ())
            found.texts[key], found.words[key] = made.text, made.words
            if made.row.fingerprint != kept.get(key) or (made.text and key not in has_text):
                found.rows.append(made.row)
    return found


def _documents(
    record: Readable, analyzer: Analyzer, calendar: Calendar | None, now: datetime.datetime
) -> dict[int, tuple[str, IndexDocument, int]]:
    """Return name, document and audience bits by key; equal documents are merged."""

    def built(payload: Payload | None) -> IndexDocument | None:
        if payload is None:
            return None
        return build_document(payload, analyzer=analyzer, calendar=calendar, now=now)

    payloads = record.public_payload, record.referrer_payload
    public = built(payloads[0])
    referrer = public if _is_equal_for_search(*payloads) else built(payloads[1])
    for_all, for_referrers = document_keys(record.pk)
    bit, other_bit = AUDIENCE_BITS[Audience.PUBLIC], AUDIENCE_BITS[Audience.REFERRER]
    made = {}
    if public is not None and payloads[0] is not None:
        made[for_all] = payloads[0]["name"], public, bit | (other_bit if referrer == public else 0)
    if referrer is not None and referrer != public and payloads[1] is not None:
        made[for_referrers] = payloads[1]["name"], referrer, other_bit
    return made


def _is_equal_for_search(public: Payload | None, referrer: Payload | None) -> bool:
    """Tell whether two payloads are equal apart from fields that are not indexed."""
    if public is None or referrer is None:
        return False
    if public is referrer:
        return True
    names = (public.keys() | referrer.keys()) - set(_IGNORED_FIELDS)
    return all(public.get(name) == referrer.get(name) for name in names)


def _row(
    record: Readable, key: int, name: str, document: IndexDocument, audiences: int
) -> tuple[SearchDocument, str]:
    """Return the row of a document, and its text for the full-text table."""
    fields = {
        **document.tokens,
        "literal": document.literal,
        "name_literal": document.name_literal,
    }
    text = tokens_of(fields, document.parts)
    row = SearchDocument(
        id=key,
        record_id=record.pk,
        audiences=audiences,
        name=fold(name)[:200],
        facets=" ".join(f"{facet}={value}" for facet, value in document.facets),
        labels=_json(
            {f"{facet}={value}": name for (facet, value), name in document.labels.items()}
        ),
        points=" ".join(f"{latitude},{longitude}" for latitude, longitude in document.points),
        min_age=document.min_age,
        max_age=document.max_age,
        verified_on=document.verified_on,
        upkeep=document.upkeep,
        name_length=min(document.name_length, 1_000),
        times=document.times,
        times_until=document.times_until,
    )
    return row, text


def calendar_mark(calendar: Calendar | None) -> str:
    """Return a fingerprint of the school holidays."""
    return hashlib.blake2b(repr(calendar).encode(), digest_size=8).hexdigest()


def _json(value: dict[str, str]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if value else ""


def _fingerprint(row: SearchDocument, text: str, sequence: int) -> str:
    """Return a fingerprint of a row, its text and its payloads, which engines copy."""
    digest = hashlib.blake2b(text.encode(), digest_size=16)
    digest.update(f"|{sequence}".encode())
    for name in _COMPARED:
        digest.update(f"|{getattr(row, name)}".encode())
    return digest.hexdigest()
