"""The Elasticsearch engine: one request answers a search."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from time import monotonic
from typing import Any

from socialekaart_plugin.discovery.engines.base import (
    Engine,
    EngineQuery,
    EngineResults,
    Hit,
    Named,
    Value,
)
from socialekaart_plugin.discovery.engines.lexicon import AnalyzerFor, Lexicon, lexicon_keeper
from socialekaart_plugin.discovery.models import (
    AUDIENCE_BITS,
    SearchDocument,
    record_key,
)
from socialekaart_plugin.discovery.querysets import read_payloads
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.publication.choices import RecordKind
from socialekaart_plugin.publication.rules import Payload

from .aggregations import keyword_labels, terms_aggregation
from .checkpoint import IndexStatus
from .connection import Configuration
from .documents import questions_mark
from .filter_clauses import audience_filter
from .geo_points import centroid, distance_of
from .mapping import payload_field
from .request_body import Question
from .score_explanation import readings_of
from .search_client import SearchClient

#: How long the labels of keywords are cached; their counts come with each search.
_KEYWORD_CACHE_SECONDS = 30.0
#: How many places of a postcode are averaged.
_MOST_PLACES = 1_000


class ElasticsearchEngine(Engine):
    """Searches in Elasticsearch; words and reference data come from the lexicon of the process."""

    def __init__(
        self, configured: Configuration, analyzer_for: AnalyzerFor, *, use_cache: bool = True
    ) -> None:
        """Take the current lexicon (one query when nothing changed).

        Args:
            configured: settings of the server.
            analyzer_for: the text analysis of the site.
            use_cache: whether to use the response cache of this process.
        """
        self._configured = configured
        self._lexicon: Lexicon = lexicon_keeper.current(analyzer_for)
        self._search_client = SearchClient(configured, self._lexicon.change, use_cache=use_cache)
        #: Labels of the keywords that the last search counted.
        self._labels: dict[str, str] = {}

    @property
    def decided(self) -> str:
        """Mark of the current rules of editors."""
        return str(self._lexicon.decided)

    @property
    def was_answered(self) -> bool:
        """Whether the server itself responded, not only the cache."""
        return self._search_client.was_answered

    def status(self) -> IndexStatus:
        """Return the status of the index; raises what `search` raises."""
        of_records = {"exists": {"field": "record"}}
        body = {"query": of_records, "size": 1, "_source": False, "track_total_hits": True}
        [answer] = self._search_client.multi_search([body], checkpoint_first=True)
        hits = answer["hits"]["hits"]
        number = int(answer["hits"]["total"]["value"])
        return IndexStatus(
            hits[0]["_index"] if hits else "", self._search_client.checkpoint, number
        )

    def search(self, query: EngineQuery) -> EngineResults:
        """Find records: one request for the page, all counts and the checkpoint; none if cached.

        Right after a change of help questions it takes a second request.

        Raises:
            LookupError: a facet that does not exist.
            IndexTroubleError: the index cannot answer correctly.
            QuestionRefusedError: the server rejects this query.
            elasticsearch.ApiError, elasticsearch.TransportError: no answer, or a refusal.
        """
        vocabulary = self._lexicon.vocabulary
        mark = questions_mark(vocabulary.questions)
        # While documents hold outdated help questions, these are computed by the query instead.
        for has_questions in (
            (True, False) if _last_questions_mark.get(self._configured) == mark else (False,)
        ):
            question = Question(query, vocabulary, has_questions=has_questions)
            answer = self._search_client.cached_search(question.body(), question.preference)
            _last_questions_mark[self._configured] = seen = (
                self._search_client.checkpoint.questions_mark
            )
            if seen == mark:
                break
        hits = [
            self._hit(hit, payload, question)
            for hit, payload in self._with_payloads(answer["hits"]["hits"], query.audience)
        ]
        counted = answer.get("aggregations", {})
        if "tag" in query.counted:
            self._labels = keyword_labels(counted)
        return EngineResults(hits, int(answer["hits"]["total"]["value"]), question.counts(counted))

    def totals(self, queries: Sequence[EngineQuery]) -> list[int]:
        """Return how many records fit each query; one request."""
        bodies = [Question(query, self._lexicon.vocabulary).total() for query in queries]
        if not bodies:
            return []
        return [
            int(answer["hits"]["total"]["value"])
            for answer in self._search_client.multi_search(bodies)
        ]

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
        answer = self._search_client.cached_search(body)
        return [
            Named(payload["kind"], payload["short_id"], payload["name"], 1)
            for _hit, payload in self._with_payloads(answer["hits"]["hits"], audience)
        ]

    def values(self, facet: str) -> Mapping[str, Value]:
        """Return what is known of the values of a facet that are public records, or keywords."""
        if facet == "tag":
            return self._keywords()
        return self._lexicon.vocabulary.entries.get(facet, {})

    def point_of(self, postcode: str, *, audience: Audience) -> tuple[float, float] | None:
        """Return the centroid of the places with a postcode, or with its four digits."""
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
        for answer in self._search_client.multi_search(bodies):
            points = [point for hit in answer["hits"]["hits"] for point in hit["_source"]["points"]]
            if points:
                return centroid(points)
        return None

    def _with_payloads(
        self, hits: list[dict[str, Any]], audience: Audience
    ) -> Iterator[tuple[dict[str, Any], Payload]]:
        """Yield hits with their payloads; those that changed since with the current payload.

        Withdrawn records are left out. At most two queries, and only while the index lags.
        """
        changed: dict[int, bool] = {}
        payloads: dict[int, Payload] = {}
        if hits and self._search_client.is_lagging:
            bit = AUDIENCE_BITS.get(audience, 0)
            rows = SearchDocument.objects.filter(
                pk__in=[int(hit["_id"]) for hit in hits],
                version__gt=self._search_client.checkpoint.synced_to,
            )
            changed = {key: bool(bits & bit) for key, bits in rows.values_list("pk", "audiences")}
            shown = {record_key(key) for key, is_shown in changed.items() if is_shown}
            payloads = read_payloads(shown, audience)
        for hit in hits:
            key = int(hit["_id"])
            if key not in changed:
                yield hit, _payload(hit, audience)
            elif changed[key] and record_key(key) in payloads:
                yield hit, payloads[record_key(key)]

    def _hit(self, hit: dict[str, Any], payload: Payload, question: Question) -> Hit:
        query = question.query
        distance = distance_of(hit["_source"]["points"], query.near) if query.near else None
        record = record_key(int(hit["_id"]))
        return Hit(
            record=record,
            payload=payload,
            score=float(hit["_score"] or 0.0),
            distance=distance,
            is_pinned=record in query.pinned,
            readings=readings_of(hit, question, distance) if query.explain else (),
        )

    def _keywords(self) -> Mapping[str, Value]:
        """Return keywords with their labels: the cached ones, and those this search counted."""
        key = (self._configured, self._lexicon.origin)
        kept = _keyword_cache.get(key)
        is_due = kept is None or monotonic() - kept[0] > _KEYWORD_CACHE_SECONDS
        if is_due and not self._labels:
            [answer] = self._search_client.multi_search(
                [{"size": 0, "aggs": {"tag": terms_aggregation("tag")}}]
            )
            kept = monotonic(), keyword_labels(answer["aggregations"])
            _keyword_cache.clear()
            _keyword_cache[key] = kept
        labels = (kept[1] if kept else {}) | self._labels
        return {value: Value(label) for value, label in labels.items()}


#: The `questions_mark` of the last checkpoint, by settings.
_last_questions_mark: dict[Configuration, str] = {}
_keyword_cache: dict[Any, tuple[float, dict[str, str]]] = {}


def _payload(hit: dict[str, Any], audience: Audience) -> Payload:
    """Return the payload for an audience: its own, or the shared public one."""
    source = hit["_source"]
    own = source.get(payload_field(audience))
    payload: Payload = source[payload_field(Audience.PUBLIC)] if own is None else own
    return payload
