"""The engine of sites that need no other server: text in their own database, sets in memory."""

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

from .bitmaps import as_ids
from .fulltext import LETTERS, encoded, texts_to_read
from .matching import Filters, Words, matching_words
from .ranking import Scorer, page_of
from .snapshot import Snapshot
from .snapshot_loader import SnapshotKeeper

#: Of a first part of a word, at most so many documents are looked at.
_MOST_BEGINNINGS = 2_000

_keeper = SnapshotKeeper()


class DatabaseEngine(Engine):
    """Finds in the database of the site; one answer holds one state of the index."""

    def __init__(self, analyzer_for: AnalyzerFor) -> None:
        """Look at the index as it is now (one query when nothing changed)."""
        self._snapshot = _keeper.current(analyzer_for)
        self._texts = texts_to_read()

    @property
    def decided(self) -> str:
        """Mark of what editors decided, as the index knows it."""
        return str(self._snapshot.lexicon.decided)

    @property
    def snapshot(self) -> Snapshot:
        """What this process holds of the index."""
        return self._snapshot

    def search(self, query: EngineQuery) -> EngineResults:
        """Find records: one query for words not asked before, one for the payloads of the page.

        Raises:
            LookupError: a facet that does not exist.
        """
        words = Words(self._snapshot, self._texts, query.clauses)
        filters = Filters(self._snapshot, query)
        matching = matching_words(words, query)
        found = _both(filters.all_but(), matching)
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
        """Return how many records fit each query; one query for all words not asked before."""
        clauses: list[Clause] = [clause for query in queries for clause in query.clauses]
        words = Words(self._snapshot, self._texts, clauses)
        return [
            len(_both(Filters(self._snapshot, query).all_but(), matching_words(words, query)))
            for query in queries
        ]

    def words_like(self, word: str, *, prefix: bool, limit: int) -> list[str]:
        """Return folded words of records that begin with a word, or resemble it; best first."""
        return self._snapshot.lexicon.words_like(word, prefix=prefix, limit=limit)

    def names(self, words: Iterable[str], *, audience: Audience, limit: int) -> list[Named]:
        """Return organisations, activities and places whose name has these words."""
        *whole, last = list(words)
        letter = LETTERS["name_literal"]
        keys = [(letter + encoded(word),) for word in whole]
        found = self._texts.beginning(keys, letter + encoded(last), _MOST_BEGINNINGS)
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
        """Return what is known of the values of a facet that are public records, or keywords."""
        if facet == "tag":
            labels = self._snapshot.labels
            known = self._snapshot.values("tag")
            return {value: Value(labels.get(("tag", value), value)) for value in known}
        return self._snapshot.lexicon.vocabulary.entries.get(facet, {})

    def point_of(self, postcode: str, *, audience: Audience) -> tuple[float, float] | None:
        """Return the middle of the places with a postcode, or with its four digits."""
        # Not of records, which may have other places as well.
        places = self._snapshot.with_value("kind", RecordKind.PLACE)
        mine = self._snapshot.audiences[audience] & places
        near = self._snapshot.with_value("postcode", postcode) & mine
        near = near or self._snapshot.with_value("pc4", postcode[:4]) & mine
        points = self._snapshot.points
        is_near = np.isin(points.documents, as_ids(near))
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
            # What is chosen in a group narrows the other groups, not itself.
            is_chosen = facet in filters.names
            base = _both(filters.all_but(facet), matching) if is_chosen else found
            counts[facet] = _counted(self._snapshot.values(facet), base)
        return counts


def _counted(values: Mapping[str, BitMap], base: BitMap) -> dict[str, int]:
    if not base:
        return {}
    numbers = ((value, base.intersection_cardinality(known)) for value, known in values.items())
    return {value: number for value, number in numbers if number}


def _both(filtered: BitMap, matching: BitMap | None) -> BitMap:
    return filtered if matching is None else filtered & matching


def _metres(filters: Filters, document: int) -> float | None:
    if filters.distances is None:
        return None
    [metres] = filters.distances.of(np.array([document], np.uint32)).tolist()
    return float(metres) if metres != float("inf") else None


def _payloads(documents: Iterable[int], audience: Audience) -> dict[int, Payload]:
    """Read the payloads of documents, by key of the public record; one query."""
    return read_payloads({record_key(document) for document in documents}, audience)
