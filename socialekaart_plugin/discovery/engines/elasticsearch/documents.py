"""Builds the Elasticsearch document of a row of the embedded index and its payloads."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import orjson

from socialekaart_plugin.discovery.documents import GAP
from socialekaart_plugin.discovery.documents.field_tokens import FieldWords, read_words
from socialekaart_plugin.discovery.documents.time_encoding import LEAST_OVERLAP, Span, decode_times
from socialekaart_plugin.discovery.engines.reference_data import QuestionEntry, Vocabulary
from socialekaart_plugin.discovery.engines.weights import NO_MAX_AGE, NO_MIN_AGE, upkeep_factor
from socialekaart_plugin.discovery.models import AUDIENCE_BITS
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.language import Analyzer

from .mapping import AUDIENCES, OFFERED, payload_field
from .source_rows import Row

#: Facets that are counted by value; keywords carry a label, help questions depend on their rule.
_COUNTED = tuple(name for name in OFFERED if name not in ("tag", "help_question"))

_Facets = Mapping[str, list[str]]


@dataclass(frozen=True)
class _QuestionRule:
    """The rule of a help question, prepared for testing many rows."""

    slug: str
    themes: frozenset[str]
    target_groups: frozenset[str]
    documents: frozenset[int]

    def matches(self, key: int, facets: _Facets) -> bool:
        """Tell whether the rule matches a row: picked, or with its theme and target group."""
        if key in self.documents:
            return True
        asked = (("theme", self.themes), ("target_group", self.target_groups))
        return any(values for _facet, values in asked) and all(
            not values.isdisjoint(facets.get(facet, ())) for facet, values in asked if values
        )


@dataclass(frozen=True)
class Reader:
    """Turns rows into documents; deterministic: the same row gives the same document.

    Attributes:
        analyzer: splits texts into tokens.
        vocabulary: the reference data, with the hierarchy of areas.
        change: number of the `IndexChange` since which these two hold.
    """

    analyzer: Analyzer
    vocabulary: Vocabulary
    change: int

    def version(self, row: Row) -> int:
        """Return the external version of a document: the newest change that it depends on."""
        return max(row.version, self.change)

    def questions(self, key: int, facets: _Facets) -> list[str]:
        """Return the slugs of the help questions that match a row."""
        return [each.slug for each in self._question_rules if each.matches(key, facets)]

    @cached_property
    def _question_rules(self) -> list[_QuestionRule]:
        return [
            _QuestionRule(
                question.slug,
                frozenset(question.themes),
                frozenset(question.target_groups),
                frozenset(question.documents),
            )
            for question in self.vocabulary.questions
        ]


def areas_mark(vocabulary: Vocabulary) -> str:
    """Return a fingerprint of the hierarchy of areas, which documents depend on."""
    return _mark_of(sorted(vocabulary.within.items()))


# Needed by every search; the vocabulary rarely changes.
@lru_cache(maxsize=4)
def questions_mark(questions: tuple[QuestionEntry, ...]) -> str:
    """Return a fingerprint of the help questions, which documents depend on."""
    gathered = [(each.slug, each.themes, each.target_groups, each.documents) for each in questions]
    return _mark_of(sorted(gathered))


def _mark_of(what: object) -> str:
    return hashlib.blake2b(repr(what).encode(), digest_size=8).hexdigest()


def document_of(row: Row, reader: Reader) -> dict[str, Any] | None:
    """Return the document of a row, for `orjson`; None when nobody may find it.

    Depends on row and reader only, never on the current day: so it can be compared at any time.
    """
    texts = {Audience.PUBLIC: row.public_text, Audience.REFERRER: row.referrer_text}
    payloads = {each: _valid_json(text) for each, text in texts.items() if text and text != "null"}
    if not row.audiences or not payloads:
        return None
    found = read_words(orjson.loads(next(iter(payloads.values()))), reader.analyzer)
    points = (pair.split(",") for pair in row.points.split())
    facets = _facets(row.facets, reader.vocabulary)
    return {
        "key": row.id,
        "record": row.record_id,
        "audiences": [each.value for each in AUDIENCES if row.audiences & AUDIENCE_BITS[each]],
        "sort_name": row.name,
        **_texts(found),
        "facets": facets,
        "counted": _counted(row, facets, reader),
        "points": [
            {"lat": float(latitude), "lon": float(longitude)} for latitude, longitude in points
        ],
        "min_age": NO_MIN_AGE if row.min_age is None else row.min_age,
        "max_age": NO_MAX_AGE if row.max_age is None else row.max_age,
        "verified_on": row.verified_on,
        "upkeep": upkeep_factor(row.upkeep),
        "name_length": max(1, row.name_length),
        **_times(decode_times(bytes(row.times))),
        **{payload_field(each): orjson.Fragment(text) for each, text in payloads.items()},
    }


def _valid_json(text: str) -> str:
    """Return strictly valid JSON: Python also writes lone surrogates."""
    if "\\ud" not in text:
        return text
    try:
        orjson.loads(text)
    except orjson.JSONDecodeError:
        written = json.dumps(json.loads(text), ensure_ascii=False)
        return written.encode(errors="replace").decode()
    return text


def _texts(read: FieldWords) -> dict[str, str]:
    names, others = set[str](), set[str]()
    for field, parts in read.parts.items():
        (names if field in ("name", "other_names") else others).update(parts)
    texts = {field: " ".join(tokens) for field, tokens in read.tokens.items()} | {
        "name_parts": " ".join(sorted(names)),
        "parts": " ".join(sorted(others)),
        "literal": " ".join(read.literal),
        "name_literal": " ".join(read.name_literal),
    }
    # Never empty: document frequency is relative to the documents that have the field.
    return {field: text or GAP for field, text in texts.items()}


def _counted(row: Row, facets: _Facets, reader: Reader) -> list[str]:
    """Return all values of offered facets; keywords with their label."""
    labels: dict[str, str] = orjson.loads(row.labels) if row.labels else {}
    return [
        *(f"{name}={value}" for name in _COUNTED for value in facets.get(name, ())),
        *(f"{pair}={label}" for pair, label in labels.items()),
        *(f"help_question={slug}" for slug in reader.questions(row.id, facets)),
    ]


def _facets(kept: str, vocabulary: Vocabulary) -> _Facets:
    found: dict[str, list[str]] = {}
    for pair in kept.split():
        facet, _equals, value = pair.partition("=")
        found.setdefault(facet, []).append(value)
    # Areas where it takes place, and areas it serves with all wider and narrower ones.
    areas = dict.fromkeys(found.get("area", ()))
    for slug in found.get("served", ()):
        areas.update(dict.fromkeys(vocabulary.wider_and_narrower_areas(slug)))
    return found | ({"area": list(areas)} if areas else {})


def _times(spans: Iterable[Span]) -> dict[str, Any]:
    """Return coming times as ranges, so that one range query tests an overlap of half an hour."""
    times = list(spans)
    long = [(start, end) for start, end in times if end - start >= LEAST_OVERLAP]
    short = [(start, end) for start, end in times if end - start < LEAST_OVERLAP]
    return {
        "times": [{"gte": start, "lt": end} for start, end in times],
        # Overlaps a part of the day by half an hour when it starts half an hour before the end of
        # the part, and ends half an hour after its start.
        "long_times": [{"gte": start, "lte": end - LEAST_OVERLAP} for start, end in long],
        "short_times": [{"gte": start, "lte": end} for start, end in short],
        "short_starts": [start for start, _end in short],
        "short_ends": [end for _start, end in short],
    }
