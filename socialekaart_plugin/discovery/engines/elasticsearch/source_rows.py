"""Reads rows of the embedded index, with their payloads, for replication to Elasticsearch."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db.models import Case, Q, QuerySet, TextField, When
from django.db.models.functions import Cast, NullIf

from socialekaart_plugin.discovery.models import AUDIENCE_BITS, SearchDocument
from socialekaart_plugin.foundation.audiences import Audience

BATCH_SIZE = 500

_PUBLIC, _REFERRER = AUDIENCE_BITS[Audience.PUBLIC], AUDIENCE_BITS[Audience.REFERRER]
_FIELDS = (
    *("id", "record_id", "version", "audiences", "name", "facets", "labels", "points"),
    *("min_age", "max_age", "verified_on", "upkeep", "name_length", "times"),
)


class Row(NamedTuple):
    """A row of the embedded index with the payloads of its record, read in one query.

    Attributes:
        id: its key; the fields up to `times` are those of `SearchDocument`.
        public_text: payload for the public as JSON; None when the row is not for them.
        referrer_text: payload for referrers as JSON; None when the row is not for them, or when
            they see the payload of the public.
    """

    id: int
    record_id: int
    version: int
    audiences: int
    name: str
    facets: str
    labels: str
    points: str
    min_age: int | None
    max_age: int | None
    verified_on: object
    upkeep: str
    name_length: int
    times: bytes
    public_text: str | None
    referrer_text: str | None


def batches_by_change(documents: QuerySet[SearchDocument]) -> Iterator[list[Row]]:
    """Yield batches of rows in order of change; in constant memory."""
    following = Q()
    while batch := _read(documents.filter(following).order_by("version", "pk")):
        yield batch
        last = batch[-1]
        following = Q(version__gt=last.version) | Q(version=last.version, pk__gt=last.id)


def batches_by_key(documents: QuerySet[SearchDocument]) -> Iterator[list[Row]]:
    """Yield batches of rows in order of key; in constant memory."""
    last, ordered = -1, documents.order_by("pk")
    while batch := _read(ordered.filter(pk__gt=last)):
        yield batch
        last = batch[-1].id


def rows_of(keys: Iterable[int]) -> list[Row]:
    """Return the rows with these keys, at most `BATCH_SIZE`; missing ones are left out."""
    return _read(SearchDocument.objects.filter(pk__in=list(keys)))


def deleted_row(key: int) -> Row:
    """Return a row for nobody, which deletes the document of a key without a row."""
    return Row(key, 0, 0, 0, "", "", "", "", None, None, None, "", 0, b"", None, None)


def _read(documents: QuerySet[SearchDocument]) -> list[Row]:
    """Read a batch in one query, so that a row and its payloads are consistent.

    Payloads stay text: they are passed on without parsing.
    """
    public = Cast("record__public_payload", TextField())
    referrer = Cast("record__referrer_payload", TextField())
    rows = documents.values_list(
        *_FIELDS,
        Case(When(audiences__in=(_PUBLIC, _PUBLIC | _REFERRER), then=public)),
        Case(
            When(audiences=_PUBLIC | _REFERRER, then=NullIf(referrer, public)),
            When(audiences=_REFERRER, then=referrer),
        ),
    )
    return [Row._make(row) for row in rows[:BATCH_SIZE]]
