"""Questions the gate asks of several tables: who reads, what shows a row, what differs."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db.models import Q
from wagtail.rich_text import expand_db_html

from socialekaart_plugin.directory.models import (
    Activity,
    Keyword,
    Organisation,
    Record,
    TargetGroup,
    Theme,
)
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.places.models import Area, Place

from .choices import RecordKind
from .rules import Payload

Dependents = dict[RecordKind, list[uuid.UUID]]


def audience_for(user: AbstractUser | AnonymousUser | None) -> Audience:
    """Tell as whom someone reads: the one place where this is decided.

    Returns:
        `REFERRER` for someone signed in with the permission `view_referrer_facts`, else `PUBLIC`.
    """
    if user is not None and user.has_perm("socialekaart_plugin.view_referrer_facts"):
        return Audience.REFERRER
    return Audience.PUBLIC


def dependents_of(source: Any) -> Dependents:
    """Return the rows that tell something of this one, by kind: show it, or lead to it."""
    if isinstance(source, Organisation):
        shows = Q(organisation=source) | Q(co_organisers__organisation=source)
        return {
            RecordKind.ORGANISATION: _uuids(source.replaces.all()),
            RecordKind.ACTIVITY: _uuids(Activity.objects.live().filter(shows)),
        }
    if isinstance(source, Activity):
        return {RecordKind.ACTIVITY: _uuids(source.replaces.all())}
    if isinstance(source, Place):
        return _records_at([source.pk])
    if isinstance(source, Area):
        places = Place.objects.filter(area__in=_with_descendants(source))
        return {
            RecordKind.PLACE: _uuids(places),
            **_records_at(places.values_list("pk", flat=True)),
        }
    if isinstance(source, Theme):
        themes = _with_descendants(source)
        return {
            RecordKind.THEME: [theme.uuid for theme in themes if theme.pk != source.pk],
            **_live_records(Q(themes__in=[theme.pk for theme in themes])),
        }
    if isinstance(source, TargetGroup):
        return _live_records(Q(target_groups=source.pk))
    if isinstance(source, Keyword):
        return _live_records(Q(tags=source.pk))
    return {}


def _records_at(places: Iterable[int]) -> Dependents:
    pks = list(places)
    return {
        RecordKind.ORGANISATION: _uuids(Organisation.objects.live().filter(visiting_place__in=pks)),
        RecordKind.ACTIVITY: _uuids(Activity.objects.live().filter(sessions__place__in=pks)),
    }


def _live_records(condition: Q) -> Dependents:
    models: dict[RecordKind, type[Record]] = {
        RecordKind.ORGANISATION: Organisation,
        RecordKind.ACTIVITY: Activity,
    }
    return {kind: _uuids(model.objects.live().filter(condition)) for kind, model in models.items()}


def _uuids(queryset: Any) -> list[uuid.UUID]:
    return list(queryset.order_by("pk").values_list("uuid", flat=True).distinct())


def _with_descendants(top: Any) -> list[Any]:
    """Return a row of a tree with all below it, a query a level."""
    found, level = [top], [top]
    while level:
        level = [
            row
            for row in type(top).objects.filter(parent__in=[row.pk for row in level])
            if row not in found
        ]
        found += level
    return found


def expand_descriptions(payloads: list[Payload]) -> list[Payload]:
    """Return payloads with the rich text as HTML for the web, links to pages filled in.

    All descriptions are expanded together, so that links cost one query, however many records.
    """
    separator = f"<!--{uuid.uuid4()}-->"
    texts = separator.join(payload["description"] for payload in payloads)
    expanded = expand_db_html(texts).split(separator) if texts else [""] * len(payloads)
    return [
        {**payload, "description": html} for payload, html in zip(payloads, expanded, strict=True)
    ]
