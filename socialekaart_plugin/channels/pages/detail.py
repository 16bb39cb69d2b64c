"""Template context for the page of a record."""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone

from socialekaart_plugin.discovery.search import Found, SearchRequest, search
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.presentation.record_in_words import record_in_words
from socialekaart_plugin.publication.addresses import permanent_url
from socialekaart_plugin.publication.choices import RecordKind
from socialekaart_plugin.publication.rules import Payload, as_of
from socialekaart_plugin.publication.selectors import (
    add_pictures,
    expand_descriptions,
    holidays_needed_for,
)

from .found_cards import found_cards
from .json_ld import json_ld

if TYPE_CHECKING:
    from .models import DirectoryPage

#: Activities shown on the page of an organisation; the list shows the rest.
ACTIVITIES_SHOWN = 50


def detail_context(
    page: "DirectoryPage", request: HttpRequest, payload: Payload, audience: Audience
) -> dict[str, Any]:
    """Return the template context of a record page."""
    payload = as_of(payload, timezone.localdate())
    activities, activity_total = _activities(payload, audience)
    organisations = [
        {**organisation, "url": page.record_url(organisation, request)}
        for organisation in payload.get("organisations", ())
    ]
    return {
        **record_context(payload, request),
        "organisations": organisations,
        "activities": found_cards(page, request, activities),
        "activity_total": activity_total,
        "all_activities_url": (
            f"{page.get_url(request)}?{urlencode({'organisation': payload['slug']})}"
        ),
        "list_url": page.get_url(request),
        "is_referrer": audience == Audience.REFERRER,
    }


def _activities(payload: Payload, audience: Audience) -> tuple[list[Found], int]:
    """Return the activities of an organisation that its page shows, and the total number."""
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
    """Return the template context of the record itself, also for a preview.

    Args:
        payload: as of today.
        request: of the reader.
    """
    (payload,) = add_pictures(expand_descriptions([payload]))
    address = permanent_url(
        payload["short_id"], root_url=f"{request.scheme}://{request.get_host()}"
    )
    image_url = request.build_absolute_uri(payload["image"]["url"]) if payload["image"] else ""
    now = timezone.now()
    calendar = holidays_needed_for([payload, *payload["places"]])
    return {
        **vars(record_in_words(payload, now, calendar)),
        "permanent_url": address,
        "json_ld": json_ld(payload, address, now=now, calendar=calendar, image_url=image_url),
    }
