"""Chosen filters as chips to remove, corrections, and other searches to try."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from socialekaart_plugin.discovery.facets import FACETS
from socialekaart_plugin.discovery.query import corrected_text
from socialekaart_plugin.discovery.search import Relaxation, SearchResults
from socialekaart_plugin.language import folded_words
from socialekaart_plugin.presentation.distances import distance_text

from .list_filters import day_choices, has_field, part_choices
from .list_query import ListQuery


@dataclass(frozen=True)
class Chip:
    """A chosen filter, with the address of the list without it."""

    label: str
    remove_url: str


@dataclass(frozen=True)
class WayOut:
    """Another search to try, with its address and its number of records."""

    label: str
    url: str
    total: int


@dataclass(frozen=True)
class Corrected:
    """The words that replaced the typed ones, and the address that searches for the typed ones."""

    text: str
    typed: str
    exact_url: str


class ValueNames:
    """The labels of the chosen facet values."""

    def __init__(self, results: SearchResults) -> None:
        """Take the labels from the facet counts, else from the records found."""
        self._names = dict(_names_in_payloads(results)) | {
            (facet, option.value): option.name
            for facet, options in results.options.items()
            for option in options
            if option.count or option.name != option.value
        }

    def name(self, facet: str, value: str) -> str:
        """Return the label of a value; the value itself if it is unknown."""
        return self._names.get((facet, value), value)

    def unknown(self, query: ListQuery) -> list[str]:
        """Return the requested values that are unknown."""
        chosen = ((facet, value) for facet, values in query.facets.items() for value in values)
        return [value for facet, value in chosen if (facet, value) not in self._names]


def chips(query: ListQuery, names: ValueNames, results: SearchResults) -> list[Chip]:
    """Return every filter on the list, each with the address that removes it."""
    made = [Chip(f"“{query.text}”", query.url(search="", exact="", times=""))] if query.text else []
    if results.plan.when_text:
        made.append(Chip(results.plan.when_text, query.url(times="0")))
    if query.text and not query.wanted.read_times:
        made.append(Chip(_("days and times as words"), query.url(times="")))
    if query.text and not query.wanted.correct:
        made.append(Chip(_("spelled exactly so"), query.url(exact="")))
    for facet, values in query.facets.items():
        for value in values:
            label = f"{FACETS[facet].label}: {names.name(facet, value)}"
            made.append(Chip(label, query.url_without(facet, value)))
    if query.has_point:
        made.append(Chip(_place_label(query), query.url(postcode="", radius="", sort="")))
    return made + _time_chips(query)


def _time_chips(query: ListQuery) -> list[Chip]:
    made = [
        Chip(choice.name, query.url_without(name, choice.value))
        for name, choices in (("day", day_choices(query)), ("part", part_choices(query)))
        for choice in choices
        if choice.is_chosen
    ]
    if query.open_now:
        made.append(Chip(_("open now"), query.url(open="")))
    if query.has_age:
        made.append(Chip(_("for age %(age)s") % {"age": query.age}, query.url(age="")))
    return made


def _place_label(query: ListQuery) -> str:
    words = {"postcode": query.postcode.upper()}
    if query.wanted.radius is None:
        return _("near %(postcode)s") % words
    return _("within %(distance)s of %(postcode)s") % {
        **words,
        "distance": distance_text(query.wanted.radius),
    }


def kept_values(query: ListQuery) -> list[tuple[str, str]]:
    """Return the parameters without a form field, so that the next search can keep them."""
    kept = [
        (facet, value)
        for facet, values in query.facets.items()
        if not has_field(facet)
        for value in values
    ]
    states = [(name, query.value(name)) for name in ("times", "exact")]
    return kept + [(name, value) for name, value in states if value]


def corrected(query: ListQuery, results: SearchResults) -> Corrected | None:
    """Return what was searched for instead of the typed words; None if they are the same."""
    if not results.corrections:
        return None
    return Corrected(corrected_text(results.plan), query.text, query.url(exact="1"))


def ways_out(query: ListQuery, results: SearchResults) -> list[WayOut]:
    """Return searches with a filter or word removed or changed, with their number of records."""
    made = (_way_out(query, results, relaxation) for relaxation in results.relaxations)
    return [way for way in made if way is not None]


def _way_out(query: ListQuery, results: SearchResults, relaxation: Relaxation) -> WayOut | None:
    label, url = "", ""
    match relaxation.kind:
        case "facet":
            label = _("Without your choice of %(facet)s") % {
                "facet": str(FACETS[relaxation.name].label).lower()
            }
            url = query.url(**{relaxation.name: ""})
        case "word":
            label = _("Without the word “%(word)s”") % {"word": relaxation.name}
            url = query.url(search=_left_out(query.text, relaxation.name))
        case "when":
            label = _("On any day, at any time")
            text = _left_out(query.text, results.plan.when_text)
            url = query.url(search=text, day="", part="", open="")
        case "near":
            label, url = _("At any distance"), query.url(radius="")
        case "age":
            label, url = _("For any age"), query.url(age="")
        case "area":
            label = _("Nearby: %(area)s") % {"area": relaxation.label}
            url = query.url(area=relaxation.value)
    return WayOut(capfirst(label), url, relaxation.total) if url else None


def _left_out(text: str, words: str) -> str:
    """Return a text without these words."""
    left_out = set(folded_words(words))
    return " ".join(word for word in text.split() if not left_out & set(folded_words(word)))


def _names_in_payloads(results: SearchResults) -> list[tuple[tuple[str, str], str]]:
    """Return the names of areas and organisations in the records found."""
    return [
        ((facet, thing["slug"]), str(thing["name"]))
        for payload in results.payloads
        for facet, things in (
            ("area", [area for place in payload["places"] for area in place["areas"]]),
            ("organisation", payload.get("organisations", [])),
        )
        for thing in things
    ]
