"""Queries of the gate over several tables: audience, school holidays, dependents, pictures."""

import logging
import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db.models import Q
from PIL.Image import DecompressionBombError
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage
from wagtail.rich_text import expand_db_html

from socialekaart_plugin.directory.models import Activity, HelpQuestion, Organisation, Record
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.foundation.tree_queries import with_descendants
from socialekaart_plugin.places.models import Area, Place
from socialekaart_plugin.places.selectors import school_holidays
from socialekaart_plugin.timetable.calendars import Calendar
from socialekaart_plugin.vocabulary.models import Keyword, TargetGroup, Theme

from .agenda import needs_school_holidays
from .choices import FINDABLE, RecordKind
from .rules import Payload

Dependents = dict[RecordKind, list[uuid.UUID]]

_logger = logging.getLogger(__name__)

#: Formats of published pictures. Willow keeps no metadata in WebP: the metadata of a telephone
#: photograph holds its location, which may be someone's home.
PICTURE_SPEC = "max-1200x900|format-webp"
#: A drawing has no such metadata and stays SVG.
DRAWING_SPEC = "max-1200x900"


def audience_for(user: AbstractUser | AnonymousUser | None) -> Audience:
    """Return the audience of a user; no other code decides this.

    Returns:
        `REFERRER` for a signed-in user with the permission `view_referrer_facts`, else `PUBLIC`.
    """
    if user is not None and user.has_perm("socialekaart_plugin.view_referrer_facts"):
        return Audience.REFERRER
    return Audience.PUBLIC


def holidays_needed_for(payloads: Iterable[Payload]) -> Calendar | None:
    """Return the school holidays if the agenda of any record needs them; else no query.

    Args:
        payloads: of organisations or activities.
    """
    return school_holidays() if needs_school_holidays(payloads) else None


def dependents_of(source: Any) -> Dependents:
    """Return the rows that show or link to this one, by kind."""
    for model, find in _DEPENDENTS.items():
        if isinstance(source, model):
            return find(source)
    return {}


def _of_organisation(organisation: Organisation) -> Dependents:
    shows = Q(organisation=organisation) | Q(co_organisers__organisation=organisation)
    return {
        RecordKind.ORGANISATION: _uuids(organisation.replaces.all()),
        RecordKind.ACTIVITY: _uuids(Activity.objects.live().filter(shows)),
        RecordKind.HELP_QUESTION: _uuids(HelpQuestion.objects.filter(organisations=organisation)),
    }


def _of_activity(activity: Activity) -> Dependents:
    return {
        RecordKind.ACTIVITY: _uuids(activity.replaces.all()),
        RecordKind.HELP_QUESTION: _uuids(HelpQuestion.objects.filter(activities=activity)),
    }


def _of_place(place: Place) -> Dependents:
    return _live_records(
        {RecordKind.ORGANISATION: Q(visiting_place=place), RecordKind.ACTIVITY: _held_at([place])}
    )


def _of_area(area: Area) -> Dependents:
    places = Place.objects.filter(area__in=with_descendants(Area, [area.pk]))
    serves = Q(areas_served=area.pk)
    return {
        RecordKind.PLACE: _uuids(places),
        **_live_records(
            {
                RecordKind.ORGANISATION: serves | Q(visiting_place__in=places),
                RecordKind.ACTIVITY: serves | _held_at(places),
            }
        ),
    }


def _of_theme(theme: Theme) -> Dependents:
    themes = with_descendants(Theme, [theme.pk])
    return {
        RecordKind.THEME: _uuids(Theme.objects.filter(pk__in=themes - {theme.pk})),
        **_live_records(dict.fromkeys(FINDABLE, Q(themes__in=themes))),
        RecordKind.HELP_QUESTION: _uuids(HelpQuestion.objects.filter(themes=theme)),
    }


def _of_target_group(group: TargetGroup) -> Dependents:
    return {
        **_live_records(dict.fromkeys(FINDABLE, Q(target_groups=group.pk))),
        RecordKind.HELP_QUESTION: _uuids(HelpQuestion.objects.filter(target_groups=group)),
    }


_DEPENDENTS: dict[type[Any], Callable[[Any], Dependents]] = {
    Organisation: _of_organisation,
    Activity: _of_activity,
    Place: _of_place,
    Area: _of_area,
    Theme: _of_theme,
    TargetGroup: _of_target_group,
    Keyword: lambda keyword: _live_records(dict.fromkeys(FINDABLE, Q(tags=keyword.pk))),
    AbstractImage: lambda image: _live_records(dict.fromkeys(FINDABLE, Q(image=image.pk))),
}


def _held_at(places: Iterable[Place]) -> Q:
    return Q(sessions__place__in=places)


def _live_records(conditions: dict[RecordKind, Q]) -> Dependents:
    models: dict[RecordKind, type[Record]] = {
        RecordKind.ORGANISATION: Organisation,
        RecordKind.ACTIVITY: Activity,
    }
    return {
        kind: _uuids(models[kind].objects.live().filter(condition))
        for kind, condition in conditions.items()
    }


def _uuids(queryset: Any) -> list[uuid.UUID]:
    return list(queryset.order_by("pk").values_list("uuid", flat=True).distinct())


def expand_descriptions(payloads: list[Payload]) -> list[Payload]:
    """Return payloads with the rich text as HTML for the web, with page links resolved.

    All texts and translations are expanded together: links cost one query for any number of
    records.
    """
    separator = f"<!--{uuid.uuid4()}-->"
    described = [part for payload in payloads for part in (payload, *_translations(payload))]
    texts = [part["description"] for part in described]
    expanded = iter(expand_db_html(separator.join(texts)).split(separator) if any(texts) else texts)
    return [
        {
            **payload,
            "description": next(expanded),
            "translations": [
                {**translation, "description": next(expanded)}
                for translation in _translations(payload)
            ],
        }
        for payload in payloads
    ]


def _translations(payload: Payload) -> list[Payload]:
    return payload.get("translations", [])


def add_pictures(payloads: list[Payload]) -> list[Payload]:
    """Return payloads with `url`, `width` and `height` (pixels) of a rendition in `image`.

    Two queries, or none if no record has a picture; missing renditions are made here. A picture
    whose file cannot be read becomes None.
    """
    wanted = {payload["image"]["id"] for payload in payloads if payload.get("image")}
    if not wanted:
        return payloads
    images = get_image_model().objects.prefetch_renditions(PICTURE_SPEC, DRAWING_SPEC)
    found = images.in_bulk(wanted)
    return [
        {**payload, "image": _picture(payload["image"], found) if payload.get("image") else None}
        for payload in payloads
    ]


def _picture(stored: Payload, images: dict[int, AbstractImage]) -> Payload | None:
    image = images.get(stored["id"])
    if image is None:
        return None
    try:
        rendition = image.get_rendition(DRAWING_SPEC if image.is_svg() else PICTURE_SPEC)
    except (OSError, DecompressionBombError):
        _logger.exception("the file of picture %s cannot be read", image.pk)
        return None
    return {
        "url": rendition.url,
        "alt": stored["alt"],
        "width": rendition.width,
        "height": rendition.height,
    }
