"""What a process holds of the index: sets and arrays, as they were at one change of it."""

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

#: Where no day is known: before every day.
NEVER = 0

_MOST_POSTINGS = 50_000

Floats = NDArray[np.float64]
Ids = NDArray[np.uint32]
Minutes = NDArray[np.int64]


@dataclass
class Columns:
    """A value a document, at the place of its key."""

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
    """The places of documents, ordered by document; each a point on a globe of radius 1.

    So that the distance to all of them is a subtraction, without an angle.
    """

    documents: Ids = field(default_factory=lambda: np.empty(0, np.uint32))
    #: Three columns: x, y and z.
    on_globe: Floats = field(default_factory=lambda: np.empty((0, 3), np.float64))

    def __post_init__(self) -> None:
        """Lay the columns one after the other: going over them is then six times as fast."""
        self.on_globe = np.asfortranarray(self.on_globe)


def on_globe(latitudes: Floats, longitudes: Floats) -> Floats:
    """Return points on a globe of radius 1, a row each; angles in degrees."""
    latitude, longitude = np.radians(latitudes), np.radians(longitudes)
    ring = np.cos(latitude)
    return np.column_stack((ring * np.cos(longitude), ring * np.sin(longitude), np.sin(latitude)))


@dataclass
class Times:
    """Coming times of documents; minutes of local time, as `documents.times` counts them."""

    documents: Ids = field(default_factory=lambda: np.empty(0, np.uint32))
    starts: Minutes = field(default_factory=lambda: np.empty(0, np.int64))
    ends: Minutes = field(default_factory=lambda: np.empty(0, np.int64))


@dataclass
class Snapshot:
    """The index at one change; never altered once others can see it.

    Attributes:
        lexicon: words, and what stands beside records, at the same change.
        audiences: the documents that each audience may find.
        facets: the documents by facet and value, internal facets included.
        columns: values of documents.
        points: where they are.
        times: when they are held.
        names: the folded name, by document.
        labels: names of facet values that are nowhere else.
        earlier_ranked: `ranked` of the snapshot that this one was made of.
        postings: what the full-text table answered, by key; emptied when it grows too large.
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
    earlier_ranked: list[tuple[str, int]] = field(default_factory=list)

    @property
    def size(self) -> int:
        """One more than the highest key of a document."""
        return len(self.columns.upkeep)

    def remember(self, key: Key, documents: BitMap) -> None:
        """Keep what the table answered, until this holds no more."""
        if len(self.postings) >= _MOST_POSTINGS:
            self.postings.clear()
        self.postings[key] = documents

    def with_value(self, facet: str, value: str) -> BitMap:
        """Return the documents with a value of a facet; do not alter what is returned."""
        if facet == "area":
            return self._areas.get(value, _NOTHING)
        if facet == "help_question":
            return self._questions.get(value, _NOTHING)
        return self.facets.get(facet, {}).get(value, _NOTHING)

    def values(self, facet: str) -> dict[str, BitMap]:
        """Return the documents by value of a facet; do not alter what is returned."""
        if facet == "area":
            return self._areas
        if facet == "help_question":
            return self._questions
        return self.facets.get(facet, {})

    @cached_property
    def order(self) -> NDArray[np.uint32]:
        """The place of every document in the order of names, then of keys."""
        order = np.zeros(self.size, np.uint32)
        ranked = np.fromiter((key for _name, key in self.ranked), np.uint32, len(self.names))
        order[ranked] = np.arange(len(ranked), dtype=np.uint32)
        return order

    @cached_property
    def ranked(self) -> list[tuple[str, int]]:
        """Names and documents in their order; what is nearly sorted already is sorted soon."""
        pairs = [pair for pair in self.earlier_ranked if self.names.get(pair[1]) == pair[0]]
        known = {key for _name, key in pairs}
        pairs += [(name, key) for key, name in self.names.items() if key not in known]
        pairs.sort()
        return pairs

    @cached_property
    def _areas(self) -> dict[str, BitMap]:
        """By area: what takes place in it, and what serves it, a wider or a narrower one."""
        held, served = self.facets.get("area", {}), self.facets.get("served", {})
        found: dict[str, BitMap] = dict(held)
        for slug, documents in served.items():
            for other in self.lexicon.vocabulary.wider_and_narrower_areas(slug):
                found[other] = found[other] | documents if other in found else documents
        return found

    @cached_property
    def _questions(self) -> dict[str, BitMap]:
        """By help question: what it gathers by themes and target groups, and what was picked."""
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
        """By stem: what the help questions gather in whose name it stands."""
        found: defaultdict[str, BitMap] = defaultdict(BitMap)
        for question in self.lexicon.vocabulary.questions:
            for stem in question.stems:
                found[stem] |= self._questions[question.slug]
        return dict(found)


_NOTHING = BitMap()
