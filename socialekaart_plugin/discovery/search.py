"""The one search that pages and API share: a request in, results out."""

from dataclasses import dataclass, field
from typing import Any, Literal

from django.db.models import Case, CharField, IntegerField, Q, QuerySet, Value, When
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast
from django.utils import timezone

from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.publication.choices import FINDABLE, RecordKind
from socialekaart_plugin.publication.models import PublishedRecord
from socialekaart_plugin.publication.rules import Payload, as_of

from .facets import FACETS
from .models import FacetValue, SearchEntry
from .rules import query_words

Sort = Literal["relevance", "name", "-name"]

#: The last record that can be reached by paging; deeper offsets give an empty page.
MAX_OFFSET = 1_000_000


@dataclass(frozen=True)
class SearchRequest:
    """What someone looks for.

    Attributes:
        text: words, all of which must occur in the name, another name or the summary.
        kinds: kinds of record; empty for all.
        facets: chosen values by facet name: OR within a facet, AND between facets.
        sort: by relevance (the name first; without words by name), or by name.
        offset: how many records to pass over.
        limit: how many records to give.
        audience: as whom one looks.
    """

    text: str = ""
    kinds: tuple[RecordKind, ...] = ()
    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 20
    audience: Audience = Audience.PUBLIC


@dataclass(frozen=True)
class SearchResults:
    """What was found.

    Attributes:
        payloads: the records of this page, as they read today.
        total: how many there are in all.
    """

    payloads: list[Payload]
    total: int


@dataclass(frozen=True)
class FacetOption:
    """A value one can filter by.

    Attributes:
        value: as it stands in addresses.
        name: as people read it.
        depth: how deep it lies in its tree, 0 at the top.
    """

    value: str
    name: str
    depth: int


def search(request: SearchRequest) -> SearchResults:
    """Find public records; two queries, whatever the size.

    Raises:
        LookupError: a facet that does not exist.
    """
    entries = _matching(request)
    total = entries.count()
    if request.offset >= min(total, MAX_OFFSET) or request.limit == 0:
        return SearchResults([], total)
    page = _sorted(entries, request)[request.offset : request.offset + request.limit]
    today = timezone.localdate()
    column = f"record__{request.audience.value}_payload"
    payloads = [as_of(payload, today) for payload in page.values_list(column, flat=True)]
    return SearchResults(payloads, total)


def facet_options(facet_names: list[str], *, audience: Audience) -> dict[str, list[FacetOption]]:
    """Return the values that have at least one record, by facet, as a tree in its order.

    One query for all facets together.

    Raises:
        LookupError: a facet that does not exist.
    """
    column = f"{audience.value}_payload"
    wanted = Q(pk__in=[])
    for name in facet_names:
        used = FacetValue.objects.filter(entry__audience=audience, facet=name).values("value")
        wanted |= Q(kind=FACETS[name].kind, slug__in=used) & FACETS[name].options
    rows = (
        PublishedRecord.objects.for_audience(audience)
        .annotate(
            # As text: of a bare JSON key SQLite would compare the values as JSON.
            slug=Cast(KeyTextTransform("slug", column), CharField()),
            label=Cast(KeyTextTransform("name", column), CharField()),
            area_kind=Cast(KeyTextTransform("area_kind", column), CharField()),
            path=KeyTransform("path", column),
        )
        .filter(wanted)
        .values_list("kind", "slug", "label", "path")
    )
    facet_of = {FACETS[name].kind: name for name in facet_names}
    options: dict[str, list[tuple[list[Any], FacetOption]]] = {name: [] for name in facet_names}
    for kind, slug, label, path in rows:
        steps = path or [{"name": label, "sort_order": 0}]
        place_in_tree = [(step["sort_order"], step["name"]) for step in steps]
        option = FacetOption(slug, label, len(steps) - 1)
        options[facet_of[RecordKind(kind)]].append((place_in_tree, option))
    return {
        name: [option for _place, option in sorted(found, key=lambda pair: pair[0])]
        for name, found in options.items()
    }


def _matching(request: SearchRequest) -> QuerySet[SearchEntry]:
    entries = SearchEntry.objects.filter(audience=request.audience)
    kinds = [kind for kind in request.kinds or FINDABLE if kind in FINDABLE]
    if len(kinds) != len(FINDABLE):
        entries = entries.filter(kind__in=kinds)
    for word in query_words(request.text):
        entries = entries.filter(text__contains=word)
    for name, values in request.facets.items():
        if values:
            chosen = FacetValue.objects.filter(facet=FACETS[name].name, value__in=values)
            entries = entries.filter(pk__in=chosen.values("entry"))
    return entries


def _sorted(entries: QuerySet[SearchEntry], request: SearchRequest) -> QuerySet[SearchEntry]:
    words = query_words(request.text)
    if request.sort == "-name":
        return entries.order_by("-name", "-record")
    if request.sort == "name" or not words:
        return entries.order_by("name", "record")
    in_name = Q()
    for word in words:
        in_name &= Q(name__contains=word)
    nearness = Case(
        When(name=" ".join(words), then=Value(0)),
        When(name__startswith=" ".join(words), then=Value(1)),
        When(in_name, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    return entries.order_by(nearness, "name", "record")
