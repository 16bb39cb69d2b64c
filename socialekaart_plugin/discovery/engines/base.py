"""What every engine answers: a query of tokens and filters in; hits, total and counts out."""

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
    """A point (degrees, WGS84), and how far around it to look (metres; None is any distance)."""

    latitude: float
    longitude: float
    radius: float | None = None


@dataclass(frozen=True)
class EngineQuery:
    """What an engine is to find.

    Attributes:
        clauses: of the query plan; empty matches everything.
        minimum: how many clauses must match; all of them when it equals their number.
        facets: chosen values by facet: OR within a facet, AND between facets; `kind` included.
        near: a point, and a radius.
        when: days and times.
        now: the moment of asking, aware.
        age: an age in years that the record must be meant for.
        verified_since: verified on this day or later.
        audience: as whom one looks.
        pinned: keys of public records that come first when they fit the filters.
        excluded: keys of public records that are left out.
        sort: order of the hits; ties by name, then by key.
        offset: how many hits to pass over.
        limit: how many hits to give.
        counted: facets to count; a facet's counts ignore its own choice.
        explain: whether hits tell how their score came about.
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
    """One reason why a record scores as it does.

    Attributes:
        what: "match", "fresh", "distance", "pinned".
        words: the word that was found; empty for what is no word.
        reason: of the alternative that matched, or the state of upkeep.
        field: where it was found: name, other_names, name_parts, questions, summary, subjects,
            parts, description; literal for a word in just this form.
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
        score: relevance; only to be compared within one answer.
        distance: metres to the nearest of its places; None without a point or without places.
        is_pinned: an editor put it here.
        readings: how the score came about; only when asked.
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
        hits: of the page that was asked.
        total: how many fit in all.
        counts: by facet, by value: how many would fit with this value chosen; zeros left out.
    """

    hits: list[Hit]
    total: int
    counts: dict[str, dict[str, int]]


@dataclass(frozen=True)
class Named:
    """A value of a facet, or a record, with what people call it.

    Attributes:
        kind: a facet (theme, tag, help_question, area) or a kind of record.
        value: slug of the facet value; short id of a record.
        name: as people read it.
        count: how many records are behind it, for the audience asked; 1 for a record.
    """

    kind: str
    value: str
    name: str
    count: int


@dataclass(frozen=True)
class Value:
    """What people call a value of a facet.

    Attributes:
        name: as people read it.
        place: by which values are sorted: of its wider ones first.
        depth: how deep it lies in its tree, 0 at the top.
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
    """Something that finds public records; one object answers for one request."""

    @property
    @abstractmethod
    def decided(self) -> str:
        """Mark of what editors decided, as the index knows it (`selectors.plan_rules`)."""

    @property
    def was_answered(self) -> bool:
        """Whether a server answered this object, so that all is well there."""
        return False

    @abstractmethod
    def search(self, query: EngineQuery) -> EngineResults:
        """Find records.

        Raises:
            LookupError: a facet that does not exist.
        """

    @abstractmethod
    def totals(self, queries: Sequence[EngineQuery]) -> list[int]:
        """Return how many records fit each query, in one go; for what else one could ask."""

    @abstractmethod
    def words_like(self, word: str, *, prefix: bool, limit: int) -> list[str]:
        """Return folded words of the records that begin with `word`, or resemble it; best first.

        Of all records: whoever shows one must see that the audience finds something with it.
        """

    @abstractmethod
    def names(self, words: Iterable[str], *, audience: Audience, limit: int) -> list[Named]:
        """Return organisations, activities and places whose name has these words.

        Args:
            words: folded; the last may be the first part of a word.
            audience: as whom one looks.
            limit: how many at most.
        """

    @abstractmethod
    def values(self, facet: str) -> Mapping[str, Value]:
        """Return what is known of the values of a facet that are public records, or keywords."""

    @abstractmethod
    def point_of(self, postcode: str, *, audience: Audience) -> tuple[float, float] | None:
        """Return the middle of the places with a postcode, or with its four digits.

        Args:
            postcode: four digits, or those with two letters, without a space.
            audience: only places that they may see.

        Returns:
            Latitude and longitude in degrees; None when there is no such place.
        """
