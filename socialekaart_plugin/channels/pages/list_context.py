"""Template context for the list: turns search results into what the template shows."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext as _

from socialekaart_plugin.discovery.query import QUERY_MAX_LENGTH
from socialekaart_plugin.discovery.search import (
    FacetOption,
    Question,
    SearchRequest,
    SearchResults,
    UnknownPostcode,
    search,
)
from socialekaart_plugin.discovery.search_parameters import OLDEST
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.foundation.conf import conf

from .found_cards import found_cards
from .list_choices import ValueNames, WayOut, chips, corrected, kept_values, ways_out
from .list_filters import (
    counted_facets,
    day_choices,
    filter_groups,
    part_choices,
    radius_choices,
    sort_choices,
)
from .list_query import PROBLEMS, ListQuery, read_list_query

if TYPE_CHECKING:
    from .models import DirectoryPage

#: With fewer results than this, the list also suggests other searches.
_FEW = 3


@dataclass(frozen=True)
class PageLink:
    """A page number below the list; no address for the current page or a gap."""

    label: str
    url: str
    is_current: bool


def list_context(page: "DirectoryPage", request: HttpRequest, audience: Audience) -> dict[str, Any]:
    """Return the template context of the list."""
    size = conf.PAGE_SIZE
    query, results = _found(read_list_query(request.GET, audience), size)
    names = ValueNames(results)
    last_page = max(1, -(-results.total // size))
    query = _with_unknown_values(query, names)
    is_few = query.is_narrowed and results.total < _FEW
    is_empty = results.total == 0 and query.is_narrowed
    return {
        "query": query,
        "suggestions_url": page.suggestions_url(request),
        "problems": {name: query.problems[name] for name in PROBLEMS if name in query.problems},
        "total": results.total,
        "items": found_cards(page, request, results.found),
        **_form(query, results),
        "chips": chips(query, names, results),
        "corrected": corrected(query, results),
        "questions": [(question, _question_url(question)) for question in results.questions],
        "ways_out": ways_out(query, results) + (_without_words(query) if is_empty else []),
        "themes": widest_themes(audience) if is_empty else [],
        "is_few": is_few,
        "only_kind": _only_kind(query),
        **_paging(query, results.total, size, last_page),
        "is_referrer": audience == Audience.REFERRER,
    }


def _found(query: ListQuery, page_size: int) -> tuple[ListQuery, SearchResults]:
    """Search; without the point if the postcode is unknown."""
    counted = counted_facets(query)
    try:
        return query, search(query.search_request(page_size=page_size, counted=counted))
    except UnknownPostcode:
        query = query.without_point(
            _("We do not know this postcode. Look at the digits, or leave out the letters.")
        )
        return query, search(query.search_request(page_size=page_size, counted=counted))


def _with_unknown_values(query: ListQuery, names: ValueNames) -> ListQuery:
    unknown = names.unknown(query)
    if not unknown:
        return query
    problem = _("There is nothing with this choice; perhaps it does not exist any more: %(values)s")
    problem %= {"values": ", ".join(unknown)}
    return replace(query, problems={**query.problems, "facets": problem})


def _form(query: ListQuery, results: SearchResults) -> dict[str, Any]:
    in_panel = {"postcode", "radius", "when", "age"} & set(query.problems)
    return {
        "query_max_length": QUERY_MAX_LENGTH,
        "oldest": OLDEST,
        "groups": filter_groups(results),
        "days": day_choices(query),
        "parts": part_choices(query),
        "radii": radius_choices(query),
        "sorts": sort_choices(query),
        "kept": kept_values(query),
        "opens_panel": bool(in_panel),
    }


def _without_words(query: ListQuery) -> list[WayOut]:
    """Return the search without any words; none if that finds nothing."""
    if not (query.text and query.filter_count):
        return []
    found = search(replace(query.wanted, text="", limit=0))
    url = query.url(search="", times="", exact="")
    return [WayOut(_("Without your words"), url, found.total)] if found.total else []


def widest_themes(audience: Audience) -> list[FacetOption]:
    """Return the widest themes, to browse when there is nothing else to show."""
    everything = search(SearchRequest(audience=audience, counted=("theme",), limit=0))
    return [option for option in everything.options["theme"] if option.depth == 0]


def _question_url(question: Question) -> str:
    return "?" + urlencode({"help_question": question.slug})


def _only_kind(query: ListQuery) -> str:
    """Return the requested kind, if exactly one was requested."""
    kinds = query.facets.get("kind", ())
    return kinds[0] if len(kinds) == 1 else ""


def _paging(query: ListQuery, total: int, size: int, last_page: int) -> dict[str, Any]:
    return {
        "is_beyond_last_page": query.page > last_page,
        "page_number": query.page,
        "last_page": last_page,
        "page_links": _page_links(query, total, size) if last_page > 1 else [],
        "previous_url": query.url(page=query.page - 1) if 1 < query.page <= last_page else "",
        "next_url": query.url(page=query.page + 1) if query.page < last_page else "",
        "first_page_url": query.url(),
    }


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
