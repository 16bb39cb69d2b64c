"""Explains the score of a hit, from the `_explanation` of Elasticsearch."""

import re
from collections.abc import Iterator
from typing import Any

from socialekaart_plugin.discovery.engines.base import Reading
from socialekaart_plugin.discovery.engines.weights import FIELDS, HALVING_DISTANCE

from .request_body import Question

#: Lucene's description of the score of a token or phrase in a field.
_WEIGHT = re.compile(r'weight\((?P<field>\w+):(?:"(?P<phrase>[^"]+)"|(?P<token>\S+)) in \d+\)')
_ORDER = {field: place for place, field in enumerate((*FIELDS, "literal"))}


def readings_of(
    hit: dict[str, Any], question: Question, distance: float | None
) -> tuple[Reading, ...]:
    """Return the parts of a score: words by field, freshness, distance.

    Args:
        hit: of the response, with `_explanation` and the field `upkeep`.
        question: what was asked.
        distance: metres; None without a point or without places.
    """
    found = [*_word_scores(hit, question), *_question_scores(hit, question)]
    [upkeep] = hit["fields"]["upkeep"]
    found.append(Reading("fresh", "", "", "", round(float(upkeep), 2)))
    if question.query.near is not None:
        factor = 0.0 if distance is None else 1 / (1 + distance / HALVING_DISTANCE)
        found.append(Reading("distance", "", "", "", round(factor, 2)))
    return tuple(found)


def _word_scores(hit: dict[str, Any], question: Question) -> list[Reading]:
    known = question.builder.alternatives
    points: dict[tuple[str, str], float] = {}
    for description, value in _nodes(hit["_explanation"]):
        match = _WEIGHT.match(description)
        if match:
            # A word may match in several ways; the best one counts.
            key = match["phrase"] or match["token"], match["field"]
            points[key] = max(points.get(key, 0.0), value)
    places = {text: place for place, text in enumerate(known)}
    return [
        Reading(
            "match",
            known[text].label or text,
            known[text].reason,
            field,
            round(points[text, field], 2),
        )
        for text, field in sorted(points, key=lambda each: (places[each[0]], _ORDER[each[1]]))
    ]


def _question_scores(hit: dict[str, Any], question: Question) -> Iterator[Reading]:
    for name in hit.get("matched_queries", ()):
        alternative, points = question.builder.named_queries[name]
        words = alternative.label or " ".join(alternative.tokens)
        yield Reading("match", words, alternative.reason, "questions", round(points, 2))


def _nodes(explanation: dict[str, Any]) -> Iterator[tuple[str, float]]:
    """Yield every part of an explanation with its value."""
    yield explanation["description"], float(explanation["value"])
    for detail in explanation.get("details", ()):
        yield from _nodes(detail)
