"""The sections of the site search: one function for each kind of result, in screen order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.paginator import Page as ResultsPage
from django.core.paginator import Paginator
from django.http import HttpRequest
from wagtail.models import Page, Site

from search.query import Question
from socialekaart_plugin.discovery.search import Found, SearchRequest, SearchResults, search
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.publication.selectors import audience_for

PER_PAGE = 10
MOST_PAGES = 1_000


@dataclass(frozen=True)
class Section:
    """One kind of results: its heading, a page of results, and how to show each of them.

    `name` is also the query parameter for the page number of this section. `reading` is how the
    search interpreted the question: replaced words, days and times.
    """

    name: str
    title: str
    results: ResultsPage[Any]
    template: str
    reading: dict[str, Any] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """The total number of results."""
        return self.results.paginator.count


def page_of(results: Sequence[Any], number: str | None) -> ResultsPage[Any]:
    """Return the requested page of results, or the nearest existing one."""
    return Paginator(results, PER_PAGE).get_page(number)


def pages_section(request: HttpRequest, question: Question) -> Section:
    """Search the public pages of this site."""
    site = Site.find_for_request(request)
    found: Sequence[Any] = []
    if question.words and site:
        pages = Page.objects.live().public().descendant_of(site.root_page, inclusive=True)
        found = pages.search(" ".join(question.words), operator="and")
    results = page_of(found, request.GET.get("pagina"))
    return Section(
        name="pagina",
        title="Pagina's",
        results=results,
        template="search/_page.html",
    )


class FoundRecords(Sequence[Found]):
    """Records of the sociale kaart that match a question, loaded one page at a time."""

    def __init__(self, question: Question, audience: Audience, number: str | None) -> None:
        """Load the page that was probably requested; this also counts all results."""
        self.request = SearchRequest(
            text=question.text,
            audience=audience,
            limit=PER_PAGE,
            read_times=question.reads_times,
            correct=question.corrects,
        )
        known = number and number.isascii() and number.isdigit() and len(number) < 5
        likely = min(max(int(number or 1), 1), MOST_PAGES) if known else 1
        self.offset = (likely - 1) * PER_PAGE
        self.results: SearchResults = search(replace(self.request, offset=self.offset))

    def __len__(self) -> int:
        """Return the number of records."""
        return self.results.total

    def __getitem__(self, part: Any) -> Any:
        """Return one page; a page that is not loaded yet costs another search."""
        if part.start != self.offset:
            self.offset = part.start
            self.results = search(replace(self.request, offset=part.start))
        return self.results.found[: part.stop - part.start]


def records_section(request: HttpRequest, question: Question) -> Section:
    """Search the organisations and activities of the sociale kaart."""
    number = request.GET.get("kaart")
    found = FoundRecords(question, audience_for(request.user), number)
    return Section(
        name="kaart",
        title="Sociale kaart",
        results=page_of(found, number),
        template="search/_record.html",
        reading=reading_of(question, found.results),
    )


def reading_of(question: Question, results: SearchResults) -> dict[str, Any]:
    """Return how the question was interpreted, so that visitors can choose otherwise."""
    return {
        "corrections": results.corrections,
        "times": results.plan.when_text,
        "questions": results.questions,
        "is_exact": not question.corrects,
        "is_literal": not question.reads_times,
    }


# Records of the sociale kaart are shown before pages.
SECTIONS: list[Callable[[HttpRequest, Question], Section]] = [records_section, pages_section]
