"""The interface of a search engine: a query in; hits, total and facet counts out."""

import datetime
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from socialekaart_plugin.discovery.query.plan import Clause, When
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.publication.rules import Payload

Sort = Literal["relevance", "name", "-name", "distance", "-verified"]


@dataclass(frozen=True)
class Near:
    """A point (degrees, WGS84) and a radius (metres; None is unlimited)."""

    latitude: float
    longitude: float
    radius: float | None = None


@dataclass(frozen=True)
class EngineQuery:
    """A search as an engine runs it.

    Attributes:
        clauses: of the query plan; empty matches everything.
        minimum: how many clauses must match; all of them when it equals their number.
        facets: chosen values by facet: OR within a facet, AND between facets; `kind` included.
        near: a point, and a radius.
        when: days and times.
        now: the moment of the search, aware.
        age: an age in years that the record must be meant for.
        verified_since: verified on this day or later.
        audience: who searches.
        pinned: keys of public records that come first when they match the filters.
        excluded: keys of public records that are left out.
        sort: order of the hits; ties by name, then by key.
        offset: how many hits to skip.
        limit: how many hits to return.
        counted: facets to count; the counts of a facet ignore its own filter.
        explain: whether hits explain their score.
    """

    clauses: tuple[Clause, ...] = ()
    minimum: int = 0
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    near: Near | None = None
    when: When = field(default_factory=When)
    now: datetime.datetime | None = None
    age: int | None = None
    verified_since: datetime.date | None = None
    audience: Audience = Audience.PUBLIC
    pinned: tuple[int, ...] = ()
    excluded: tuple[int, ...] = ()
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 20
    counted: tuple[str, ...] = ()
    explain: bool = False


@dataclass(frozen=True)
class Reading:
    """One part of the explanation of a score.

    Attributes:
        what: "match", "fresh", "distance", "pinned".
        words: the word that matched; empty unless `what` is "match".
        reason: of the alternative that matched, or the state of upkeep.
        field: where it matched: name, other_names, name_parts, questions, summary, subjects,
            parts, description; literal for an exact word form.
        value: points for a match; a factor for the others.
    """

    what: str
    words: str
    reason: str
    field: str
    value: float


@dataclass(frozen=True)
class Hit:
    """A record that was found.

    Attributes:
        record: key of the public record.
        payload: as stored, for the audience asked.
        score: relevance; comparable within one result only.
        distance: metres to the nearest of its places; None without a point or without places.
        is_pinned: an editor put it here.
        readings: explanation of the score; only on request.
    """

    record: int
    payload: Payload
    score: float
    distance: float | None = None
    is_pinned: bool = False
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True)
class EngineResults:
    """What an engine found.

    Attributes:
        hits: of the requested page.
        total: number of all hits.
        counts: by facet and value, the number of hits with this value chosen; zeros left out.
    """

    hits: list[Hit]
    total: int
    counts: dict[str, dict[str, int]]


@dataclass(frozen=True)
class Named:
    """A value of a facet, or a record, with its name.

    Attributes:
        kind: a facet (theme, tag, help_question, area) or a kind of record.
        value: slug of the facet value; short id of a record.
        name: for display.
        count: number of its records for the audience; 1 for a record.
    """

    kind: str
    value: str
    name: str
    count: int


@dataclass(frozen=True)
class Value:
    """Name and position of a value of a facet.

    Attributes:
        name: for display.
        place: sort key: that of its ancestors first.
        depth: level in its tree, 0 at the top.
        area_kind: of an area, municipality, district or neighbourhood.
        centre: of an area, latitude and longitude in degrees.
        short_id: of the public record that it is.
        explanation: of a help question.
    """

    name: str
    place: tuple[tuple[int, str], ...] = ()
    depth: int = 0
    area_kind: str = ""
    centre: tuple[float, float] | None = None
    short_id: str = ""
    explanation: str = ""


class Engine(ABC):
    """Searches public records; one object serves one request."""

    @property
    @abstractmethod
    def decided(self) -> str:
        """Mark of the current rules of editors (`selectors.plan_rules`)."""

    @property
    def was_answered(self) -> bool:
        """Whether a server responded to this object, and so is healthy."""
        return False

    @abstractmethod
    def search(self, query: EngineQuery) -> EngineResults:
        """Find records.

        Raises:
            LookupError: a facet that does not exist.
        """

    @abstractmethod
    def totals(self, queries: Sequence[EngineQuery]) -> list[int]:
        """Return the number of hits of each query, in one round trip."""

    @abstractmethod
    def words_like(self, word: str, *, prefix: bool, limit: int) -> list[str]:
        """Return indexed words (folded) that start with `word`, or resemble it; best first.

        Words of records for any audience: check that this audience gets hits before showing one.
        """

    @abstractmethod
    def names(self, words: Iterable[str], *, audience: Audience, limit: int) -> list[Named]:
        """Return organisations, activities and places whose name has these words.

        Args:
            words: folded; the last may be a prefix.
            audience: who searches.
            limit: how many at most.
        """

    @abstractmethod
    def values(self, facet: str) -> Mapping[str, Value]:
        """Return the values of a facet that are public records or keywords."""

    @abstractmethod
    def point_of(self, postcode: str, *, audience: Audience) -> tuple[float, float] | None:
        """Return the centroid of the places with a postcode, or with its four digits.

        Args:
            postcode: four digits, or those with two letters, without a space.
            audience: only places that they may see.

        Returns:
            Latitude and longitude in degrees; None when there is no such place.
        """
