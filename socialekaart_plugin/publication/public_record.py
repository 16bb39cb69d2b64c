"""The one place where a private row becomes public payloads: each key here leaves the house.

Shapes: `docs/reference/payloads.md`. Dates are ISO 8601, points in degrees (WGS84), rich text is
Wagtail's database HTML (expanded on reading), no hosts and no image renditions.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import nh3
from django.db import models
from django.db.models import Exists, OuterRef
from wagtail.rich_text import get_text_for_indexing

from socialekaart_plugin.directory.models import Activity, Organisation, Record, TargetGroup, Theme
from socialekaart_plugin.foundation.audiences import OUTSIDE, Audience, may_see
from socialekaart_plugin.foundation.conf import conf
from socialekaart_plugin.places.models import Area, Place

from .choices import RecordKind
from .rules import Payload

#: The table behind each kind, in the order in which they are rebuilt.
SOURCES: dict[RecordKind, type[models.Model]] = {
    RecordKind.AREA: Area,
    RecordKind.THEME: Theme,
    RecordKind.TARGET_GROUP: TargetGroup,
    RecordKind.PLACE: Place,
    RecordKind.ORGANISATION: Organisation,
    RecordKind.ACTIVITY: Activity,
}

#: Whether a live record shows a place: one that only drafts name stays inside.
_IS_SHOWN = Exists(Organisation.objects.live().filter(visiting_place=OuterRef("pk"))) | Exists(
    Activity.objects.live().filter(sessions__place=OuterRef("pk"))
)

#: What the features of `Record.description` make.
_RICH_TEXT_TAGS = {"a", "b", "br", "em", "h3", "i", "li", "ol", "p", "strong", "ul"}

Payloads = dict[Audience, Payload | None]


@dataclass(frozen=True)
class PublicView:
    """What may leave of a row: a payload an audience, None where that audience sees nothing."""

    payloads: Payloads

    @property
    def is_public(self) -> bool:
        """Whether any audience outside sees it."""
        return any(payload is not None for payload in self.payloads.values())


def kind_of(source: models.Model | type[models.Model]) -> RecordKind:
    """Return the kind of a row, or of a table.

    Raises:
        LookupError: the gate knows nothing of this table.
    """
    model = source if isinstance(source, type) else type(source)
    for kind, candidate in SOURCES.items():
        if candidate is model:
            return kind
    raise LookupError(f"{model.__name__} does not pass the gate")


def fresh_rows(kind: RecordKind, uuids: Iterable[Any]) -> list[Any]:
    """Read live rows anew, with all that their payloads need, in a fixed number of queries."""
    return list(sources_of(kind).filter(uuid__in=list(uuids)))


def sources_of(kind: RecordKind) -> models.QuerySet[Any]:
    """Return the rows of a kind with what their payloads need."""
    model = SOURCES[kind]
    if issubclass(model, Record):
        return model.objects.with_parts()
    if model is Place:
        return Place.objects.select_related("area__parent__parent").annotate(is_shown=_IS_SHOWN)
    if model is Area:
        return Area.objects.select_related("parent__parent")
    if model is Theme:
        return Theme.objects.select_related("parent__parent__parent")
    return model._default_manager.all()


def public_view(source: Any) -> PublicView:
    """Build what may leave of a row as it stands; the row comes from `sources_of`."""
    if isinstance(source, Record) and not source.live:
        return PublicView(dict.fromkeys(OUTSIDE))
    if isinstance(source, Place) and not source.is_shown:
        return PublicView(dict.fromkeys(OUTSIDE))
    return PublicView({audience: build_payload(source, audience) for audience in OUTSIDE})


def build_payload(source: Any, audience: Audience) -> Payload | None:
    """Build the payload of one audience, whether or not the row is live (a preview asks that).

    Returns:
        None when this audience sees nothing of it (a place kept from it).
    """
    if isinstance(source, Organisation):
        return _organisation(source, audience)
    if isinstance(source, Activity):
        return _activity(source, audience)
    if isinstance(source, Place):
        return _place(source, audience)
    if isinstance(source, Area):
        return {**_area(source), "outline": source.outline}
    if isinstance(source, Theme):
        return {
            **_theme(source),
            "kind": RecordKind.THEME.value,
            "description": source.description,
            "sort_order": source.sort_order,
        }
    return {
        **_reference(source),
        "kind": RecordKind.TARGET_GROUP.value,
        "sort_order": source.sort_order,
    }


def _reference(source: Any) -> Payload:
    return {
        "uuid": str(source.uuid),
        "short_id": source.short_id,
        "name": source.name,
        "slug": source.slug,
    }


def _record(record: Record, audience: Audience) -> Payload:
    return {
        **_reference(record),
        "kind": kind_of(record).value,
        "alternative_names": record.other_names,
        "summary": record.summary,
        "description": _rich_text(record.description),
        "themes": [_theme(theme) for theme in record.themes.all()],
        "target_groups": [_reference(group) for group in record.target_groups.all()],
        "tags": sorted(tag.name for tag in record.tags.all()),
        "contact": [
            {"kind": fact.kind, "value": fact.value, "label": fact.label, "uri": fact.uri}
            for fact in record.contact_facts.all()
            if may_see(audience, fact.audience)
        ],
        "upkeep": {
            "verified_on": record.verified_on.isoformat() if record.verified_on else None,
            "marked_on": record.marked_on.isoformat() if record.marked_on else None,
            "interval_days": conf.VERIFY_INTERVAL_DAYS,
        },
        "first_published_at": _moment(record.first_published_at),
        "last_published_at": _moment(record.last_published_at),
    }


def _organisation(organisation: Organisation, audience: Audience) -> Payload:
    place = organisation.visiting_place
    return {
        **_record(organisation, audience),
        "organisation_kind": organisation.kind,
        "places": _shown_places([(place, "", "")] if place else [], audience),
    }


def _activity(activity: Activity, audience: Audience) -> Payload:
    organisers = [activity.organisation]
    for joining in activity.co_organisers.all():
        if joining.organisation not in organisers:
            organisers.append(joining.organisation)
    return {
        **_record(activity, audience),
        "organisations": [
            {**_reference(organisation), "is_responsible": number == 0}
            for number, organisation in enumerate(organisers)
            if organisation is not None and organisation.live
        ],
        "places": _shown_places(
            [(s.place, s.room, s.note) for s in activity.sessions.all()], audience
        ),
    }


def _shown_places(shown: list[tuple[Place | None, str, str]], audience: Audience) -> list[Payload]:
    return [
        {**payload, "room": room, "note": note}
        for place, room, note in shown
        if place is not None and (payload := _place(place, audience)) is not None
    ]


def _place(place: Place, audience: Audience) -> Payload | None:
    if not may_see(audience, place.audience):
        return None
    return {
        **_reference(place),
        "kind": RecordKind.PLACE.value,
        "street_address": place.street_address,
        "postcode": place.postcode,
        "city": place.city,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "areas": [_area(area) for area in place.area.ancestors_and_self()] if place.area else [],
    }


def _area(area: Area) -> Payload:
    return {
        **_reference(area),
        "kind": RecordKind.AREA.value,
        "area_kind": area.kind,
        "code": area.code,
    }


def _theme(theme: Theme) -> Payload:
    return {
        **_reference(theme),
        "path": [
            {**_reference(step), "sort_order": step.sort_order}
            for step in theme.ancestors_and_self()
        ],
    }


def _rich_text(value: str) -> str:
    """Return rich text as stored, without what the editor itself would never leave in it.

    Whoever writes past the editor (an import, a shell) can store a script; it stays inside. Of an
    emptied editor, which leaves a paragraph, nothing leaves.
    """
    if not get_text_for_indexing(value).strip():
        return ""
    return nh3.clean(
        value,
        tags=_RICH_TEXT_TAGS,
        attributes={"a": {"href", "id", "linktype"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )


def _moment(value: Any) -> str | None:
    return value.isoformat() if value else None
