"""Reads the query parameters of the list, and keeps what cannot be read with an error message."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from socialekaart_plugin.discovery.facets import FACETS
from socialekaart_plugin.discovery.query.plan import DayPart
from socialekaart_plugin.discovery.search import MAX_OFFSET, SearchRequest
from socialekaart_plugin.discovery.search_parameters import (
    ParameterNames,
    Parameters,
    read_parameters,
)
from socialekaart_plugin.foundation.audiences import Audience

PARTS: tuple[DayPart, ...] = ("morning", "afternoon", "evening")
#: Radius choices in metres.
RADII = (500, 1000, 2000, 5000, 10_000)
#: Query parameters of the list, without the page.
NAMES = ParameterNames(
    text="search",
    facets=tuple(FACETS),
    postcode="postcode",
    radius="radius",
    day="day",
    part="part",
    open_now="open",
    age="age",
    sort="sort",
    times="times",
    exact="exact",
    sorts=("relevance", "name", "distance", "-verified"),
    radii=RADII,
)
#: Fields that can have an error, in screen order.
PROBLEMS = ("search", "postcode", "radius", "when", "facets", "age", "sort")
#: A parameter without a form field: the form sends days, with parts of the day, as `day`.
WITHOUT_FIELD = "weekday"

#: Fields with errors whose screen names differ from those of the reader.
_PROBLEMS = {"text": "search", "day": "when", "part": "when"}
_LONGEST_PAGE = 40
_MAX_PAGE = 100_000


@dataclass(frozen=True)
class ListQuery:
    """A list query; values that cannot be read are kept as typed, with an error message.

    Attributes:
        wanted: the search request, without values that cannot be read.
        parameters: the query parameters, without the page.
        page: number of the page, from 1.
        problems: error messages by field.
    """

    wanted: SearchRequest
    parameters: Parameters
    page: int
    problems: Mapping[str, str]

    @property
    def text(self) -> str:
        """The search words."""
        return self.wanted.text

    @property
    def facets(self) -> Mapping[str, tuple[str, ...]]:
        """The chosen values by facet."""
        return self.wanted.facets

    @property
    def postcode(self) -> str:
        """The postcode, as typed."""
        return self.value("postcode")

    @property
    def age(self) -> str:
        """The age, as typed."""
        return self.value("age")

    @property
    def open_now(self) -> bool:
        """Whether it asks for records that are held or open now."""
        return self.wanted.open_now

    @property
    def has_point(self) -> bool:
        """Whether there is a postcode to measure from."""
        return bool(self.wanted.postcode)

    @property
    def has_age(self) -> bool:
        """Whether there is an age to filter on."""
        return self.wanted.age is not None

    @property
    def is_narrowed(self) -> bool:
        """Whether it differs from the full list in the default order."""
        return bool(self.parameters)

    @property
    def filter_count(self) -> int:
        """The number of chosen filters, without the words."""
        values = sum(len(chosen) for chosen in self.facets.values())
        return values + self.time_count + self.has_point + self.has_age

    @property
    def time_count(self) -> int:
        """The number of chosen days and times."""
        return len(self.wanted.weekdays) + len(self.wanted.parts) + self.open_now

    def value(self, name: str) -> str:
        """Return the value of a single-value field; empty if it has none."""
        return "".join(self.parameters.get(name, ())[:1])

    def url(self, **changes: str | int | tuple[str, ...]) -> str:
        """Return the query string with some values changed; empty values are left out."""
        changed = {
            name: value if isinstance(value, tuple) else (str(value),)
            for name, value in changes.items()
        }
        return "?" + urlencode(_filled({**self.parameters, **changed}), doseq=True)

    def url_without(self, name: str, value: str) -> str:
        """Return the query string without one value of a facet."""
        kept = tuple(each for each in self.parameters.get(name, ()) if each != value)
        return self.url(**{name: kept})

    def search_request(self, *, page_size: int, counted: tuple[str, ...]) -> SearchRequest:
        """Return the request for this page of the list."""
        offset = min((self.page - 1) * page_size, MAX_OFFSET)
        return replace(self.wanted, offset=offset, limit=page_size, counted=counted)

    def without_point(self, problem: str) -> "ListQuery":
        """Return the same query without a point, with an error message for the postcode."""
        sort = self.wanted.sort
        wanted = replace(
            self.wanted,
            postcode="",
            radius=None,
            sort="relevance" if sort == "distance" else sort,
        )
        return replace(self, wanted=wanted, problems={**self.problems, "postcode": problem})


def read_list_query(query: QueryDict, audience: Audience) -> ListQuery:
    """Read the query parameters; invalid values never raise."""
    read = read_parameters(query, NAMES, strict=False, audience=audience)
    return ListQuery(
        wanted=read.request,
        parameters=read.parameters,
        page=_page_number(query.get("page", "")),
        problems={
            _PROBLEMS.get(problem.meaning, problem.meaning): str(problem.reason)
            for problem in read.problems
        },
    )


def _filled(values: Mapping[str, tuple[str, ...]]) -> Parameters:
    kept = {name: tuple(filter(None, given)) for name, given in values.items()}
    return {name: given for name, given in kept.items() if given}


def _page_number(value: str) -> int:
    """Read a page number: invalid input gives 1, and numbers are capped at the maximum."""
    number = value.replace("\x00", "").strip()[:_LONGEST_PAGE]
    if not number.isascii() or not number.isdigit():
        return 1
    return max(1, min(int(number[:7]), _MAX_PAGE))
