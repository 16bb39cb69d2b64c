"""What someone looks for, and what they are answered."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from socialekaart_plugin.discovery.engines.base import Near, Sort
from socialekaart_plugin.discovery.query.plan import Correction, DayPart, QueryPlan
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.publication.rules import Payload

#: The last record that can be reached by paging; deeper offsets give an empty page.
MAX_OFFSET = 1_000_000


class UnknownPostcode(LookupError):  # noqa: N818 - as Http404: it says what was asked
    """Nothing is known at a postcode, nor near it."""


@dataclass(frozen=True)
class SearchRequest:
    """What someone looks for.

    Attributes:
        text: words, at most `QUERY_MAX_LENGTH` characters of which are looked at.
        facets: chosen values by facet name: OR within a facet, AND between facets.
        postcode: where to look from, "2711 AB" or four digits.
        near: where to look from, as a point; goes before a postcode.
        radius: metres around it; None is any distance.
        weekdays: 0 is Monday.
        parts: parts of the day.
        dates: certain days.
        open_now: held or open at this moment.
        age: in years.
        verified_since: verified on this day or later.
        sort: order; by name when there are no words.
        offset: how many records to pass over.
        limit: how many records to give.
        audience: as whom one looks.
        counted: facets to count.
        read_times: whether days and times in the text become filters.
        correct: whether words that nothing has may be taken for others.
        explain: whether to tell why a record stands where it stands.
    """

    text: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    postcode: str = ""
    near: Near | None = None
    radius: float | None = None
    weekdays: tuple[int, ...] = ()
    parts: tuple[DayPart, ...] = ()
    dates: tuple[datetime.date, ...] = ()
    open_now: bool = False
    age: int | None = None
    verified_since: datetime.date | None = None
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 20
    audience: Audience = Audience.PUBLIC
    counted: tuple[str, ...] = ()
    read_times: bool = True
    correct: bool = True
    explain: bool = False


@dataclass(frozen=True)
class FacetOption:
    """A value one can filter by.

    Attributes:
        value: as it stands in addresses.
        name: as people read it.
        depth: how deep it lies in its tree, 0 at the top.
        count: how many records would fit with it chosen, the other groups as they are.
        is_chosen: whether it is chosen now.
    """

    value: str
    name: str
    depth: int
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Relaxation:
    """Something one could leave out or change, and how many records that would give.

    Attributes:
        kind: "facet", "word", "when", "near", "age", "verified", "area" (a nearby one instead).
        name: of the facet, or the word; empty for the others.
        value: for "area" the slug of the area to choose instead.
        label: for "area" its name.
        total: how many records it would give.
    """

    kind: Literal["facet", "word", "when", "near", "age", "verified", "area"]
    name: str
    total: int
    value: str = ""
    label: str = ""


@dataclass(frozen=True)
class Question:
    """A help question that fits: its slug, short id, wording and how many records it gathers."""

    slug: str
    short_id: str
    name: str
    explanation: str
    count: int


@dataclass(frozen=True)
class Found:
    """A record that was found.

    Attributes:
        payload: as it reads today.
        distance: metres to the nearest of its places; None without a point or without places.
        snippet: part of the summary or description, as pieces: text, and whether it was looked for.
        name: the name in pieces, likewise.
        is_pinned: whether an editor put it first.
        explanation: why it stands here; only when asked.
    """

    payload: Payload
    distance: float | None = None
    name: tuple[tuple[str, bool], ...] = ()
    snippet: tuple[tuple[str, bool], ...] = ()
    is_pinned: bool = False
    explanation: tuple[str, ...] = ()


@dataclass(frozen=True)
class SearchResults:
    """What was found.

    Attributes:
        found: the records of this page.
        total: how many there are in all.
        options: the values of every facet that was counted, as a tree in its order.
        plan: what was made of the text.
        corrections: words that were taken for others; then the results are those of the others.
        near: the point that was looked from.
        relaxations: what one could leave out; only with few results.
        questions: help questions that fit the text.
    """

    found: list[Found]
    total: int
    options: dict[str, list[FacetOption]]
    plan: QueryPlan
    corrections: tuple[Correction, ...] = ()
    near: Near | None = None
    relaxations: tuple[Relaxation, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def payloads(self) -> list[Payload]:
        """The records of this page."""
        return [found.payload for found in self.found]
