"""What the list shows: results turned into what a template prints."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest

from socialekaart_plugin.discovery.facets import FACETS
from socialekaart_plugin.discovery.rules import QUERY_MAX_LENGTH
from socialekaart_plugin.discovery.search import (
    FacetOption,
    SearchRequest,
    SearchResults,
    facet_options,
    search,
)
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.foundation.conf import conf
from socialekaart_plugin.publication.choices import FINDABLE, RecordKind

from .cards import items

if TYPE_CHECKING:
    from .models import DirectoryPage

#: Facets shown as a field; `organisation` is only followed from a record.
OFFERED_FACETS = ["theme", "area"]

_VALUE = re.compile(r"[-\w]{1,120}")
_MAX_PAGE = 100_000


@dataclass(frozen=True)
class Choice:
    """A line of a select field."""

    value: str
    name: str
    depth: int
    is_selected: bool

    @property
    def indent(self) -> str:
        """Spaces that show how deep it lies; non-breaking, for a select drops the others."""
        return "\u00a0" * 3 * self.depth


@dataclass(frozen=True)
class Filter:
    """A select field of the search form."""

    name: str
    label: str
    choices: list[Choice]


@dataclass(frozen=True)
class Chip:
    """A chosen filter, and where leaving it out leads."""

    label: str
    remove_url: str


@dataclass(frozen=True)
class PageLink:
    """A number below the list; without address for the page one is on and for a gap."""

    label: str
    url: str
    is_current: bool


class ListQuery:
    """What the address of the list asks for; nonsense in it is passed over, never an error."""

    def __init__(self, request: HttpRequest) -> None:
        """Read the address of a request."""
        self.text = request.GET.get("search", "").replace("\x00", "")[:QUERY_MAX_LENGTH].strip()
        self.kind = request.GET.get("kind", "")
        if self.kind not in FINDABLE:
            self.kind = ""
        self.facets = {
            name: request.GET.get(name, "")
            for name in FACETS
            if _VALUE.fullmatch(request.GET.get(name, ""))
        }
        self.page = _page_number(request.GET.get("page", "1"))

    def url(self, **changes: str | int) -> str:
        """Return the query part of an address with some values changed; empty ones left out."""
        values = {"search": self.text, "kind": self.kind, **self.facets, **changes}
        return "?" + urlencode({name: value for name, value in values.items() if value})

    def search_request(self, audience: Audience, page_size: int) -> SearchRequest:
        """Return the request for the one search."""
        return SearchRequest(
            text=self.text,
            kinds=(RecordKind(self.kind),) if self.kind else (),
            facets={name: (value,) for name, value in self.facets.items()},
            offset=(self.page - 1) * page_size,
            limit=page_size,
            audience=audience,
        )


def list_context(page: "DirectoryPage", request: HttpRequest, audience: Audience) -> dict[str, Any]:
    """Return what the list shows."""
    query = ListQuery(request)
    size = conf.PAGE_SIZE
    results = search(query.search_request(audience, size))
    options = facet_options(OFFERED_FACETS, audience=audience)
    filters = [_filter(name, options[name], query, results) for name in OFFERED_FACETS]
    last_page = max(1, -(-results.total // size))
    return {
        "query": query,
        "total": results.total,
        "items": items(page, request, results),
        "kinds": [Choice(kind.value, str(kind.label), 0, kind == query.kind) for kind in FINDABLE],
        "filters": filters,
        "kept": {n: value for n, value in query.facets.items() if n not in OFFERED_FACETS},
        "chips": _chips(query, filters, results),
        "is_beyond_last_page": query.page > last_page,
        "page_number": query.page,
        "last_page": last_page,
        "page_links": _page_links(query, results.total, size) if last_page > 1 else [],
        "previous_url": query.url(page=query.page - 1) if 1 < query.page <= last_page else "",
        "next_url": query.url(page=query.page + 1) if query.page < last_page else "",
        "first_page_url": query.url(),
        "is_referrer": audience == Audience.REFERRER,
    }


def _filter(
    name: str, options: list[FacetOption], query: ListQuery, results: SearchResults
) -> Filter:
    chosen = query.facets.get(name, "")
    choices = [Choice(o.value, o.name, o.depth, o.value == chosen) for o in options]
    if chosen and not any(choice.is_selected for choice in choices):
        # Followed from elsewhere, not offered here: a next search must not lose it unseen.
        choices.append(Choice(chosen, _name_in(results, name, chosen), 0, is_selected=True))
    return Filter(name, str(FACETS[name].label), choices)


def _chips(query: ListQuery, filters: list[Filter], results: SearchResults) -> list[Chip]:
    chips = []
    if query.text:
        chips.append(Chip(f"“{query.text}”", query.url(search="")))
    if query.kind:
        chips.append(Chip(str(RecordKind(query.kind).label), query.url(kind="")))
    names = {(f.name, choice.value): choice.name for f in filters for choice in f.choices}
    for name, value in query.facets.items():
        label = names.get((name, value)) or _name_in(results, name, value)
        chips.append(Chip(f"{FACETS[name].label}: {label}", query.url(**{name: ""})))
    return chips


def _name_in(results: SearchResults, facet: str, value: str) -> str:
    """Return the name that the records found give to a value of a facet, else the value."""
    for payload in results.payloads:
        areas = [area for place in payload["places"] for area in place["areas"]]
        named = {"area": areas, "organisation": payload.get("organisations", [])}
        for thing in named.get(facet, []):
            if thing["slug"] == value:
                return str(thing["name"])
    return value


def _page_number(value: str) -> int:
    """Read a page number: nonsense is 1, anything too large the largest that is looked at."""
    if not value.isascii() or not value.isdigit():
        return 1
    return max(1, min(int(value[:7]), _MAX_PAGE))


def _page_links(query: ListQuery, total: int, size: int) -> list[PageLink]:
    paginator = Paginator(range(total), size)
    number = min(query.page, paginator.num_pages)
    links = []
    for label in paginator.get_elided_page_range(number, on_each_side=1, on_ends=1):
        is_number = isinstance(label, int)
        is_current = label == query.page
        url = query.url(page=int(label)) if is_number and not is_current else ""
        links.append(PageLink(str(label), url, is_current))
    return links
