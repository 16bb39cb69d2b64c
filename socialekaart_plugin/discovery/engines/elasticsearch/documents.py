"""The document of Elasticsearch, of a row of the embedded index and the payloads of its record."""

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from socialekaart_plugin.discovery.documents import GAP, IndexDocument, build_document
from socialekaart_plugin.discovery.documents.times import LEAST_OVERLAP, Span, decode_times
from socialekaart_plugin.discovery.engines.vocabulary import Vocabulary
from socialekaart_plugin.discovery.engines.weights import NO_MAX_AGE, NO_MIN_AGE, upkeep_factor
from socialekaart_plugin.discovery.language import Analyzer, fold
from socialekaart_plugin.discovery.models import AUDIENCE_BITS, SearchDocument
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.publication.rules import Payload
from socialekaart_plugin.timetable.calendars import Calendar

from .mapping import AUDIENCES, payload_field

#: As the embedded index cuts it (`index._row`).
_NAME_LENGTH = 200


@dataclass(frozen=True)
class Reader:
    """What payloads are read with.

    Attributes:
        analyzer: cuts texts into tokens.
        calendar: the school holidays; None when none are known.
        now: the moment of reading, aware.
        vocabulary: what stands beside records; of areas, which lies in which.
    """

    analyzer: Analyzer
    calendar: Calendar | None
    now: datetime.datetime
    vocabulary: Vocabulary


def areas_mark(vocabulary: Vocabulary) -> str:
    """Return what differs when areas lie otherwise: documents say in which they are all."""
    within = sorted(vocabulary.within.items())
    return hashlib.blake2b(repr(within).encode(), digest_size=8).hexdigest()


def document_of(row: SearchDocument, reader: Reader) -> dict[str, Any] | None:
    """Return what is kept of a row, with its record read along; None when nothing may be found.

    Args:
        row: of the embedded index, `row.record` with both payloads.
        reader: what its payload is read with.
    """
    audiences = [each for each in AUDIENCES if row.audiences & AUDIENCE_BITS[each]]
    payloads = {each: getattr(row.record, payload_field(each)) for each in audiences}
    if not audiences or payloads[audiences[0]] is None:
        return None
    read = build_document(
        payloads[audiences[0]], analyzer=reader.analyzer, calendar=reader.calendar, now=reader.now
    )
    if read is None:
        return None
    return {
        "key": row.pk,
        "record": row.record_id,
        "audiences": [audience.value for audience in audiences],
        "sort_name": fold(payloads[audiences[0]]["name"])[:_NAME_LENGTH],
        **_texts(read),
        "facets": _facets(read, reader.vocabulary),
        "tag_labels": [f"{value}={name}" for (_tag, value), name in read.labels.items()],
        "points": [{"lat": latitude, "lon": longitude} for latitude, longitude in read.points],
        "min_age": NO_MIN_AGE if read.min_age is None else read.min_age,
        "max_age": NO_MAX_AGE if read.max_age is None else read.max_age,
        "verified_on": read.verified_on.isoformat() if read.verified_on else None,
        "upkeep": upkeep_factor(read.upkeep),
        "name_length": max(1, read.name_length),
        **_times(decode_times(read.times)),
        **_payloads(payloads),
    }


def _texts(read: IndexDocument) -> dict[str, str]:
    names, others = set[str](), set[str]()
    for field, parts in read.parts.items():
        (names if field in ("name", "other_names") else others).update(parts)
    texts = {field: " ".join(tokens) for field, tokens in read.tokens.items()} | {
        "name_parts": " ".join(sorted(names)),
        "parts": " ".join(sorted(others)),
        "literal": " ".join(read.literal),
        "name_literal": " ".join(read.name_literal),
    }
    # How rare a word is is counted among the records that have the field: all of them.
    return {field: text or GAP for field, text in texts.items()}


def _facets(read: IndexDocument, vocabulary: Vocabulary) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for facet, value in read.facets:
        found.setdefault(facet, []).append(value)
    # Where it takes place, and where it serves: wider areas and narrower ones.
    areas = dict.fromkeys(found.get("area", ()))
    for slug in found.get("served", ()):
        areas.update(dict.fromkeys(vocabulary.wider_and_narrower_areas(slug)))
    return found | ({"area": list(areas)} if areas else {})


def _times(spans: Iterable[Span]) -> dict[str, Any]:
    """Return coming times as ranges, in which one look tells whether they fill half an hour."""
    times = list(spans)
    long = [(start, end) for start, end in times if end - start >= LEAST_OVERLAP]
    short = [(start, end) for start, end in times if end - start < LEAST_OVERLAP]
    return {
        "times": [{"gte": start, "lt": end} for start, end in times],
        # Of these one that begins half an hour before the end, and ends half an hour after the
        # beginning, of a part of the day is in it.
        "long_times": [{"gte": start, "lte": end - LEAST_OVERLAP} for start, end in long],
        "short_times": [{"gte": start, "lte": end} for start, end in short],
        "short_starts": [start for start, _end in short],
        "short_ends": [end for _start, end in short],
    }


def _payloads(payloads: dict[Audience, Payload]) -> dict[str, Payload]:
    """Return the payloads by field; that of the later audience only where it differs."""
    kept: dict[str, Payload] = {}
    for audience, payload in payloads.items():
        if payload not in kept.values():
            kept[payload_field(audience)] = payload
    return kept
