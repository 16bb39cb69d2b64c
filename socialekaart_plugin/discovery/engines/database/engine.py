"""The embedded engine: full text in the database of the site, bitmaps in memory."""

from collections.abc import Iterable, Mapping, Sequence
from math import atan2, degrees, hypot

import numpy as np
from pyroaring import BitMap

from socialekaart_plugin.discovery.engines.base import (
    Engine,
    EngineQuery,
    EngineResults,
    Hit,
    Named,
    Value,
)
from socialekaart_plugin.discovery.engines.lexicon import AnalyzerFor
from socialekaart_plugin.discovery.facets import FACETS
from socialekaart_plugin.discovery.models import record_key
from socialekaart_plugin.discovery.query.plan import Clause
from socialekaart_plugin.discovery.querysets import read_payloads
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.publication.choices import RecordKind
from socialekaart_plugin.publication.rules import Payload

from .bitmaps import ids_of
from .fulltext import LETTERS, encode_token, fulltext_for_read
from .matching import Filters, Words, matching_words
from .ranking import Scorer, page_of
from .snapshot import Snapshot
from .snapshot_loader import SnapshotKeeper

#: How many documents with a prefix are considered.
_MAX_PREFIX_MATCHES = 2_000

_keeper = SnapshotKeeper()


class DatabaseEngine(Engine):
    """Searches in the database of the site; one object sees one state of the index."""

    def __init__(self, analyzer_for: AnalyzerFor) -> None:
        """Take the current snapshot (one query when nothing changed)."""
        self._snapshot = _keeper.current(analyzer_for)
        self._fulltext = fulltext_for_read()

    @property
    def decided(self) -> str:
        """Mark of the current rules of editors."""
        return str(self._snapshot.lexicon.decided)

    @property
    def snapshot(self) -> Snapshot:
        """The in-memory snapshot of the index."""
        return self._snapshot

    def search(self, query: EngineQuery) -> EngineResults:
        """Find records: one query for tokens not cached, one for the payloads of the page.

        Raises:
            LookupError: a facet that does not exist.
        """
        words = Words(self._snapshot, self._fulltext, query.clauses)
        filters = Filters(self._snapshot, query)
        matching = matching_words(words, query)
        found = _intersection(filters.all_but(), matching)
        counts = self._counts(query, filters, matching, found)
        hits: list[Hit] = []
        if query.limit > 0 and query.offset < len(found):
            scorer = Scorer(self._snapshot, words, query, filters.distances)
            page = page_of(self._snapshot, scorer.scored(found), query, filters.distances)
            payloads = _payloads([document for document, _score, _pinned in page], query.audience)
            hits = [
                Hit(
                    record=record_key(document),
                    payload=payloads[record_key(document)],
                    score=score,
                    distance=_metres(filters, document),
                    is_pinned=is_pinned,
                    readings=scorer.readings(document) if query.explain else (),
                )
                for document, score, is_pinned in page
                if record_key(document) in payloads
            ]
        return EngineResults(hits, len(found), counts)

    def totals(self, queries: Sequence[EngineQuery]) -> list[int]:
        """Return the number of hits of each query; one query for all tokens not cached."""
        clauses: list[Clause] = [clause for query in queries for clause in query.clauses]
        words = Words(self._snapshot, self._fulltext, clauses)
        return [
            len(
                _intersection(
                    Filters(self._snapshot, query).all_but(), matching_words(words, query)
                )
            )
            for query in queries
        ]

    def words_like(self, word: str, *, prefix: bool, limit: int) -> list[str]:
        """Return indexed words (folded) that start with `word`, or resemble it; best first."""
        return self._snapshot.lexicon.words_like(word, prefix=prefix, limit=limit)

    def names(self, words: Iterable[str], *, audience: Audience, limit: int) -> list[Named]:
        """Return organisations, activities and places whose name has these words."""
        *whole, last = list(words)
        letter = LETTERS["name_literal"]
        keys = [(letter + encode_token(word),) for word in whole]
        found = self._fulltext.prefix_matches(
            keys, letter + encode_token(last), _MAX_PREFIX_MATCHES
        )
        found &= self._snapshot.audiences[audience]
        names = self._snapshot.names
        best = sorted(
            found, key=lambda document: (not names[document].startswith(last), names[document])
        )[: 3 * limit]
        payloads = _payloads(best, audience)
        return [
            Named(payload["kind"], payload["short_id"], payload["name"], 1)
            for document in best
            if (payload := payloads.get(record_key(document)))
        ][:limit]

    def values(self, facet: str) -> Mapping[str, Value]:
        """Return the values of a facet that are public records or keywords."""
        if facet == "tag":
            labels = self._snapshot.labels
            known = self._snapshot.values("tag")
            return {value: Value(labels.get(("tag", value), value)) for value in known}
        return self._snapshot.lexicon.vocabulary.entries.get(facet, {})

    def point_of(self, postcode: str, *, audience: Audience) -> tuple[float, float] | None:
        """Return the centroid of the places with a postcode, or with its four digits."""
        # Of places only: records may have other places as well.
        places = self._snapshot.with_value("kind", RecordKind.PLACE)
        mine = self._snapshot.audiences[audience] & places
        near = self._snapshot.with_value("postcode", postcode) & mine
        near = near or self._snapshot.with_value("pc4", postcode[:4]) & mine
        points = self._snapshot.points
        is_near = np.isin(points.documents, ids_of(near))
        if not is_near.any():
            return None
        x, y, z = points.on_globe[is_near].mean(axis=0)
        return degrees(atan2(z, hypot(x, y))), degrees(atan2(y, x))

    def _counts(
        self, query: EngineQuery, filters: Filters, matching: BitMap | None, found: BitMap
    ) -> dict[str, dict[str, int]]:
        counts = {}
        for facet in query.counted:
            if facet not in FACETS:
                raise LookupError(facet)
            # The counts of a facet ignore its own filter.
            is_chosen = facet in filters.names
            base = _intersection(filters.all_but(facet), matching) if is_chosen else found
            counts[facet] = _counted(self._snapshot.values(facet), base)
        return counts


def _counted(values: Mapping[str, BitMap], base: BitMap) -> dict[str, int]:
    if not base:
        return {}
    numbers = ((value, base.intersection_cardinality(known)) for value, known in values.items())
    return {value: number for value, number in numbers if number}


def _intersection(filtered: BitMap, matching: BitMap | None) -> BitMap:
    return filtered if matching is None else filtered & matching


def _metres(filters: Filters, document: int) -> float | None:
    if filters.distances is None:
        return None
    [metres] = filters.distances.of(np.array([document], np.uint32)).tolist()
    return float(metres) if metres != float("inf") else None


def _payloads(documents: Iterable[int], audience: Audience) -> dict[int, Payload]:
    """Return payloads of documents, by key of the public record; one query."""
    return read_payloads({record_key(document) for document in documents}, audience)
