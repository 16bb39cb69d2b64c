"""The table behind each kind of public record, and queries for the rows that payloads need."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef

from socialekaart_plugin.directory.models import Activity, HelpQuestion, Organisation, Record
from socialekaart_plugin.places.models import Area, Place
from socialekaart_plugin.places.querysets import outlines_along
from socialekaart_plugin.publication.choices import RecordKind
from socialekaart_plugin.vocabulary.models import TargetGroup, Theme

#: The table behind each kind, in rebuild order.
SOURCES: dict[RecordKind, type[models.Model]] = {
    RecordKind.AREA: Area,
    RecordKind.THEME: Theme,
    RecordKind.TARGET_GROUP: TargetGroup,
    RecordKind.PLACE: Place,
    RecordKind.ORGANISATION: Organisation,
    RecordKind.ACTIVITY: Activity,
    RecordKind.HELP_QUESTION: HelpQuestion,
}

#: Whether a live record shows a place: a place that only drafts use stays private.
_IS_SHOWN = Exists(Organisation.objects.live().filter(visiting_place=OuterRef("pk"))) | Exists(
    Activity.objects.live().filter(sessions__place=OuterRef("pk"))
)


def kind_of(source: models.Model | type[models.Model]) -> RecordKind:
    """Return the kind of a row or a table.

    Raises:
        LookupError: the gate does not know this table.
    """
    model = source if isinstance(source, type) else type(source)
    for kind, candidate in SOURCES.items():
        if candidate is model:
            return kind
    raise LookupError(f"{model.__name__} does not pass the gate")


def fresh_rows(kind: RecordKind, uuids: Iterable[Any]) -> list[Any]:
    """Read live rows from the database, with all that payloads need; a fixed number of queries."""
    return list(sources_of(kind).filter(uuid__in=list(uuids)))


def sources_of(kind: RecordKind) -> models.QuerySet[Any]:
    """Return the rows of a kind, with all that their payloads need."""
    model = SOURCES[kind]
    if issubclass(model, Record):
        return model.objects.with_parts()
    if model is Place:
        joined = "area__parent__parent"
        places = Place.objects.select_related(joined).defer(*outlines_along(joined))
        return places.annotate(is_shown=_IS_SHOWN)
    if model is Area:
        areas = Area.objects.select_related("parent__parent")
        return areas.defer("parent__outline", "parent__parent__outline")
    if model is Theme:
        return Theme.objects.select_related("parent__parent__parent")
    if model is HelpQuestion:
        return HelpQuestion.objects.prefetch_related(
            "themes", "target_groups", "organisations", "activities"
        )
    return model._default_manager.all()
