"""An engine query as one request: the page, its order, and the counts of every facet."""

import base64
import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from socialekaart_plugin.discovery.engines.base import EngineQuery
from socialekaart_plugin.discovery.engines.vocabulary import Vocabulary
from socialekaart_plugin.discovery.engines.weights import (
    EARTH_RADIUS,
    HALVING_DISTANCE,
    WHOLE_NAME,
)
from socialekaart_plugin.discovery.facets import FACETS
from socialekaart_plugin.discovery.models import document_keys
from socialekaart_plugin.discovery.planning.plan import Alternative, Clause
from socialekaart_plugin.foundation.audiences import Audience

from .filtering import base_filters, facet_filter, other_filters
from .mapping import MAX_RESULT_WINDOW, OFFERED, payload_field
from .matching import EVERYTHING, NOTHING, Body, Matcher, question_query

#: More values than all facets have together that are counted.
MOST_VALUES = 50_000

#: The nearer, the more: half at `halving` metres; of several places the nearest.
_DISTANCE = """
if (doc['points'].size() == 0) { return 0.0; }
double nearest = Double.POSITIVE_INFINITY;
double lat = Math.toRadians(params.lat);
for (int i = 0; i < doc['points'].size(); i++) {
  double other = Math.toRadians(doc['points'].get(i).getLat());
  double a = Math.sin((other - lat) / 2);
  double b = Math.sin(Math.toRadians(doc['points'].get(i).getLon() - params.lon) / 2);
  double h = a * a + Math.cos(lat) * Math.cos(other) * b * b;
  nearest = Math.min(nearest, 2 * params.radius * Math.asin(Math.min(1.0, Math.sqrt(h))));
}
return 1.0 / (1.0 + nearest / params.halving);
"""
#: The name of the count of several facets; none of them is called so.
_TOGETHER = "facets"
_PINNED = "params.places.getOrDefault(doc['key'].value.toString(), params.places.size())"


class Question:
    """An engine query, and the body of the request that asks it."""

    def __init__(
        self, query: EngineQuery, vocabulary: Vocabulary, *, has_questions: bool = False
    ) -> None:
        """Read a query against what stands beside records.

        Args:
            query: what is looked for.
            vocabulary: what stands beside records.
            has_questions: whether documents say which help questions gather them, as the
                vocabulary has these; else that is worked out for all of them.

        Raises:
            LookupError: a facet that does not exist.
        """
        self.query = query
        self._vocabulary = vocabulary
        self.has_questions = has_questions
        self.matcher = Matcher(vocabulary)
        self._chosen = {
            name: facet_filter(name, values, vocabulary)
            for name, values in query.facets.items()
            if values or name not in FACETS
        }
        for name in query.counted:
            if name not in FACETS:
                raise LookupError(name)

    def total(self) -> Body:
        """Return the body that only counts."""
        filters = [*base_filters(self.query), *other_filters(self.query), *self._chosen.values()]
        if self.query.clauses:
            filters.append(self._words())
        return {"query": {"bool": {"filter": filters}}, "size": 0, "track_total_hits": True}

    def body(self) -> Body:
        """Return the body that finds a page, with its counts."""
        query = self.query
        counted = {name: body for name, body in self._chosen.items() if name in query.counted}
        others = [body for name, body in self._chosen.items() if name not in query.counted]
        filters = [*base_filters(query), *other_filters(query), *others]
        body: Body = {
            "query": self._scored(filters),
            "from": query.offset,
            "size": query.limit,
            "track_total_hits": True,
            "sort": self._sort(),
            "_source": ["points", *_payload_fields(query.audience)],
        }
        if query.explain:
            body |= {"explain": True, "fields": ["upkeep"]}
        if query.limit == 0 or query.offset + query.limit > MAX_RESULT_WINDOW:
            # Nobody pages so far: only counted.
            body |= {"from": 0, "size": 0, "_source": False}
            del body["sort"]
        if counted:
            # After the counting, for the counts of a facet ignore its own choice.
            body["post_filter"] = {"bool": {"filter": list(counted.values())}}
        if query.counted:
            body["aggs"] = self._counting(counted)
        return body

    def counts(self, answer: dict[str, Any]) -> dict[str, dict[str, int]]:
        """Return how many records have each value, by facet, of what was answered; no zeros.

        A keyword may be written in several ways.
        """
        found: dict[str, dict[str, int]] = {name: {} for name in self.query.counted}
        for name, value, _label, number in _counted(answer):
            # Together all facets are counted, asked or not.
            if (values := found.get(name)) is not None:
                values[value] = values.get(value, 0) + number
        return found

    @property
    def preference(self) -> str:
        """Which copies answer: the same for every page of a search, so that none repeats."""
        asked = repr((self.query.clauses, sorted(self.query.facets.items())))
        digest = hashlib.blake2b(asked.encode(), digest_size=9).digest()
        return "q" + base64.urlsafe_b64encode(digest).decode()

    @property
    def _is_by_relevance(self) -> bool:
        return self.query.sort == "relevance" and bool(self.query.clauses)

    def _words(self) -> Body:
        return self.matcher.at_least(self.query.clauses, self.query.minimum)

    def _scored(self, filters: list[Body]) -> Body:
        query = self.query
        if not query.clauses:
            matching: Body = {"bool": {"filter": filters, "must": [EVERYTHING]}}
        elif self._is_by_relevance or query.explain:
            matching = {"bool": {"filter": filters, "must": [self._words()]}}
        else:
            return {"bool": {"filter": [*filters, self._words()]}}
        if not (self._is_by_relevance or query.explain):
            return matching
        functions: list[Body] = [
            {"field_value_factor": {"field": "upkeep", "missing": 1.0}},
            {"filter": self._whole_name(), "weight": WHOLE_NAME},
        ]
        if query.near is not None:
            params = {
                "lat": query.near.latitude,
                "lon": query.near.longitude,
                "radius": EARTH_RADIUS,
                "halving": HALVING_DISTANCE,
            }
            functions.append({"script_score": {"script": {"source": _DISTANCE, "params": params}}})
        return {
            "function_score": {
                "query": matching,
                "functions": functions,
                "score_mode": "multiply",
                "boost_mode": "multiply",
            }
        }

    def _whole_name(self) -> Body:
        """Return the records whose name has no other words than these."""
        in_name = [_any_in_name(clause) for clause in self.query.clauses]
        longest = {"range": {"name_length": {"lte": _number_of_words(self.query.clauses)}}}
        return {"bool": {"filter": [longest, *in_name]}}

    def _sort(self) -> list[Body]:
        query = self.query
        order: list[Body] = []
        if query.pinned:
            keys = [key for record in query.pinned for key in document_keys(record)]
            places = {str(key): place for place, key in enumerate(keys)}
            script = {"source": _PINNED, "params": {"places": places}}
            order.append({"_script": {"type": "number", "script": script, "order": "asc"}})
        if self._is_by_relevance:
            order.append({"_score": {"order": "desc"}})
        elif query.sort == "-name":
            return [*order, {"sort_name": {"order": "desc"}}, {"key": {"order": "desc"}}]
        elif query.sort == "-verified":
            order.append({"verified_on": {"order": "desc", "missing": "_last"}})
        elif query.near is not None and query.sort != "name":
            point = {"lat": query.near.latitude, "lon": query.near.longitude}
            order.append(
                {
                    "_geo_distance": {
                        "points": point,
                        "order": "asc",
                        "unit": "m",
                        "mode": "min",
                        "distance_type": "arc",
                    }
                }
            )
        return [*order, {"sort_name": {"order": "asc"}}, {"key": {"order": "asc"}}]

    def _counting(self, chosen: dict[str, Body]) -> Body:
        """Return the counts: one for all facets of which nothing is chosen, one for each other.

        One field with the values of all facets is counted several times as fast as a field of each.
        """
        together = [
            name
            for name in self.query.counted
            if self._is_in_documents(name) and name not in chosen
        ]
        aggregations: Body = {}
        if together:
            of_one = together[0] if len(together) == 1 else ""
            aggregations[_TOGETHER] = _among(chosen.values(), values_of(of_one))
        for name in self.query.counted:
            if name not in together:
                others = [body for other, body in chosen.items() if other != name]
                aggregations[name] = _among(others, self._values_of(name))
        return aggregations

    def _is_in_documents(self, name: str) -> bool:
        return name in OFFERED and (name != "help_question" or self.has_questions)

    def _values_of(self, name: str) -> Body:
        if self._is_in_documents(name):
            return values_of(name)
        if name == "help_question":
            questions = [question.slug for question in self._vocabulary.questions]
            filters = {slug: question_query(self._vocabulary, slug) for slug in questions}
            return {"filters": {"filters": filters or {"": {"match_none": {}}}}}
        return {"terms": {"field": f"facets.{name}", "size": MOST_VALUES}}


def values_of(name: str) -> Body:
    """Return what counts the values of an offered facet, or of all of them when none is named."""
    some = {"include": f"{name}=.*"} if name else {}
    return {"terms": {"field": "counted", "size": MOST_VALUES, **some}}


def _among(filters: Iterable[Body], counting: Body) -> Body:
    among = list(filters)
    return {"filter": {"bool": {"filter": among}}, "aggs": {"of": counting}} if among else counting


def _payload_fields(audience: Audience) -> list[str]:
    """Return where the payload of an audience is: its own, or the one that all share."""
    return list(dict.fromkeys([payload_field(audience), payload_field(Audience.PUBLIC)]))


def _any_in_name(clause: Clause) -> Body:
    ways = [
        body for alternative in clause.alternatives for body in _alternative_in_name(alternative)
    ]
    return {"bool": {"should": ways, "minimum_should_match": 1}} if ways else NOTHING


def _alternative_in_name(alternative: Alternative) -> list[Body]:
    if alternative.tokens and not alternative.is_literal:
        return [{"bool": {"filter": [{"term": {"name": token}} for token in alternative.tokens]}}]
    if alternative.clauses:
        return [{"bool": {"filter": [_any_in_name(clause) for clause in alternative.clauses]}}]
    return []


def _number_of_words(clauses: tuple[Clause, ...]) -> int:
    """Return how many words stand in the first alternative of each clause."""
    return sum(max(1, _words_in(clause.alternatives[0])) for clause in clauses)


def _words_in(alternative: Alternative) -> int:
    inner = sum(_words_in(clause.alternatives[0]) for clause in alternative.clauses)
    return len(alternative.tokens) + inner


def labels_counted(aggregations: dict[str, Any]) -> dict[str, str]:
    """Return how keywords are written, of what was answered; as most do comes first."""
    labels: dict[str, str] = {}
    for name, value, label, _number in _counted(aggregations):
        if name == "tag":
            labels.setdefault(value, label)
    return labels


def _counted(aggregations: dict[str, Any]) -> Iterator[tuple[str, str, str, int]]:
    """Yield facet, value, how a keyword is written, and how many have it; the most first.

    Of facets that are counted together those are left out that have a count of their own.
    """
    for asked, answer in aggregations.items():
        buckets = answer.get("of", answer)["buckets"]
        if isinstance(buckets, dict):
            for value, bucket in buckets.items():
                if bucket["doc_count"]:
                    yield asked, value, "", bucket["doc_count"]
            continue
        for bucket in buckets:
            name, equals, value = bucket["key"].partition("=")
            if not equals:
                name, value = asked, name
            if asked != _TOGETHER or name not in aggregations:
                value, _equals, label = value.partition("=")
                yield name, value, label, bucket["doc_count"]
