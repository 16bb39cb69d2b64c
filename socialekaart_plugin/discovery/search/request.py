"""The search request and its results, shared by all channels."""

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
    """No place has this postcode, nor its four digits."""


@dataclass(frozen=True)
class SearchRequest:
    """A search.

    Attributes:
        text: the query; cut to `QUERY_MAX_LENGTH` characters.
        facets: chosen values by facet name: OR within a facet, AND between facets.
        postcode: centre of the search, "2711 AB" or four digits.
        near: centre of the search as a point; takes precedence over the postcode.
        radius: metres around it; None is unlimited.
        weekdays: 0 is Monday.
        parts: parts of the day.
        dates: particular days.
        open_now: held or open at this moment.
        age: in years.
        verified_since: verified on this day or later.
        sort: order; by name for an empty query.
        offset: how many records to skip.
        limit: how many records to return.
        audience: who searches.
        counted: facets to count.
        read_times: whether days and times in the text become filters.
        correct: whether to correct the spelling of words without results.
        explain: whether to explain the rank of each record.
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
    """A value of a facet that visitors can choose.

    Attributes:
        value: in URLs.
        name: for display.
        depth: level in its tree, 0 at the top.
        count: number of results with it chosen, other filters unchanged.
        is_chosen: whether it is chosen.
    """

    value: str
    name: str
    depth: int
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Relaxation:
    """A filter or word to drop or change, and the number of results without it.

    Attributes:
        kind: "facet", "word", "when", "near", "age", "verified", "area" (a nearby one instead).
        name: of the facet, or the word; empty for the others.
        value: for "area" the slug of the area to choose instead.
        label: for "area" its name.
        total: number of results.
    """

    kind: Literal["facet", "word", "when", "near", "age", "verified", "area"]
    name: str
    total: int
    value: str = ""
    label: str = ""


@dataclass(frozen=True)
class Question:
    """A help question that fits the query: slug, short id, wording and number of records."""

    slug: str
    short_id: str
    name: str
    explanation: str
    count: int


@dataclass(frozen=True)
class Found:
    """A record that was found.

    Attributes:
        payload: as of today.
        distance: metres to the nearest of its places; None without a point or without places.
        snippet: part of the summary or description, as pieces: text, and whether it is a match.
        name: the name in pieces, likewise.
        is_pinned: whether an editor put it first.
        explanation: of its rank; only on request.
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
        options: values of each counted facet, as a tree in its order.
        plan: the query plan.
        corrections: spelling corrections that the results are based on.
        near: centre of the search.
        relaxations: only with few results.
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
