"""The in-memory snapshot of the index: bitmaps and arrays, as of one change."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from socialekaart_plugin.discovery.engines.lexicon import Lexicon
from socialekaart_plugin.discovery.engines.weights import NO_MAX_AGE, NO_MIN_AGE, upkeep_factor
from socialekaart_plugin.foundation.audiences import Audience

from .fulltext import Key

#: Ordinal of a missing date; lower than any other.
NEVER = 0

_MOST_POSTINGS = 50_000

Floats = NDArray[np.float64]
Ids = NDArray[np.uint32]
Minutes = NDArray[np.int64]


@dataclass
class Columns:
    """Numeric columns, indexed by document key."""

    upkeep: NDArray[np.float32]
    name_length: NDArray[np.float32]
    min_age: NDArray[np.int16]
    max_age: NDArray[np.int16]
    verified: NDArray[np.int32]

    @classmethod
    def empty(cls, size: int) -> "Columns":
        """Return columns for keys below `size`."""
        return cls(
            upkeep=np.full(size, upkeep_factor("unknown"), np.float32),
            name_length=np.ones(size, np.float32),
            min_age=np.full(size, NO_MIN_AGE, np.int16),
            max_age=np.full(size, NO_MAX_AGE, np.int16),
            verified=np.full(size, NEVER, np.int32),
        )

    def grown(self, size: int) -> "Columns":
        """Return a copy with room for keys below `size`."""
        other = Columns.empty(max(size, len(self.upkeep)))
        for name in ("upkeep", "name_length", "min_age", "max_age", "verified"):
            column = getattr(self, name)
            getattr(other, name)[: len(column)] = column
        return other


@dataclass
class Points:
    """The places of documents, sorted by document, as points on the unit sphere.

    So that distances need no trigonometry.
    """

    documents: Ids = field(default_factory=lambda: np.empty(0, np.uint32))
    #: Three columns: x, y and z.
    on_globe: Floats = field(default_factory=lambda: np.empty((0, 3), np.float64))

    def __post_init__(self) -> None:
        """Use column-major order, which is six times as fast here."""
        self.on_globe = np.asfortranarray(self.on_globe)


def on_globe(latitudes: Floats, longitudes: Floats) -> Floats:
    """Return points on the unit sphere, one per row; angles in degrees."""
    latitude, longitude = np.radians(latitudes), np.radians(longitudes)
    ring = np.cos(latitude)
    return np.column_stack((ring * np.cos(longitude), ring * np.sin(longitude), np.sin(latitude)))


@dataclass
class Times:
    """Coming times of documents, in minutes of local time (see `documents.time_encoding`)."""

    documents: Ids = field(default_factory=lambda: np.empty(0, np.uint32))
    starts: Minutes = field(default_factory=lambda: np.empty(0, np.int64))
    ends: Minutes = field(default_factory=lambda: np.empty(0, np.int64))


@dataclass
class Snapshot:
    """The index as of one change; immutable once published.

    Attributes:
        lexicon: words and reference data, as of the same change.
        audiences: the documents that each audience may find.
        facets: the documents by facet and value, internal facets included.
        columns: numeric values of documents.
        points: where they are.
        times: when they are held.
        names: folded name by document.
        labels: names of facet values that are not in the reference data.
        previous_ranked: `ranked` of the previous snapshot.
        postings: cache of posting lists by key; cleared when it grows too large.
    """

    lexicon: Lexicon
    audiences: dict[Audience, BitMap]
    facets: dict[str, dict[str, BitMap]]
    columns: Columns
    points: Points
    times: Times
    names: dict[int, str]
    labels: dict[tuple[str, str], str]
    postings: dict[Key, BitMap] = field(default_factory=dict)
    previous_ranked: list[tuple[str, int]] = field(default_factory=list)

    @property
    def size(self) -> int:
        """One more than the highest key of a document."""
        return len(self.columns.upkeep)

    def cache_postings(self, key: Key, documents: BitMap) -> None:
        """Cache a posting list, of bounded size."""
        if len(self.postings) >= _MOST_POSTINGS:
            self.postings.clear()
        self.postings[key] = documents

    def with_value(self, facet: str, value: str) -> BitMap:
        """Return the documents with a value of a facet; read-only."""
        if facet == "area":
            return self._areas.get(value, _EMPTY)
        if facet == "help_question":
            return self._questions.get(value, _EMPTY)
        return self.facets.get(facet, {}).get(value, _EMPTY)

    def values(self, facet: str) -> dict[str, BitMap]:
        """Return the documents by value of a facet; read-only."""
        if facet == "area":
            return self._areas
        if facet == "help_question":
            return self._questions
        return self.facets.get(facet, {})

    @cached_property
    def order(self) -> NDArray[np.uint32]:
        """The rank of each document by name, then key."""
        order = np.zeros(self.size, np.uint32)
        ranked = np.fromiter((key for _name, key in self.ranked), np.uint32, len(self.names))
        order[ranked] = np.arange(len(ranked), dtype=np.uint32)
        return order

    @cached_property
    def ranked(self) -> list[tuple[str, int]]:
        """Names and documents, sorted; starts from the previous order, which is faster."""
        pairs = [pair for pair in self.previous_ranked if self.names.get(pair[1]) == pair[0]]
        known = {key for _name, key in pairs}
        pairs += [(name, key) for key, name in self.names.items() if key not in known]
        pairs.sort()
        return pairs

    @cached_property
    def _areas(self) -> dict[str, BitMap]:
        """Documents by area: what takes place in it, or serves it, a wider or a narrower area."""
        held, served = self.facets.get("area", {}), self.facets.get("served", {})
        found: dict[str, BitMap] = dict(held)
        for slug, documents in served.items():
            for other in self.lexicon.vocabulary.wider_and_narrower_areas(slug):
                found[other] = found[other] | documents if other in found else documents
        return found

    @cached_property
    def _questions(self) -> dict[str, BitMap]:
        """Documents by help question: by its themes and target groups, or picked."""
        found = {}
        for question in self.lexicon.vocabulary.questions:
            sets = [
                BitMap.union(*(self.with_value(facet, value) for value in values))
                for facet, values in (
                    ("theme", question.themes),
                    ("target_group", question.target_groups),
                )
                if values
            ]
            gathered = BitMap.intersection(*sets) if sets else BitMap()
            found[question.slug] = gathered | BitMap(question.documents)
        return found

    @cached_property
    def question_stems(self) -> dict[str, BitMap]:
        """Documents by stem: those of the help questions with this stem in their name."""
        found: defaultdict[str, BitMap] = defaultdict(BitMap)
        for question in self.lexicon.vocabulary.questions:
            for stem in question.stems:
                found[stem] |= self._questions[question.slug]
        return dict(found)


_EMPTY = BitMap()
