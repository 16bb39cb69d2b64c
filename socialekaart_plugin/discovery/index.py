"""Keeping the index: written in the transaction that changed the public records."""

import datetime
import hashlib
import json
from collections.abc import Iterable

from django.utils import timezone

from socialekaart_plugin.discovery.documents import IndexDocument, build_document
from socialekaart_plugin.discovery.engines.database.texts import texts_to_write, tokens_of
from socialekaart_plugin.discovery.language import Analyzer, fold
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.places.selectors import school_holidays
from socialekaart_plugin.publication.actions import lock_counter
from socialekaart_plugin.publication.choices import FINDABLE, RecordKind
from socialekaart_plugin.publication.models import PublishedRecord
from socialekaart_plugin.publication.rules import Payload
from socialekaart_plugin.timetable.calendars import Calendar

from .models import AUDIENCE_BITS, IndexChange, SearchDocument, SearchWord, document_keys
from .querysets import UNREAD

#: The kinds that have a document: what people look for, and places, for where they are.
INDEXED = (*FINDABLE, RecordKind.PLACE)

_BATCH_SIZE = 500
#: So many changes are remembered; a process that missed more reads the index anew.
_CHANGES_KEPT = 2_000
_WORD_LENGTH = 60
_WRITTEN = [field.name for field in SearchDocument._meta.concrete_fields if not field.primary_key]


def record_change(*, changes_vocabulary: bool) -> int:
    """Note that the index changes; every process hears of it with its next search.

    The sequence of the gate is locked, so that changes have their numbers in the order of commits.

    Args:
        changes_vocabulary: whether what stands beside records, or what editors decided, differs.

    Returns:
        The number of the change.
    """
    lock_counter()
    last = IndexChange.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    change = IndexChange.objects.create(pk=last + 1, changes_vocabulary=changes_vocabulary)
    old = IndexChange.objects.filter(pk__lte=last - _CHANGES_KEPT)
    # By the newest of the others a process knows whether what editors decided still holds.
    old.filter(changes_vocabulary=False).delete()
    return int(change.pk)


def index_records(
    records: Iterable[PublishedRecord],
    *,
    analyzer: Analyzer,
    known_words: set[str] | None = None,
) -> int:
    """Write the documents of these records; a public one is findable, a withdrawn one not.

    Neither is an activity that has ended; it leaves when the gate stamps it, the night after.
    Documents that read as before are left alone.

    Args:
        records: rows that changed, of any kind.
        analyzer: what reads their words.
        known_words: words that are certainly kept already; gains those that are now. For a run over
            many records in one go.

    Returns:
        How many documents were written.
    """
    given = list(records)
    indexed = [record for record in given if record.kind in INDEXED]
    is_beside = len(indexed) < len(given)
    rows, texts, words = _prepared(indexed, analyzer)
    if not (rows or is_beside):
        return 0
    version = record_change(changes_vocabulary=is_beside)
    _write(rows, version)
    table = texts_to_write()
    gone = table.words(list(texts)) - words
    table.replace(texts)
    _keep_words(words, version, known_words)
    _forget_words(table.without_documents(gone), known_words)
    return len(rows)


def _write(rows: list[SearchDocument], version: int) -> None:
    for row in rows:
        row.version = version
    SearchDocument.objects.bulk_create(
        rows,
        batch_size=_BATCH_SIZE,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=_WRITTEN,
    )


def _prepared(
    records: list[PublishedRecord], analyzer: Analyzer
) -> tuple[list[SearchDocument], dict[int, str], set[str]]:
    """Return the rows that differ from what is kept, their tokens, and their words."""
    keys = [key for record in records for key in document_keys(record.pk)]
    kept = dict(SearchDocument.objects.filter(pk__in=keys).values_list("pk", "fingerprint"))
    calendar, now = school_holidays() if records else None, timezone.now()
    mark = calendar_mark(calendar)
    rows: list[SearchDocument] = []
    texts: dict[int, str] = {}
    words: set[str] = set()
    for record in records:
        made = _documents(record, analyzer, calendar, now)
        for key in document_keys(record.pk):
            if key in made:
                name, document, audiences = made[key]
                row, text = _row(record, key, name, document, audiences)
                row.calendar = mark if document.times_until else ""
                new_words: tuple[str, ...] = document.words
            elif kept.get(key):
                row, text, new_words = SearchDocument(id=key, record=record, audiences=0), "", ()
            else:
                continue
            # Also of a name without any word, or what is withdrawn would not be seen to differ.
            row.fingerprint = _fingerprint(row, text) if key in made else ""
            if row.fingerprint != kept.get(key):
                rows.append(row)
                texts[key] = text
                words.update(new_words)
    return rows, texts, words


def _documents(
    record: PublishedRecord, analyzer: Analyzer, calendar: Calendar | None, now: datetime.datetime
) -> dict[int, tuple[str, IndexDocument, int]]:
    """Return by key the name, the document and for whom it is (bits); one when all see the same."""

    def built(payload: Payload | None) -> IndexDocument | None:
        if payload is None:
            return None
        return build_document(payload, analyzer=analyzer, calendar=calendar, now=now)

    payloads = record.public_payload, record.referrer_payload
    public = built(payloads[0])
    referrer = public if _read_alike(*payloads) else built(payloads[1])
    for_all, for_referrers = document_keys(record.pk)
    bit, other_bit = AUDIENCE_BITS[Audience.PUBLIC], AUDIENCE_BITS[Audience.REFERRER]
    made = {}
    if public is not None and payloads[0] is not None:
        made[for_all] = payloads[0]["name"], public, bit | (other_bit if referrer == public else 0)
    if referrer is not None and referrer != public and payloads[1] is not None:
        made[for_referrers] = payloads[1]["name"], referrer, other_bit
    return made


def _read_alike(public: Payload | None, referrer: Payload | None) -> bool:
    """Tell whether two payloads differ at most in what no document has: how to get in touch."""
    if public is None or referrer is None:
        return False
    names = (public.keys() | referrer.keys()) - set(UNREAD)
    return all(public.get(name) == referrer.get(name) for name in names)


def _row(
    record: PublishedRecord, key: int, name: str, document: IndexDocument, audiences: int
) -> tuple[SearchDocument, str]:
    """Return a document as it is kept: the row, and the text for the full-text table."""
    fields = {
        **document.tokens,
        "literal": document.literal,
        "name_literal": document.name_literal,
    }
    text = tokens_of(fields, document.parts)
    row = SearchDocument(
        id=key,
        record=record,
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
    """Return what differs when the school holidays do."""
    return hashlib.blake2b(repr(calendar).encode(), digest_size=8).hexdigest()


def _json(value: dict[str, str]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if value else ""


def _fingerprint(row: SearchDocument, text: str) -> str:
    digest = hashlib.blake2b(text.encode(), digest_size=16)
    for name in _WRITTEN:
        if name not in ("record", "version", "fingerprint"):
            digest.update(f"|{getattr(row, name)}".encode())
    return digest.hexdigest()


def _keep_words(words: set[str], version: int, known: set[str] | None) -> None:
    """Keep words that occur in documents; those that are kept already stay as they are."""
    new = {word for word in words if len(word) <= _WORD_LENGTH} - (known or set())
    SearchWord.objects.bulk_create(
        [SearchWord(word=word, version=version) for word in sorted(new)],
        batch_size=_BATCH_SIZE,
        ignore_conflicts=True,
    )
    if known is not None:
        known |= new


def _forget_words(words: list[str], known: set[str] | None) -> None:
    """Forget words that no document has any more: what was withdrawn leaves no word behind."""
    for start in range(0, len(words), _BATCH_SIZE):
        SearchWord.objects.filter(word__in=words[start : start + _BATCH_SIZE]).delete()
    if known is not None:
        known.difference_update(words)
