"""The options of each facet, with names and counts."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from django.utils.translation import get_language

from socialekaart_plugin.discovery.engines.base import Engine, EngineResults, Value
from socialekaart_plugin.discovery.facets import FACETS, VALUE, Facet
from socialekaart_plugin.publication.choices import RecordKind
from socialekaart_plugin.publication.models import PublishedRecord

from .request import FacetOption, SearchRequest


def options_of(
    engine: Engine, request: SearchRequest, answer: EngineResults
) -> dict[str, list[FacetOption]]:
    """Return the options of all counted facets: values with results, and chosen values."""
    return {
        name: _options(engine, FACETS[name], counts, request.facets.get(name, ()))
        for name, counts in answer.counts.items()
    }


def _options(
    engine: Engine, facet: Facet, counts: Mapping[str, int], chosen: Iterable[str]
) -> list[FacetOption]:
    picked = set(chosen)
    values = counts.keys() | picked
    known = _known(engine, facet, picked)
    offered = [
        value
        for value in values
        if value in picked
        or (value in known and facet.offers({"area_kind": known[value].area_kind}))
    ]
    highest = min((known[value].depth for value in offered if value in known), default=0)
    options = [
        FacetOption(
            value=value,
            name=known[value].name if value in known else value,
            depth=known[value].depth - highest if value in known else 0,
            count=counts.get(value, 0),
            is_chosen=value in picked,
        )
        for value in offered
    ]
    return sorted(options, key=lambda option: _place(facet, known, option))


def _known(engine: Engine, facet: Facet, picked: set[str]) -> Mapping[str, Value]:
    if facet.choices:
        return _choices(facet.name, get_language())
    if facet.kind == RecordKind.ORGANISATION:
        # Too many to list: only chosen ones are named.
        return _organisations({value for value in picked if VALUE.fullmatch(value)})
    return engine.values(facet.name)


@lru_cache(maxsize=256)
def _choices(facet: str, language: str | None) -> Mapping[str, Value]:
    """Return the fixed values of a facet, named in the active language."""
    return {
        value: Value(str(name), ((number, ""),))
        for number, (value, name) in enumerate(FACETS[facet].choices.items())
    }


def _organisations(slugs: set[str]) -> dict[str, Value]:
    if not slugs:
        return {}
    rows = PublishedRecord.objects.public().filter(
        kind=RecordKind.ORGANISATION, public_payload__slug__in=slugs
    )
    payloads = rows.values_list("public_payload", flat=True)
    return {payload["slug"]: Value(payload["name"]) for payload in payloads}


def _place(
    facet: Facet, known: Mapping[str, Value], option: FacetOption
) -> tuple[tuple[tuple[int, str], ...], int, str]:
    """Return the sort key of an option: its place if it has one, else its count."""
    value = known.get(option.value)
    place = value.place if value else ()
    return place, 0 if place else -option.count, option.name.casefold()
