"""Area choices for forms, as a tree from wide to narrow."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q

from socialekaart_plugin.places.choices import AreaKind
from socialekaart_plugin.places.models import Area
from socialekaart_plugin.vocabulary.forms import STEP

#: The area kinds that a form offers; narrower areas only if already chosen.
_OFFERED_KINDS = (AreaKind.MUNICIPALITY, AreaKind.DISTRICT)


def offer_areas(field: "forms.ModelMultipleChoiceField[Any]", chosen: Iterable[Any]) -> None:
    """Offer the municipality, its districts and the areas already chosen (one query).

    Args:
        field: the form field.
        chosen: primary keys of the record's areas, or of the submitted ones.
    """
    # Skip the outlines: they are large and not shown here.
    areas = Area.objects.defer("outline")
    field.queryset = areas
    # A municipality has about a hundred neighbourhoods, so offer only those already chosen.
    keys = [int(pk) for pk in map(str, chosen) if pk.isascii() and pk.isdigit() and len(pk) < 18]
    offered = {
        area.pk: area
        for area in areas.filter(Q(kind__in=_OFFERED_KINDS) | Q(pk__in=keys)).order_by("name")
    }
    paths = {pk: _path(offered, pk) for pk in offered}
    order = sorted(paths, key=lambda pk: [(step.rank, step.name) for step in paths[pk]])
    field.choices = [(pk, STEP.join(step.name for step in paths[pk])) for pk in order]


def _path(rows: dict[int, Any], pk: int) -> list[Any]:
    """Return the area and its ancestors, widest first, as far as `rows` has them."""
    chain: list[Any] = []
    row = rows.get(pk)
    while row is not None and row not in chain:
        chain.insert(0, row)
        row = rows.get(row.parent_id)
    return chain
