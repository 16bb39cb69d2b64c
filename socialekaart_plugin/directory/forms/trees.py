"""Areas as a form offers them: wide before narrow, in one query."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q

from socialekaart_plugin.places.choices import AreaKind
from socialekaart_plugin.places.models import Area
from socialekaart_plugin.vocabulary.forms import STEP

#: Areas that a form offers; narrower ones only when they were chosen before.
_OFFERED_KINDS = (AreaKind.MUNICIPALITY, AreaKind.DISTRICT)


def offer_areas(field: "forms.ModelMultipleChoiceField[Any]", chosen: Iterable[Any]) -> None:
    """Offer the municipality and its districts, and what was chosen already (one query).

    Args:
        field: the field of a form.
        chosen: primary keys of what the record has, or of what was typed.
    """
    # The outlines are large, and nobody sees them here.
    areas = Area.objects.defer("outline")
    field.queryset = areas
    # A municipality has a hundred neighbourhoods; who needs one of them has it already.
    keys = [int(pk) for pk in map(str, chosen) if pk.isascii() and pk.isdigit() and len(pk) < 18]
    offered = {
        area.pk: area
        for area in areas.filter(Q(kind__in=_OFFERED_KINDS) | Q(pk__in=keys)).order_by("name")
    }
    paths = {pk: _path(offered, pk) for pk in offered}
    order = sorted(paths, key=lambda pk: [(step.rank, step.name) for step in paths[pk]])
    field.choices = [(pk, STEP.join(step.name for step in paths[pk])) for pk in order]


def _path(rows: dict[int, Any], pk: int) -> list[Any]:
    """Return the row and what it lies in, widest first, as far as that is among the rows."""
    chain: list[Any] = []
    row = rows.get(pk)
    while row is not None and row not in chain:
        chain.insert(0, row)
        row = rows.get(row.parent_id)
    return chain
