"""Finds the documents that match a query, as bitmaps: words, filters, places and times."""

import datetime
from collections.abc import Iterable, Iterator
from functools import reduce

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray
from pyroaring import BitMap

from socialekaart_plugin.discovery.documents.field_tokens import SHORTEST_WORD
from socialekaart_plugin.discovery.documents.time_encoding import (
    DAYS,
    LEAST_OVERLAP,
    MINUTES_A_DAY,
    PARTS,
    minutes,
    minutes_of_day,
)
from socialekaart_plugin.discovery.engines.base import EngineQuery
from socialekaart_plugin.discovery.engines.weights import FIELDS, FIELDS_WITH_NEIGHBOURS
from socialekaart_plugin.discovery.facets import FACETS
from socialekaart_plugin.discovery.models import document_keys
from socialekaart_plugin.discovery.query.plan import Alternative, Clause, When
from socialekaart_plugin.publication.choices import FINDABLE

from .bitmaps import bitmap_of, ids_of
from .distances import Distances
from .fulltext import LETTERS, FulltextTable, Key, encode_token
from .snapshot import Snapshot

#: Stems up to this length are surely in the lexicon, which leaves out very long words.
_MAX_LISTED_LENGTH = 50


def fulltext_keys(clauses: Iterable[Clause]) -> Iterator[Key]:
    """Yield all keys of the full-text table that clauses need."""
    for clause in clauses:
        for alternative in clause.alternatives:
            yield from fulltext_keys(alternative.clauses)
            for field in fields_of(alternative):
                yield from field_keys(alternative, field)


def fields_of(alternative: Alternative) -> tuple[str, ...]:
    """Return the fields in which an alternative may match."""
    if alternative.question:
        return ("questions",)
    if alternative.is_literal:
        return ("literal",)
    return FIELDS_WITH_NEIGHBOURS if alternative.is_phrase else FIELDS


def field_keys(alternative: Alternative, field: str) -> list[Key]:
    """Return the keys that must all match in a field: the phrase, or each token."""
    if field == "questions" or not alternative.tokens:
        return []
    tokens = [LETTERS[field] + encode_token(token) for token in alternative.tokens]
    return [tuple(tokens)] if alternative.is_phrase else [(token,) for token in tokens]


class Words:
    """Posting lists of words: from the full-text table, cached in the snapshot."""

    def __init__(
        self, snapshot: Snapshot, fulltext: FulltextTable, clauses: Iterable[Clause]
    ) -> None:
        """Look up all keys of the clauses that are not cached, in one query."""
        self._snapshot = snapshot
        asked = {key: snapshot.postings.get(key) for key in fulltext_keys(clauses)}
        # Copied: another thread may clear the cache meanwhile.
        self._postings = {key: found for key, found in asked.items() if found is not None}
        # Skip stems that no record has.
        missing = [key for key in asked if key not in self._postings and self._may_exist(key)]
        for key, documents in zip(missing, fulltext.postings(missing), strict=True):
            self._postings[key] = documents
            snapshot.cache_postings(key, documents)

    def _may_exist(self, key: Key) -> bool:
        if key[0][0] == LETTERS["literal"]:
            return True
        stems = self._snapshot.lexicon.stems
        return all(token[1:] in stems or _is_unlisted(token[1:]) for token in key)

    def postings(self, key: Key) -> BitMap:
        """Return the documents with a token, or with a phrase."""
        return self._postings.get(key, _EMPTY)

    def token_postings(self, alternative: Alternative, token: str, field: str) -> BitMap:
        """Return the documents with one token of an alternative in a field."""
        if field == "questions":
            return self._snapshot.question_stems.get(token, _EMPTY)
        return self.postings((LETTERS[field] + encode_token(token),))

    def matching(self, clause: Clause) -> BitMap:
        """Return the documents that match a clause."""
        return BitMap.union(_EMPTY, *map(self.matching_alternative, clause.alternatives))

    def matching_alternative(self, alternative: Alternative) -> BitMap:
        """Return the documents that match one alternative of a clause."""
        if alternative.question:
            return self._snapshot.with_value("help_question", alternative.question)
        if alternative.clauses:
            found = [self.matching(clause) for clause in alternative.clauses]
            return _at_least(found, alternative.minimum or len(found))
        fields = fields_of(alternative)
        if alternative.is_phrase:
            found = [
                self.postings(key) for field in fields for key in field_keys(alternative, field)
            ]
            return BitMap.union(_EMPTY, *found)
        return BitMap.intersection(
            *(
                BitMap.union(*(self.token_postings(alternative, token, field) for field in fields))
                for token in alternative.tokens
            )
        )


def _is_unlisted(token: str) -> bool:
    """Tell whether the lexicon may lack a token: too short, too long, or another script."""
    return not SHORTEST_WORD <= len(token) <= _MAX_LISTED_LENGTH or token.startswith("0x")


class Filters:
    """The documents that match the filters of a query, by group."""

    def __init__(self, snapshot: Snapshot, query: EngineQuery) -> None:
        """Compute a bitmap per group of filters.

        Raises:
            LookupError: a facet that does not exist.
        """
        self._snapshot = snapshot
        kinds = [snapshot.with_value("kind", kind.value) for kind in FINDABLE]
        self._base = snapshot.audiences[query.audience] & BitMap.union(*kinds)
        if query.excluded:
            self._base -= BitMap(
                document for pk in query.excluded for document in document_keys(pk)
            )
        self.distances: Distances | None = None
        self._groups: dict[str, BitMap] = {}
        for name, values in query.facets.items():
            if name not in FACETS:
                raise LookupError(name)
            if values:
                chosen = (snapshot.with_value(name, value) for value in values)
                self._groups[name] = BitMap.union(_EMPTY, *chosen)
        if query.near is not None:
            self.distances = Distances(snapshot.points, query.near, snapshot.size)
            if query.near.radius is not None:
                self._groups["near"] = self.distances.within(query.near.radius)
        if query.when:
            self._groups["when"] = held_at(snapshot, query.when, query.now or timezone.now())
        if query.age is not None:
            columns = snapshot.columns
            fits = (columns.min_age <= query.age) & (columns.max_age >= query.age)
            self._groups["age"] = _where(fits)
        if query.verified_since is not None:
            since = query.verified_since.toordinal()
            self._groups["verified"] = _where(snapshot.columns.verified >= since)

    def all_but(self, name: str = "") -> BitMap:
        """Return the documents that match all groups except one."""
        groups = [group for other, group in self._groups.items() if other != name]
        return BitMap.intersection(self._base, *groups)

    @property
    def names(self) -> frozenset[str]:
        """The groups that have a filter."""
        return frozenset(self._groups)


def matching_words(words: Words, query: EngineQuery) -> BitMap | None:
    """Return the documents that match enough clauses; None without clauses."""
    if not query.clauses:
        return None
    return _at_least([words.matching(clause) for clause in query.clauses], query.minimum)


def _at_least(found: list[BitMap], minimum: int) -> BitMap:
    """Return the documents in at least `minimum` of these bitmaps, and in at least one."""
    if minimum >= len(found):
        return BitMap.intersection(*found)
    anywhere = BitMap.union(*found)
    if minimum <= 1:
        return anywhere
    ids = ids_of(anywhere)
    counts = sum(np.isin(ids, ids_of(documents)).astype(np.uint8) for documents in found)
    return bitmap_of(ids[counts >= minimum])


def held_at(snapshot: Snapshot, when: When, now: datetime.datetime) -> BitMap:
    """Return the documents that are held or open at these times; all conditions apply."""
    times = snapshot.times
    sets: list[BitMap] = []
    moment = minutes(now)
    if when.now:
        sets.append(bitmap_of(times.documents[(times.starts <= moment) & (times.ends > moment)]))
    if when.dates:
        on_days = [_on_day(snapshot, day, when.parts, moment) for day in when.dates]
        sets.append(BitMap.union(*on_days))
    if when.weekdays or (when.parts and not when.dates):
        weekdays = when.weekdays or range(len(DAYS))
        sets.append(_in_slots(snapshot, weekdays, when.parts or PARTS))
    return reduce(BitMap.intersection, sets)


def _on_day(snapshot: Snapshot, day: datetime.date, parts: tuple[str, ...], now: int) -> BitMap:
    """Return what is held on a day, in any of these parts, and is not over."""
    times = snapshot.times
    found = np.zeros(len(times.documents), bool)
    midnight = minutes_of_day(day)
    spans = [PARTS[part] for part in parts] or [(0, MINUTES_A_DAY)]
    for begin, end in spans:
        overlap = np.minimum(times.ends, midnight + end) - np.maximum(
            times.starts, midnight + begin
        )
        found |= overlap >= np.minimum(LEAST_OVERLAP, times.ends - times.starts)
    return bitmap_of(times.documents[found & (times.ends > now)])


def _in_slots(snapshot: Snapshot, weekdays: Iterable[int], parts: Iterable[str]) -> BitMap:
    """Return what is held on any of these weekdays, in any of these parts of the day."""
    slots = [f"{DAYS[weekday]}-{part}" for weekday in weekdays for part in parts]
    return BitMap.union(_EMPTY, *(snapshot.with_value("slot", slot) for slot in slots))


def _where(is_in: NDArray[np.bool_]) -> BitMap:
    return bitmap_of(np.flatnonzero(is_in).astype(np.uint32))


_EMPTY = BitMap()
