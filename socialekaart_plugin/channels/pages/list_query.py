"""What the address of the list asks for, and what in it cannot be read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from socialekaart_plugin.discovery.facets import DAYS, FACETS, VALUE
from socialekaart_plugin.discovery.query import QUERY_MAX_LENGTH
from socialekaart_plugin.discovery.query.plan import DayPart
from socialekaart_plugin.discovery.search import MAX_OFFSET, SearchRequest, Sort
from socialekaart_plugin.foundation.audiences import Audience

PARTS: tuple[DayPart, ...] = ("morning", "afternoon", "evening")
#: Metres.
RADII = (500, 1000, 2000, 5000, 10_000)
SORTS: tuple[Sort, ...] = ("relevance", "name", "distance", "-verified")
OLDEST = 120
#: What can be wrong, in the order of the screen.
PROBLEMS = ("search", "postcode", "radius", "when", "facets", "age", "sort")
#: Can be asked, but is no field of the form: days go with the parts of the day, as `day`.
WITHOUT_FIELD = "weekday"

_POSTCODE = re.compile(r"[1-9][0-9]{3} ?(?:[A-Za-z]{2})?")
_MOST_VALUES = 50
_LONGEST_FIELD = 40
_MAX_PAGE = 100_000

Parameters = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class ListQuery:
    """What someone asks of the list; what cannot be read is kept as typed, with what is wrong.

    Attributes:
        text: words.
        facets: chosen values by facet.
        postcode: as typed.
        radius: metres around it.
        days: days of the week, as in addresses.
        parts: parts of the day.
        open_now: held or open at this moment.
        age: as typed.
        sort: order.
        read_times: whether days and times in the words count as such.
        correct: whether words that nothing has may be taken for others.
        page: number of the page, from 1.
        problems: what cannot be read, in words, by field.
    """

    text: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    postcode: str = ""
    radius: int | None = None
    days: tuple[str, ...] = ()
    parts: tuple[DayPart, ...] = ()
    open_now: bool = False
    age: str = ""
    sort: Sort = "relevance"
    read_times: bool = True
    correct: bool = True
    page: int = 1
    problems: Mapping[str, str] = field(default_factory=dict)

    @property
    def has_point(self) -> bool:
        """Whether there is a postcode to look from."""
        return bool(self.postcode) and "postcode" not in self.problems

    @property
    def has_age(self) -> bool:
        """Whether there is an age to look for."""
        return bool(self.age) and "age" not in self.problems

    @property
    def is_narrowed(self) -> bool:
        """Whether it asks for anything but everything, in the usual order."""
        return bool(self.parameters())

    @property
    def filter_count(self) -> int:
        """How many choices are made beside the words."""
        values = sum(len(chosen) for chosen in self.facets.values())
        return values + self.time_count + self.has_point + self.has_age

    @property
    def time_count(self) -> int:
        """How many choices are made of days and times."""
        return len(self.days) + len(self.parts) + self.open_now

    def parameters(self) -> Parameters:
        """Return what an address of this holds, without the page; empty values left out."""
        values: Parameters = {
            "search": (self.text,),
            **self.facets,
            "postcode": (self.postcode,),
            "radius": (str(self.radius or ""),),
            "day": self.days,
            "part": self.parts,
            "open": ("1" if self.open_now else "",),
            "age": (self.age,),
            "sort": ("" if self.sort == "relevance" else self.sort,),
            "times": ("" if self.read_times else "0",),
            "exact": ("" if self.correct else "1",),
        }
        return _filled(values)

    def url(self, **changes: str | int | tuple[str, ...]) -> str:
        """Return the query part of an address with some values changed; empty ones left out."""
        changed = {
            name: value if isinstance(value, tuple) else (str(value),)
            for name, value in changes.items()
        }
        return "?" + urlencode(_filled({**self.parameters(), **changed}), doseq=True)

    def url_without(self, name: str, value: str) -> str:
        """Return the query part of an address that leaves one value of a choice out."""
        kept = tuple(each for each in self.parameters().get(name, ()) if each != value)
        return self.url(**{name: kept})

    def search_request(
        self, audience: Audience, *, page_size: int, counted: tuple[str, ...]
    ) -> SearchRequest:
        """Return the request for the one search; what cannot be read is left out of it."""
        return SearchRequest(
            text=self.text,
            facets=self.facets,
            postcode=self.postcode if self.has_point else "",
            radius=self.radius if self.has_point else None,
            weekdays=tuple(DAYS.index(day) for day in self.days),
            parts=self.parts,
            open_now=self.open_now,
            age=int(self.age) if self.has_age else None,
            sort="relevance" if self.sort == "distance" and not self.has_point else self.sort,
            offset=min((self.page - 1) * page_size, MAX_OFFSET),
            limit=page_size,
            audience=audience,
            counted=counted,
            read_times=self.read_times,
            correct=self.correct,
        )


def read_list_query(query: QueryDict) -> ListQuery:
    """Read the parameters of an address; nothing in them is an error."""
    reader = _Reader(query)
    return ListQuery(
        text=reader.text(),
        facets=reader.facets(),
        postcode=reader.postcode(),
        radius=reader.radius(),
        days=reader.chosen("day", DAYS),
        parts=cast(tuple[DayPart, ...], reader.chosen("part", PARTS)),
        open_now=reader.last("open") == "1",
        age=reader.age(),
        sort=reader.sort(),
        read_times=reader.last("times") != "0",
        correct=reader.last("exact") != "1",
        page=_page_number(reader.last("page")),
        problems=reader.problems,
    )


class _Reader:
    """Reads parameters one by one, and gathers what is wrong with them."""

    def __init__(self, query: QueryDict) -> None:
        self.query = query
        self.problems: dict[str, str] = {}

    def last(self, name: str) -> str:
        """Return the last value of a parameter, fit to be shown in a field."""
        return self.query.get(name, "").replace("\x00", "").strip()[:_LONGEST_FIELD]

    def text(self) -> str:
        typed = self.query.get("search", "").replace("\x00", "").strip()
        if len(typed) > QUERY_MAX_LENGTH:
            self.problems["search"] = _(
                "That is a lot of text. Only the first %(number)s characters were looked for."
            ) % {"number": QUERY_MAX_LENGTH}
        return typed[:QUERY_MAX_LENGTH].strip()

    def facets(self) -> dict[str, tuple[str, ...]]:
        asked = {name: self._given(name) for name in FACETS}
        found = {
            name: tuple(value for value in values if VALUE.fullmatch(value))[:_MOST_VALUES]
            for name, values in asked.items()
        }
        if found != asked:
            self.problems["facets"] = _("One of the choices does not exist. It was left out.")
        return {name: values for name, values in found.items() if values}

    def chosen(self, name: str, known: tuple[str, ...]) -> tuple[str, ...]:
        given = self._given(name)
        if not set(given) <= set(known):
            self.problems["when"] = _("One of the days or times does not exist. It was left out.")
        return tuple(value for value in known if value in given)

    def postcode(self) -> str:
        typed = self.last("postcode")
        if typed and not _POSTCODE.fullmatch(typed):
            self.problems["postcode"] = _(
                "This is not a postcode. Type four digits, with or without two letters: 2711 AB."
            )
        elif not typed and self.last("sort") == "distance":
            self.problems["postcode"] = _("Type a postcode to see first what is nearest.")
        elif not typed and self.last("radius"):
            self.problems["postcode"] = _("Type a postcode too: how far from where?")
        return typed

    def radius(self) -> int | None:
        typed = self.last("radius")
        if not typed or typed in map(str, RADII):
            return int(typed) if typed else None
        self.problems["radius"] = _("Choose a distance from the list.")
        return None

    def age(self) -> str:
        typed = self.last("age")
        is_number = typed.isascii() and typed.isdigit() and len(typed) <= 3
        if typed and not (is_number and int(typed) <= OLDEST):
            self.problems["age"] = _("Type an age in whole years, from 0 to %(oldest)s.") % {
                "oldest": OLDEST
            }
        return typed

    def sort(self) -> Sort:
        typed = self.last("sort")
        for sort in SORTS:
            if typed == sort:
                return sort
        if typed:
            self.problems["sort"] = _("Choose an order from the list.")
        return "relevance"

    def _given(self, name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value for value in self.query.getlist(name) if value))


def _filled(values: Mapping[str, tuple[str, ...]]) -> Parameters:
    kept = {name: tuple(filter(None, given)) for name, given in values.items()}
    return {name: given for name, given in kept.items() if given}


def _page_number(value: str) -> int:
    """Read a page number: nonsense is 1, anything too large the largest that is looked at."""
    if not value.isascii() or not value.isdigit():
        return 1
    return max(1, min(int(value[:7]), _MAX_PAGE))
