"""The engine of sites that outgrow one machine: one request to Elasticsearch answers a search."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
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
    Value,
)
from socialekaart_plugin.discovery.engines.lexicon import AnalyzerFor, Lexicon, lexicon_keeper
from socialekaart_plugin.discovery.models import (
    AUDIENCE_BITS,
    IndexChange,
    SearchDocument,
    record_key,
)
from socialekaart_plugin.discovery.querysets import read_payloads
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.publication.choices import RecordKind
from socialekaart_plugin.publication.rules import Payload

from .connection import Configuration, client_of
from .counting import labels_counted, values_of
from .documents import questions_mark
from .explaining import readings_of
from .filtering import audience_filter
from .mapping import payload_field
from .matching import Body
from .points import distance_of, middle
from .querying import Question
from .state import STATE_BODY, IndexState, Seen, state_of
from .transport import Patience
from .trouble import IndexTroubleError, responses_of

#: The names of keywords are read anew after so many seconds; their numbers come with each search.
_KEYWORDS_KEPT = 30.0
#: Of a postcode no more places are looked at; their middle is what counts.
_MOST_PLACES = 1_000


class ElasticsearchEngine(Engine):
    """Finds in Elasticsearch; words, and what stands beside records, are those of the process."""

    def __init__(self, configured: Configuration, analyzer_for: AnalyzerFor) -> None:
        """Look at what the process holds (one query when nothing changed)."""
        self._configured = configured
        self._client: Elasticsearch = client_of(configured)
        self._patience = Patience(configured.timeout)
        self._state = IndexState()
        self._lexicon: Lexicon = lexicon_keeper.current(analyzer_for)
        #: Keywords that the last search counted, as they are written.
        self._labels: dict[str, str] = {}

    @property
    def decided(self) -> str:
        """Mark of what editors decided, as the index knows it."""
        return str(self._lexicon.decided)

    def look(self) -> Seen:
        """Return what the index is; raises what `search` does, when it cannot answer."""
        of_records = {"exists": {"field": "record"}}
        body = {"query": of_records, "size": 1, "_source": False, "track_total_hits": True}
        [answer] = self._asked([body], shows=True)
        hits = answer["hits"]["hits"]
        number = int(answer["hits"]["total"]["value"])
        return Seen(hits[0]["_index"] if hits else "", self._state, number)

    def search(self, query: EngineQuery) -> EngineResults:
        """Find records: one request, for the page, all counts and the state of the index.

        Just after a change of help questions it takes a second one.

        Raises:
            LookupError: a facet that does not exist.
            IndexTroubleError: the index cannot answer as it should.
            QuestionRefusedError: it cannot answer this.
            elasticsearch.ApiError, elasticsearch.TransportError: no answer, or a refusal.
        """
        vocabulary = self._lexicon.vocabulary
        mark = questions_mark(vocabulary.questions)
        # When help questions gather otherwise than documents say, that is worked out.
        for has_questions in (
            (True, False) if _last_seen.get(self._configured) == mark else (False,)
        ):
            question = Question(query, vocabulary, has_questions=has_questions)
            [answer] = self._asked([question.body()], preference=question.preference, shows=True)
            if self._state.questions_mark == mark:
                break
        hits = [
            self._hit(hit, payload, question)
            for hit, payload in self._with_payloads(answer["hits"]["hits"], query.audience)
        ]
        counted = answer.get("aggregations", {})
        if "tag" in query.counted:
            self._labels = labels_counted(counted)
        return EngineResults(hits, int(answer["hits"]["total"]["value"]), question.counts(counted))

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
        [answer] = self._asked([body], shows=True)
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
                return middle(points)
        return None

    def _asked(
        self, bodies: list[Body], *, preference: str = "", shows: bool = False
    ) -> list[dict[str, Any]]:
        """Ask all in one request, with the state of the index; parts that are away are an error.

        Args:
            bodies: of the searches.
            preference: which copies answer.
            shows: whether payloads are shown of what is found; then the state is read before, so
                that what is found is no older than the index says.
        """
        header: dict[str, Any] = {"allow_partial_search_results": False}
        if preference:
            header["preference"] = preference
        if self._configured.shards > 1:
            # How rare a word is in all parts together: else the same record scores otherwise.
            header["search_type"] = "dfs_query_then_fetch"
        searches = [line for body in (STATE_BODY, *bodies) for line in (header, body)]
        answer = self._patience.spend(
            lambda: self._client.msearch(
                index=self._configured.alias,
                searches=searches,
                max_concurrent_searches=1 if shows else None,
            )
        )
        responses = responses_of(answer.body, len(bodies) + 1)
        self._state = state_of(responses.pop(0))
        _last_seen[self._configured] = self._state.questions_mark
        self._see_whether_behind()
        return responses

    def _see_whether_behind(self) -> None:
        """Refuse to answer from an index that is too far behind.

        Raises:
            IndexTroubleError: what came after it waits for longer than `max_lag`, it was never
                filled, or it is of another database.
        """
        if not self._state.synced_to and self._lexicon.change.number:
            raise IndexTroubleError("the index was never filled", self._state)
        if self._state.change_mark != str(self._lexicon.change):
            # Of a moment before or after; or of a database that was put back, or another one.
            number, mark = self._state.change
            if not mark or not IndexChange.objects.filter(pk=number, mark=mark).exists():
                raise IndexTroubleError("the index is of another database", self._state)
        if not self._is_behind:
            return
        waiting = IndexChange.objects.filter(pk__gt=self._state.synced_to).order_by("pk")
        since = waiting.values_list("at", flat=True).first()
        longest = timedelta(seconds=self._configured.max_lag)
        if since is not None and timezone.now() - since > longest:
            raise IndexTroubleError(f"the index is behind since {since.isoformat()}", self._state)

    @property
    def _is_behind(self) -> bool:
        return self._state.synced_to < self._lexicon.change.number

    def _with_payloads(
        self, hits: list[dict[str, Any]], audience: Audience
    ) -> Iterator[tuple[dict[str, Any], Payload]]:
        """Yield hits with what is shown of them; of what changed since, as it is now.

        What was withdrawn is left out. Two queries at most, and only while the index is behind.
        """
        changed: dict[int, bool] = {}
        payloads: dict[int, Payload] = {}
        if hits and self._is_behind:
            bit = AUDIENCE_BITS.get(audience, 0)
            rows = SearchDocument.objects.filter(
                pk__in=[int(hit["_id"]) for hit in hits], version__gt=self._state.synced_to
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
        """Return keywords: as they were a while ago, and those that this search counted."""
        key = (self._configured, self._lexicon.origin)
        kept = _keywords_kept.get(key)
        is_due = kept is None or monotonic() - kept[0] > _KEYWORDS_KEPT
        if is_due and not self._labels:
            [answer] = self._asked([{"size": 0, "aggs": {"tag": values_of("tag")}}])
            kept = monotonic(), labels_counted(answer["aggregations"])
            _keywords_kept.clear()
            _keywords_kept[key] = kept
        labels = (kept[1] if kept else {}) | self._labels
        return {value: Value(label) for value, label in labels.items()}


#: What help questions gathered as the documents of an index last said, by its settings.
_last_seen: dict[Configuration, str] = {}
_keywords_kept: dict[Any, tuple[float, dict[str, str]]] = {}


def _payload(hit: dict[str, Any], audience: Audience) -> Payload:
    """Return the payload for an audience: its own, or the one that it shares with the public."""
    source = hit["_source"]
    own = source.get(payload_field(audience))
    payload: Payload = source[payload_field(Audience.PUBLIC)] if own is None else own
    return payload
