"""The kinds of results the site search shows: one function a kind, in the order of the screen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Page as ResultsPage
from django.core.paginator import Paginator
from django.http import HttpRequest
from wagtail.models import Page, Site

from socialekaart_plugin.discovery.search import SearchRequest, search
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.publication.selectors import audience_for

PER_PAGE = 10


@dataclass(frozen=True)
class Section:
    """One kind of results: its heading, one page of them, how each is shown.

    `name` is also the parameter in the address that says which page of them is shown.
    """

    name: str
    title: str
    results: ResultsPage[Any]
    template: str

    @property
    def total(self) -> int:
        """How many there are in all."""
        return self.results.paginator.count


def page_of(results: Sequence[Any], number: str | None) -> ResultsPage[Any]:
    """Answer the page of results that was asked for, or the nearest one that exists."""
    return Paginator(results, PER_PAGE).get_page(number)


def pages_section(request: HttpRequest, words: list[str]) -> Section:
    """Search the pages of this site that everybody may read."""
    site = Site.find_for_request(request)
    found: Sequence[Any] = []
    if words and site:
        pages = Page.objects.live().public().descendant_of(site.root_page, inclusive=True)
        found = pages.search(" ".join(words), operator="and")
    results = page_of(found, request.GET.get("pagina"))
    return Section(
        name="pagina",
        title="Pagina's",
        results=results,
        template="search/_page.html",
    )


class FoundRecords(Sequence[dict[str, Any]]):
    """What the sociale kaart has on some words, read a page at a time."""

    def __init__(self, words: list[str], audience: Audience) -> None:
        """Count at once; the records are read when a page of them is asked for."""
        self.request = SearchRequest(text=" ".join(words), audience=audience)
        self.total = search(replace(self.request, limit=0)).total

    def __len__(self) -> int:
        """Answer how many there are."""
        return self.total

    def __getitem__(self, part: Any) -> Any:
        """Answer one page of them."""
        return search(
            replace(self.request, offset=part.start, limit=part.stop - part.start)
        ).payloads


def records_section(request: HttpRequest, words: list[str]) -> Section:
    """Search the organisations and activities of the sociale kaart."""
    found: Sequence[Any] = FoundRecords(words, audience_for(request.user)) if words else []
    results = page_of(found, request.GET.get("kaart"))
    return Section(
        name="kaart",
        title="Sociale kaart",
        results=results,
        template="search/_record.html",
    )


# Records of the sociale kaart come before pages.
SECTIONS: list[Callable[[HttpRequest, list[str]], Section]] = [records_section, pages_section]
