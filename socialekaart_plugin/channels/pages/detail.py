"""What the page of a record shows: a payload turned into what a template prints."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_date

from socialekaart_plugin.directory.choices import NoticeKind
from socialekaart_plugin.discovery.search import Found, SearchRequest, search
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.presentation.accessibility import accessibility
from socialekaart_plugin.presentation.contact import contact_lines, line_to_ask
from socialekaart_plugin.presentation.practical_facts import label_of, practical_facts
from socialekaart_plugin.presentation.timetables import building_hours, held, own_hours
from socialekaart_plugin.presentation.translations import translated_texts
from socialekaart_plugin.publication.addresses import permanent_path
from socialekaart_plugin.publication.choices import RecordKind
from socialekaart_plugin.publication.rules import Payload, as_of
from socialekaart_plugin.publication.selectors import (
    add_pictures,
    expand_descriptions,
    heeded_holidays,
)

from .cards import items, kind_label
from .json_ld import json_ld

if TYPE_CHECKING:
    import datetime

    from .models import DirectoryPage

#: Activities shown on the page of an organisation; the list shows the rest.
ACTIVITIES_SHOWN = 50


@dataclass(frozen=True)
class NoticeLine:
    """What is different for the time being: in a word, in the editor's text, up to which day."""

    label: str
    text: str
    ends_on: "datetime.date | None"


def detail_context(
    page: "DirectoryPage", request: HttpRequest, payload: Payload, audience: Audience
) -> dict[str, Any]:
    """Return what the page of a record shows."""
    payload = as_of(payload, timezone.localdate())
    activities, activity_total = _activities(payload, audience)
    organisations = [
        {**organisation, "url": page.record_url(organisation, request)}
        for organisation in payload.get("organisations", ())
    ]
    return {
        **record_context(payload, request),
        "organisations": organisations,
        "activities": items(page, request, activities),
        "activity_total": activity_total,
        "all_activities_url": (
            f"{page.get_url(request)}?{urlencode({'organisation': payload['slug']})}"
        ),
        "list_url": page.get_url(request),
        "is_referrer": audience == Audience.REFERRER,
    }


def _activities(payload: Payload, audience: Audience) -> tuple[list[Found], int]:
    """Return the activities of an organisation, as many as are shown, and how many there are."""
    if payload["kind"] != RecordKind.ORGANISATION:
        return [], 0
    results = search(
        SearchRequest(
            facets={
                "kind": (RecordKind.ACTIVITY.value,),
                "organisation": (payload["slug"],),
            },
            limit=ACTIVITIES_SHOWN,
            audience=audience,
        )
    )
    return results.found, results.total


def record_context(payload: Payload, request: HttpRequest) -> dict[str, Any]:
    """Return what a record shows of itself, also in a preview.

    Args:
        payload: as of today.
        request: of whoever reads it.
    """
    (payload,) = add_pictures(expand_descriptions([payload]))
    contact = contact_lines(payload)
    permanent_url = request.build_absolute_uri(permanent_path(payload["short_id"]))
    image_url = request.build_absolute_uri(payload["image"]["url"]) if payload["image"] else ""
    now = timezone.now()
    calendar = heeded_holidays([payload, *payload["places"]])
    buildings = building_hours(payload, now, calendar)
    return {
        "record": payload,
        "kind_label": kind_label(payload),
        "contact": [line for line in contact if not line.via],
        "contact_via": [line for line in contact if line.via],
        "line_to_ask": line_to_ask(contact),
        "can_be_called": any(line.kind == "phone" for line in contact),
        "organisations": payload.get("organisations", []),
        "verified_on": _day(payload["upkeep"]["verified_on"]),
        "notices": _notices(payload),
        "starts_on": _day(payload.get("validity", {}).get("from")),
        "ends_on": _day(payload.get("validity", {}).get("until")),
        "held": held(payload, now, calendar),
        "opening": own_hours(payload, now, calendar),
        "places": [(place, buildings.get(place["uuid"])) for place in payload["places"]],
        "facts": practical_facts(payload),
        "accessibility": accessibility(payload),
        "translations": translated_texts(payload),
        "platform_host": _host(
            payload.get("platform_profile_url") or payload.get("platform_vacancies_url") or ""
        ),
        "permanent_url": permanent_url,
        "json_ld": json_ld(payload, permanent_url, now=now, calendar=calendar, image_url=image_url),
    }


def _notices(payload: Payload) -> list[NoticeLine]:
    return [
        NoticeLine(label_of(NoticeKind, notice["kind"]), notice["text"], _day(notice["ends_on"]))
        for notice in payload["notices"]
    ]


def _day(value: str | None) -> "datetime.date | None":
    return parse_date(value) if value else None


def _host(url: str) -> str:
    return urlsplit(url).netloc.removeprefix("www.")
