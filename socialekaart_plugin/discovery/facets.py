"""The facets a visitor may filter by: how each reads its values from a payload."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from socialekaart_plugin.publication.choices import RecordKind
from socialekaart_plugin.publication.rules import Payload


@dataclass(frozen=True)
class Facet:
    """One way to filter.

    Attributes:
        name: as it stands in addresses and in the API.
        label: as people read it.
        values: the values of a payload, as they stand in addresses; wider ones included.
        kind: the kind of public record that the values name (by slug), for their names.
        options: which of those a visitor is offered; a condition on the annotations of
            `search.facet_options`.
    """

    name: str
    label: str | Promise
    values: Callable[[Payload], Iterable[str]]
    kind: RecordKind
    options: Q = field(default_factory=Q)


def _themes(payload: Payload) -> Iterable[str]:
    return (step["slug"] for theme in payload["themes"] for step in theme["path"])


def _areas(payload: Payload) -> Iterable[str]:
    return (area["slug"] for place in payload["places"] for area in place["areas"])


def _organisations(payload: Payload) -> Iterable[str]:
    return (organisation["slug"] for organisation in payload.get("organisations", ()))


FACETS: dict[str, Facet] = {
    facet.name: facet
    for facet in (
        Facet("theme", _("Theme"), _themes, RecordKind.THEME),
        Facet("area", _("District"), _areas, RecordKind.AREA, Q(area_kind="district")),
        Facet("organisation", _("Organisation"), _organisations, RecordKind.ORGANISATION),
    )
}


def facet_values(payload: Payload) -> Iterable[tuple[str, str]]:
    """Return every facet with each value that a payload falls under, wider ones included."""
    return ((facet.name, value) for facet in FACETS.values() for value in facet.values(payload))
