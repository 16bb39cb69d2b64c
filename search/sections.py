"""The kinds of results the site search shows: one function a kind, in the order of the screen."""

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
    """One kind of results: its heading, one page of them, how each is shown.

    `name` is also the parameter in the address that says which page of them is shown. `reading`
    is what the search made of the question: words it took for others, days and times.
    """

    name: str
    title: str
    results: ResultsPage[Any]
    template: str
    reading: dict[str, Any] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many there are in all."""
        return self.results.paginator.count


def page_of(results: Sequence[Any], number: str | None) -> ResultsPage[Any]:
    """Answer the page of results that was asked for, or the nearest one that exists."""
    return Paginator(results, PER_PAGE).get_page(number)


def pages_section(request: HttpRequest, question: Question) -> Section:
    """Search the pages of this site that everybody may read."""
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
    """What the sociale kaart has on a question, read a page at a time."""

    def __init__(self, question: Question, audience: Audience, number: str | None) -> None:
        """Read the page that is most likely asked for, which counts them as well."""
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
        """Answer how many there are."""
        return self.results.total

    def __getitem__(self, part: Any) -> Any:
        """Answer one page of them; another than was likely costs another question."""
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
    """Answer what was made of a question, for who wants it otherwise."""
    return {
        "corrections": results.corrections,
        "times": results.plan.when_text,
        "questions": results.questions,
        "is_exact": not question.corrects,
        "is_literal": not question.reads_times,
    }


# Records of the sociale kaart come before pages.
SECTIONS: list[Callable[[HttpRequest, Question], Section]] = [records_section, pages_section]
