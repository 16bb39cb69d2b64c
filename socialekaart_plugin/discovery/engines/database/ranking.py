"""Ranks documents: scores for words, multiplied by factors for freshness and distance."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from socialekaart_plugin.discovery.engines.base import EngineQuery, Reading
from socialekaart_plugin.discovery.engines.weights import (
    FIELD_WEIGHTS,
    HALVING_DISTANCE,
    LENGTH_SHARE,
    LESSER_FIELDS,
    USUAL_LENGTH,
    WHOLE_NAME,
)
from socialekaart_plugin.discovery.models import document_keys
from socialekaart_plugin.discovery.query.plan import Alternative, Clause

from .bitmaps import ids_of
from .distances import Distances
from .matching import Words, field_keys, fields_of
from .snapshot import Floats, Ids, Snapshot

#: Exponent of the inverse document frequency: in a sentence the rarest word decides.
_RARITY_POWER = 2.0


@dataclass(frozen=True)
class Scored:
    """Documents with their scores, as parallel arrays sorted by key."""

    documents: BitMap
    ids: Ids
    scores: Floats


class _Frame:
    """The documents to score, and the array index of each."""

    def __init__(self, documents: BitMap, size: int) -> None:
        self.documents = documents
        self.ids = ids_of(documents)
        self._places = np.zeros(size, np.uint32)
        self._places[self.ids] = np.arange(len(self.ids), dtype=np.uint32)
        self.in_name = np.zeros(len(self.ids), np.uint8)

    def zeros(self) -> Floats:
        return np.zeros(len(self.ids))

    def places(self, documents: BitMap) -> Ids:
        """Return the array indices of documents; those not scored are left out."""
        return self._places[ids_of(documents & self.documents)]


class Scorer:
    """Scores documents for one query."""

    def __init__(
        self, snapshot: Snapshot, words: Words, query: EngineQuery, distances: Distances | None
    ) -> None:
        """Score for this query."""
        self._snapshot = snapshot
        self._words = words
        self._query = query
        self._distances = distances
        self._number = len(snapshot.audiences[query.audience])

    def scored(self, documents: BitMap) -> Scored:
        """Return the score of each document."""
        frame = _Frame(documents, self._snapshot.size)
        ids = frame.ids
        points = np.ones(len(ids))
        if self._query.clauses:
            total = frame.zeros()
            for clause in self._query.clauses:
                self._add_clause(frame, total, clause)
            length = self._snapshot.columns.name_length[ids]
            is_whole = frame.in_name >= np.maximum(length, len(self._query.clauses))
            points = total * np.where(is_whole, WHOLE_NAME, 1.0)
        return Scored(documents, ids, points * self._factors(ids))

    def _factors(self, ids: Ids) -> Floats:
        factors = self._snapshot.columns.upkeep[ids].astype(np.float64)
        if self._distances is not None:
            factors = factors / (1.0 + self._distances.of(ids) / HALVING_DISTANCE)
        return factors

    def _add_clause(self, frame: _Frame, total: Floats, clause: Clause) -> None:
        """Add the score of the best alternative."""
        points = [self._points(frame, alternative) for alternative in clause.alternatives]
        total += np.maximum.reduce(points)

    def _points(self, frame: _Frame, alternative: Alternative) -> Floats:
        """Return the score of each document for an alternative; 0 without a match."""
        total = frame.zeros()
        for clause in alternative.clauses:
            self._add_clause(frame, total, clause)
        for found, rarity in self._postings(alternative):
            best, sums = frame.zeros(), frame.zeros()
            for field, documents in found.items():
                if not documents:
                    continue
                places = frame.places(documents)
                points = self._field_scores(field, frame.ids[places]) * rarity
                best[places] = np.maximum(best[places], points)
                sums[places] += points
                if field == "name":
                    frame.in_name[places] += 1
            total += best + LESSER_FIELDS * (sums - best)
        if len(alternative.tokens) > 1 or alternative.clauses:
            matching = np.zeros(len(total), bool)
            matching[frame.places(self._words.matching_alternative(alternative))] = True
            total = np.where(matching, total, 0.0)
        return total * alternative.weight

    def _postings(self, alternative: Alternative) -> Iterator[tuple[dict[str, BitMap], float]]:
        """Yield posting lists by field, and rarity, for each token or for the phrase."""
        if alternative.question:
            found = {"questions": self._words.matching_alternative(alternative)}
            yield found, self._rarity(found)
            return
        fields = fields_of(alternative)
        if alternative.is_phrase:
            found = {
                field: self._words.postings(key)
                for field in fields
                for key in field_keys(alternative, field)
            }
            yield found, self._rarity(found) * len(alternative.tokens)
            return
        for token in alternative.tokens:
            found = {
                field: self._words.token_postings(alternative, token, field) for field in fields
            }
            yield found, self._rarity(found)

    def _rarity(self, found: dict[str, BitMap]) -> float:
        """Return the inverse document frequency (BM25), among the documents of this audience."""
        mine = self._snapshot.audiences[self._query.audience]
        known = BitMap.union(BitMap(), *found.values()).intersection_cardinality(mine)
        rarity = math.log(1 + (self._number - known + 0.5) / (known + 0.5))
        return rarity**_RARITY_POWER

    def _field_scores(self, field: str, ids: Ids) -> Floats:
        weight = FIELD_WEIGHTS[field]
        if field != "name":
            return np.full(len(ids), weight)
        length = self._snapshot.columns.name_length[ids].astype(np.float64)
        shorter: Floats = weight / (1 - LENGTH_SHARE + LENGTH_SHARE * length / USUAL_LENGTH)
        return shorter

    def readings(self, document: int) -> tuple[Reading, ...]:
        """Explain the score of one document."""
        found = [
            reading
            for clause in self._query.clauses
            for alternative in clause.alternatives
            for reading in self._readings(alternative, document)
        ]
        state = float(self._snapshot.columns.upkeep[document])
        found.append(Reading("fresh", "", "", "", round(state, 2)))
        if self._distances is not None:
            [metres] = self._distances.of(np.array([document], np.uint32)).tolist()
            found.append(
                Reading("distance", "", "", "", round(1 / (1 + metres / HALVING_DISTANCE), 2))
            )
        return tuple(found)

    def _readings(self, alternative: Alternative, document: int) -> Iterator[Reading]:
        for clause in alternative.clauses:
            for inner in clause.alternatives:
                yield from self._readings(inner, document)
        at = np.array([document], np.uint32)
        for found, rarity in self._postings(alternative):
            for field, documents in found.items():
                if document in documents:
                    points = float(self._field_scores(field, at)[0]) * rarity * alternative.weight
                    words = alternative.label or " ".join(alternative.tokens)
                    yield Reading("match", words, alternative.reason, field, round(points, 2))


def page_of(
    snapshot: Snapshot, scored: Scored, query: EngineQuery, distances: Distances | None
) -> list[tuple[int, float, bool]]:
    """Return the requested page: document, score, and whether it is pinned.

    Pinned records that match come first; ties are broken by name, then key, so that pages are
    stable.
    """
    ids, scores = scored.ids, scored.scores
    pinned = [
        document
        for record in query.pinned
        for document in document_keys(record)
        if document in scored.documents
    ]
    first = [(each, float(scores[np.searchsorted(ids, each)]), True) for each in pinned]
    if pinned:
        is_other = ~np.isin(ids, np.array(pinned, np.uint32))
        ids, scores = ids[is_other], scores[is_other]
    wanted = query.offset + query.limit
    places = _sorted(snapshot, ids, scores, query, distances, wanted)[:wanted]
    others = [(int(ids[place]), float(scores[place]), False) for place in places]
    return [*first, *others][query.offset : wanted]


def _sorted(
    snapshot: Snapshot,
    ids: Ids,
    scores: Floats,
    query: EngineQuery,
    distances: Distances | None,
    wanted: int,
) -> NDArray[np.intp]:
    """Return the array indices of the first `wanted` documents, in order."""
    order = snapshot.order[ids].astype(np.int64)
    by_relevance = query.sort == "relevance" and bool(query.clauses)
    first: NDArray[np.float64]
    if query.sort == "-name":
        first = -order.astype(np.float64)
    elif query.sort == "-verified":
        first = -snapshot.columns.verified[ids].astype(np.float64)
    elif distances is not None and query.sort != "name" and not by_relevance:
        first = distances.of(ids)
    elif by_relevance:
        first = -np.round(scores, 6)
    else:
        first = order.astype(np.float64)
    if 0 < wanted < len(ids):
        # Sort only what can be on the page: a full sort would be most of the work.
        last = np.partition(first, wanted - 1)[wanted - 1]
        candidates = np.flatnonzero(first <= last)
        return candidates[np.lexsort((order[candidates], first[candidates]))]
    return np.lexsort((order, first))
