"""The engine of sites that outgrow one machine: one request to Elasticsearch answers a search."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from math import asin, atan2, cos, degrees, hypot, radians, sin, sqrt
from time import monotonic
from typing import Any

from django.utils import timezone
from elasticsearch import Elasticsearch

from socialekaart_plugin.discovery.engines.base import (
    Engine,
    EngineQuery,
    EngineResults,
    Hit,
    Named,
    Near,
    Value,
)
from socialekaart_plugin.discovery.engines.lexicon import AnalyzerFor, Lexicon, lexicon_keeper
from socialekaart_plugin.discovery.engines.weights import EARTH_RADIUS
from socialekaart_plugin.discovery.models import AUDIENCE_BITS, IndexChange, SearchDocument
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.publication.choices import RecordKind
from socialekaart_plugin.publication.rules import Payload

from .connection import Configuration, client_of
from .explaining import readings_of
from .filtering import audience_filter
from .mapping import payload_field
from .matching import Body
from .querying import Question, values_counted
from .state import STATE_BODY, IndexState, state_of

#: The names of keywords are read anew after so many seconds; their numbers come with each search.
_KEYWORDS_KEPT = 30.0
_MOST_KEYWORDS = 20_000
#: Of a postcode no more places are looked at; their middle is what counts.
_MOST_PLACES = 1_000


class IndexTroubleError(Exception):
    """The index cannot answer as it should: behind, not built, or parts of it are away."""


class ElasticsearchEngine(Engine):
    """Finds in Elasticsearch; words, and what stands beside records, are those of the process."""

    def __init__(self, configured: Configuration, analyzer_for: AnalyzerFor) -> None:
        """Look at what the process holds (one query when nothing changed)."""
        self._configured = configured
        self._client: Elasticsearch = client_of(configured)
        self._lexicon: Lexicon = lexicon_keeper.current(analyzer_for)

    @property
    def decided(self) -> str:
        """Mark of what editors decided, as the index knows it."""
        return str(self._lexicon.decided)

    def search(self, query: EngineQuery) -> EngineResults:
        """Find records: one request, for the page, all counts and the state of the index.

        Raises:
            LookupError: a facet that does not exist.
            IndexTroubleError: the index cannot answer as it should.
            elasticsearch.ApiError, elasticsearch.TransportError: no answer, or a refusal.
        """
        question = Question(query, self._lexicon.vocabulary)
        [answer] = self._asked([question.body()], preference=question.preference)
        found = answer["hits"]["hits"]
        state = self._state
        gone = self._gone(found, state, query.audience)
        hits = [self._hit(hit, question) for hit in found if int(hit["_id"]) not in gone]
        counts = {
            name: values_counted(name, answer["aggregations"][name]) for name in query.counted
        }
        return EngineResults(hits, int(answer["hits"]["total"]["value"]), counts)

    def totals(self, queries: Sequence[EngineQuery]) -> list[int]:
        """Return how many records fit each query; one request."""
        bodies = [Question(query, self._lexicon.vocabulary).total() for query in queries]
        if not bodies:
            return []
        return [int(answer["hits"]["total"]["value"]) for answer in self._asked(bodies)]

    def words_like(self, word: str, *, prefix: bool, limit: int) -> list[str]:
        """Return folded words of records that begin with a word, or resemble it; best first."""
        return self._lexicon.words_like(word, prefix=prefix, limit=limit)

    def names(self, words: Iterable[str], *, audience: Audience, limit: int) -> list[Named]:
        """Return organisations, activities and places whose name has these words; one request."""
        *whole, last = list(words)
        filters = [
            audience_filter(audience),
            *({"term": {"name_literal": word}} for word in whole),
            {"prefix": {"name_literal": last}},
        ]
        first = {"constant_score": {"filter": {"prefix": {"sort_name": last}}}}
        body = {
            "query": {"bool": {"filter": filters, "should": [first]}},
            "sort": ["_score", "sort_name", "key"],
            "size": limit,
            "_source": [
                f"{payload_field(each)}.{name}"
                for each in dict.fromkeys((audience, Audience.PUBLIC))
                for name in ("kind", "short_id", "name")
            ],
        }
        [answer] = self._asked([body])
        hits = answer["hits"]["hits"]
        gone = self._gone(hits, self._state, audience)
        payloads = (_payload(hit, audience) for hit in hits if int(hit["_id"]) not in gone)
        return [Named(each["kind"], each["short_id"], each["name"], 1) for each in payloads]

    def values(self, facet: str) -> Mapping[str, Value]:
        """Return what is known of the values of a facet that are public records, or keywords."""
        if facet == "tag":
            return self._keywords()
        return self._lexicon.vocabulary.entries.get(facet, {})

    def point_of(self, postcode: str, *, audience: Audience) -> tuple[float, float] | None:
        """Return the middle of the places with a postcode, or with its four digits."""
        is_place = {"term": {"facets.kind": RecordKind.PLACE.value}}
        bodies = [
            {
                "query": {
                    "bool": {
                        "filter": [audience_filter(audience), is_place, {"term": {field: value}}]
                    }
                },
                "size": _MOST_PLACES,
                "_source": ["points"],
            }
            for field, value in (("facets.postcode", postcode), ("facets.pc4", postcode[:4]))
        ]
        for answer in self._asked(bodies):
            points = [point for hit in answer["hits"]["hits"] for point in hit["_source"]["points"]]
            if points:
                return _middle(points)
        return None

    def _asked(self, bodies: list[Body], *, preference: str = "") -> list[dict[str, Any]]:
        """Ask all in one request, with the state of the index; parts that are away are an error."""
        header: dict[str, Any] = {"allow_partial_search_results": False}
        if preference:
            header["preference"] = preference
        if self._configured.shards > 1:
            # How rare a word is in all parts together: else the same record scores otherwise.
            header["search_type"] = "dfs_query_then_fetch"
        searches = [line for body in (*bodies, STATE_BODY) for line in (header, body)]
        answer = self._client.msearch(index=self._configured.alias, searches=searches)
        responses: list[dict[str, Any]] = answer["responses"]
        for response in responses:
            if "error" in response:
                raise IndexTroubleError(_reason(response["error"]))
        self._state = state_of(responses.pop())
        self._see_whether_behind()
        return responses

    def _see_whether_behind(self) -> None:
        """Refuse to answer from an index that is too far behind.

        Raises:
            IndexTroubleError: what came after it waits for longer than `max_lag`, or it was never
                filled.
        """
        if not self._state.synced_to and self._lexicon.change.number:
            raise IndexTroubleError("the index was never filled")
        if not self._is_behind:
            return
        waiting = IndexChange.objects.filter(pk__gt=self._state.synced_to).order_by("pk")
        since = waiting.values_list("at", flat=True).first()
        longest = timedelta(seconds=self._configured.max_lag)
        if since is not None and timezone.now() - since > longest:
            raise IndexTroubleError(f"the index is behind since {since.isoformat()}")

    @property
    def _is_behind(self) -> bool:
        return self._state.synced_to < self._lexicon.change.number

    def _gone(
        self, hits: list[dict[str, Any]], state: IndexState, audience: Audience
    ) -> frozenset[int]:
        """Return which hits were withdrawn since; one query, only while the index is behind."""
        if not hits or not self._is_behind:
            return frozenset()
        keys = [int(hit["_id"]) for hit in hits]
        changed = SearchDocument.objects.filter(pk__in=keys, version__gt=state.synced_to)
        bit = AUDIENCE_BITS.get(audience, 0)
        return frozenset(
            key for key, bits in changed.values_list("pk", "audiences") if not bits & bit
        )

    def _hit(self, hit: dict[str, Any], question: Question) -> Hit:
        query = question.query
        distance = _distance(hit["_source"]["points"], query.near) if query.near else None
        record = int(hit["_id"]) // 2
        return Hit(
            record=record,
            payload=_payload(hit, query.audience),
            score=float(hit["_score"] or 0.0),
            distance=distance,
            is_pinned=record in query.pinned,
            readings=readings_of(hit, question, distance) if query.explain else (),
        )

    def _keywords(self) -> Mapping[str, Value]:
        key = (self._configured, self._lexicon.origin)
        kept = _keywords_kept.get(key)
        if kept is None or monotonic() - kept[0] > _KEYWORDS_KEPT:
            counting = {"terms": {"field": "tag_labels", "size": _MOST_KEYWORDS}}
            [answer] = self._asked([{"size": 0, "aggs": {"tags": counting}}])
            pairs = (b["key"].partition("=") for b in answer["aggregations"]["tags"]["buckets"])
            # The spelling that most have comes first.
            found: dict[str, Value] = {}
            for value, _equals, name in pairs:
                found.setdefault(value, Value(name))
            kept = monotonic(), found
            _keywords_kept.clear()
            _keywords_kept[key] = kept
        return kept[1]


_keywords_kept: dict[Any, tuple[float, dict[str, Value]]] = {}


def _payload(hit: dict[str, Any], audience: Audience) -> Payload:
    """Return the payload for an audience: its own, or the one that it shares with the public."""
    source = hit["_source"]
    own = source.get(payload_field(audience))
    payload: Payload = source[payload_field(Audience.PUBLIC)] if own is None else own
    return payload


def _middle(points: list[dict[str, float]]) -> tuple[float, float]:
    """Return the middle of points on the globe, latitude and longitude in degrees."""
    x = y = z = 0.0
    for point in points:
        latitude, longitude = radians(point["lat"]), radians(point["lon"])
        x += cos(latitude) * cos(longitude)
        y += cos(latitude) * sin(longitude)
        z += sin(latitude)
    return degrees(atan2(z, hypot(x, y))), degrees(atan2(y, x))


def _distance(points: list[dict[str, float]], near: Near) -> float | None:
    """Return metres along the surface to the nearest of points; None without any."""
    return min((_metres(near, point["lat"], point["lon"]) for point in points), default=None)


def _metres(near: Near, latitude: float, longitude: float) -> float:
    here, there = radians(near.latitude), radians(latitude)
    north, east = sin((there - here) / 2), sin(radians(longitude - near.longitude) / 2)
    square = north * north + cos(here) * cos(there) * east * east
    return 2 * EARTH_RADIUS * asin(min(1.0, sqrt(square)))


def _reason(error: dict[str, Any]) -> str:
    causes = error.get("root_cause") or [error]
    return f"{causes[0].get('type')}: {causes[0].get('reason')}"
