"""The engine of sites that outgrow one machine: one request to Elasticsearch answers a search."""

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

from .aggregations import labels_counted, values_of
from .checkpoint import Seen
from .connection import Configuration
from .documents import questions_mark
from .filters import audience_filter
from .geo_points import distance_of, middle
from .mapping import payload_field
from .request_body import Question
from .score_explanation import readings_of
from .search_client import SearchClient

#: The names of keywords are read anew after so many seconds; their numbers come with each search.
_KEYWORDS_KEPT = 30.0
#: Of a postcode no more places are looked at; their middle is what counts.
_MOST_PLACES = 1_000


class ElasticsearchEngine(Engine):
    """Finds in Elasticsearch; words, and what stands beside records, are those of the process."""

    def __init__(
        self, configured: Configuration, analyzer_for: AnalyzerFor, *, keeps: bool = True
    ) -> None:
        """Look at what the process holds (one query when nothing changed).

        Args:
            configured: where the server is.
            analyzer_for: the analysis of the site.
            keeps: whether what the process was answered before is an answer too.
        """
        self._configured = configured
        self._lexicon: Lexicon = lexicon_keeper.current(analyzer_for)
        self._asker = SearchClient(configured, self._lexicon.change, keeps=keeps)
        #: Keywords that the last search counted, as they are written.
        self._labels: dict[str, str] = {}

    @property
    def decided(self) -> str:
        """Mark of what editors decided, as the index knows it."""
        return str(self._lexicon.decided)

    @property
    def was_answered(self) -> bool:
        """Whether the server itself answered, and not what the process keeps."""
        return self._asker.was_answered

    def look(self) -> Seen:
        """Return what the index is; raises what `search` does, when it cannot answer."""
        of_records = {"exists": {"field": "record"}}
        body = {"query": of_records, "size": 1, "_source": False, "track_total_hits": True}
        [answer] = self._asker.asked([body], shows=True)
        hits = answer["hits"]["hits"]
        number = int(answer["hits"]["total"]["value"])
        return Seen(hits[0]["_index"] if hits else "", self._asker.state, number)

    def search(self, query: EngineQuery) -> EngineResults:
        """Find records: one request, for the page, all counts and the state of the index.

        Just after a change of help questions it takes a second one; none when the process was
        answered the same before, and nothing changed since.

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
            answer = self._asker.shown(question.body(), question.preference)
            _last_seen[self._configured] = seen = self._asker.state.questions_mark
            if seen == mark:
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
        return [int(answer["hits"]["total"]["value"]) for answer in self._asker.asked(bodies)]

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
        answer = self._asker.shown(body)
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
        for answer in self._asker.asked(bodies):
            points = [point for hit in answer["hits"]["hits"] for point in hit["_source"]["points"]]
            if points:
                return middle(points)
        return None

    def _with_payloads(
        self, hits: list[dict[str, Any]], audience: Audience
    ) -> Iterator[tuple[dict[str, Any], Payload]]:
        """Yield hits with what is shown of them; of what changed since, as it is now.

        What was withdrawn is left out. Two queries at most, and only while the index is behind.
        """
        changed: dict[int, bool] = {}
        payloads: dict[int, Payload] = {}
        if hits and self._asker.is_behind:
            bit = AUDIENCE_BITS.get(audience, 0)
            rows = SearchDocument.objects.filter(
                pk__in=[int(hit["_id"]) for hit in hits], version__gt=self._asker.state.synced_to
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
            [answer] = self._asker.asked([{"size": 0, "aggs": {"tag": values_of("tag")}}])
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
