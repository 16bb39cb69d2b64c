"""Builds the request body of an engine query: the page, its order and all facet counts."""

import base64
import hashlib

from socialekaart_plugin.discovery.engines.base import EngineQuery
from socialekaart_plugin.discovery.engines.reference_data import Vocabulary
from socialekaart_plugin.discovery.engines.weights import (
    EARTH_RADIUS,
    HALVING_DISTANCE,
    WHOLE_NAME,
)
from socialekaart_plugin.discovery.facets import FACETS
from socialekaart_plugin.discovery.models import document_keys
from socialekaart_plugin.discovery.query.plan import Alternative, Clause
from socialekaart_plugin.foundation.audiences import Audience

from .aggregations import FacetAggregations
from .filter_clauses import base_filters, facet_filter, other_filters
from .mapping import MAX_RESULT_WINDOW, payload_field
from .query_dsl import MATCH_ALL, MATCH_NONE, Body, QueryBuilder

#: Distance decay: half at `halving` metres; of several places the nearest counts.
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
_PINNED = "params.places.getOrDefault(doc['key'].value.toString(), params.places.size())"


class Question:
    """An engine query, and the body of its request."""

    def __init__(
        self, query: EngineQuery, vocabulary: Vocabulary, *, has_questions: bool = False
    ) -> None:
        """Translate a query with the current reference data.

        Args:
            query: of the search.
            vocabulary: the reference data.
            has_questions: whether documents hold the help questions of this vocabulary; else these
                are computed by the query.

        Raises:
            LookupError: a facet that does not exist.
        """
        self.query = query
        self._vocabulary = vocabulary
        self._counting = FacetAggregations(query.counted, vocabulary, has_questions=has_questions)
        self.counts = self._counting.counts
        self.builder = QueryBuilder(vocabulary)
        self._chosen = {
            name: facet_filter(name, values, vocabulary)
            for name, values in query.facets.items()
            if values or name not in FACETS
        }
        for name in query.counted:
            if name not in FACETS:
                raise LookupError(name)

    def total(self) -> Body:
        """Return the body that only counts hits."""
        filters = [*base_filters(self.query), *other_filters(self.query), *self._chosen.values()]
        if self.query.clauses:
            filters.append(self._words())
        return {"query": {"bool": {"filter": filters}}, "size": 0, "track_total_hits": True}

    def body(self) -> Body:
        """Return the body that finds a page with its facet counts."""
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
            # Beyond the result window: count only.
            body |= {"from": 0, "size": 0, "_source": False}
            del body["sort"]
        if counted:
            # Applied after the aggregations: the counts of a facet ignore its own filter.
            body["post_filter"] = {"bool": {"filter": list(counted.values())}}
        if query.counted:
            body["aggs"] = self._counting.body(counted)
        return body

    @property
    def preference(self) -> str:
        """Shard copies to use: the same for all pages of a search, so that no hit repeats."""
        asked = repr((self.query.clauses, sorted(self.query.facets.items())))
        digest = hashlib.blake2b(asked.encode(), digest_size=9).digest()
        return "q" + base64.urlsafe_b64encode(digest).decode()

    @property
    def _is_by_relevance(self) -> bool:
        return self.query.sort == "relevance" and bool(self.query.clauses)

    def _words(self) -> Body:
        return self.builder.at_least(self.query.clauses, self.query.minimum)

    def _scored(self, filters: list[Body]) -> Body:
        query = self.query
        if not query.clauses:
            matching: Body = {"bool": {"filter": filters, "must": [MATCH_ALL]}}
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
        """Return the query for records whose name has no other words than these."""
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


def _payload_fields(audience: Audience) -> list[str]:
    """Return the fields of the payload of an audience: its own, and the shared one."""
    return list(dict.fromkeys([payload_field(audience), payload_field(Audience.PUBLIC)]))


def _any_in_name(clause: Clause) -> Body:
    ways = [
        body for alternative in clause.alternatives for body in _alternative_in_name(alternative)
    ]
    return {"bool": {"should": ways, "minimum_should_match": 1}} if ways else MATCH_NONE


def _alternative_in_name(alternative: Alternative) -> list[Body]:
    if alternative.tokens and not alternative.is_literal:
        return [{"bool": {"filter": [{"term": {"name": token}} for token in alternative.tokens]}}]
    if alternative.clauses:
        return [{"bool": {"filter": [_any_in_name(clause) for clause in alternative.clauses]}}]
    return []


def _number_of_words(clauses: tuple[Clause, ...]) -> int:
    """Return the number of words in the first alternatives of clauses."""
    return sum(max(1, _words_in(clause.alternatives[0])) for clause in clauses)


def _words_in(alternative: Alternative) -> int:
    inner = sum(_words_in(clause.alternatives[0]) for clause in alternative.clauses)
    return len(alternative.tokens) + inner
