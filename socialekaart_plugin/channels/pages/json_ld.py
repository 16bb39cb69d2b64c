"""JSON-LD of a record, in the vocabulary of schema.org, for search engines."""

import datetime
import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from socialekaart_plugin.directory.choices import Cost
from socialekaart_plugin.presentation.contact import via
from socialekaart_plugin.publication.agenda import Agenda, agenda_of
from socialekaart_plugin.publication.choices import RecordKind
from socialekaart_plugin.publication.rules import Payload
from socialekaart_plugin.timetable.calendars import Calendar

from .json_ld_times import opening_specifications, schedules

#: Characters that would end a script element or an HTML comment (as in Django's json_script).
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def json_ld(
    payload: Payload,
    permanent_url: str,
    *,
    now: datetime.datetime,
    calendar: Calendar | None,
    image_url: str = "",
) -> SafeString:
    """Return the content of a `<script type="application/ld+json">` for a record.

    Args:
        payload: of an organisation or an activity, as of today.
        permanent_url: its permanent address, with host.
        now: the moment of reading.
        calendar: `publication.selectors.holidays_needed_for` for it.
        image_url: URL of its picture, with host; empty if there is none.
    """
    agenda = agenda_of(payload, calendar)
    thing = {
        **_thing(payload, permanent_url, agenda, now),
        **({"image": image_url} if image_url else {}),
    }
    text = json.dumps(thing, ensure_ascii=False)
    return mark_safe(text.translate(_ESCAPES))  # noqa: S308 - escaped above


def _thing(
    payload: Payload, permanent_url: str, agenda: Agenda, now: datetime.datetime
) -> dict[str, Any]:
    is_organisation = payload["kind"] == RecordKind.ORGANISATION
    thing: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Organization" if is_organisation else "Service",
        "@id": permanent_url,
        "url": permanent_url,
        "name": payload["name"],
        "description": payload["summary"],
    }
    if payload["alternative_names"]:
        thing["alternateName"] = payload["alternative_names"]
    if payload["tags"]:
        thing["keywords"] = payload["tags"]
    served = [{"@type": "Place", "name": area["name"]} for area in payload.get("areas_served", ())]
    if served:
        thing["areaServed"] = served
    if is_organisation:
        return thing | _of_organisation(payload, opening_specifications(agenda, now))
    return thing | _of_activity(payload, schedules(agenda, now))


def _of_organisation(payload: Payload, hours: dict[str, Any]) -> dict[str, Any]:
    found = _contact(payload)
    places = payload["places"]
    if places:
        found["address"] = [_address(place) for place in places]
    if hours and places:
        # The record's part of the building: the rest has other opening hours.
        found["location"] = {
            "@type": "Place",
            "name": payload["name"],
            "address": _address(places[0]),
            "containedInPlace": _place(places[0]),
            **hours,
        }
    if payload.get("kvk_number"):
        found["identifier"] = {
            "@type": "PropertyValue",
            "propertyID": "KvK",
            "value": payload["kvk_number"],
        }
    return found


def _of_activity(payload: Payload, times: list[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    organisers = [
        {"@type": "Organization", "name": organisation["name"]}
        for organisation in payload["organisations"]
    ]
    if organisers:
        found["provider"] = organisers
    channel = {"@type": "ServiceChannel", **_service_contact(payload)}
    locations = [_place(place) for place in payload["places"]]
    if locations:
        channel["serviceLocation"] = locations
    found["availableChannel"] = channel
    audience = _audience(payload)
    if audience:
        found["audience"] = audience
    if payload.get("cost", {}).get("kind") == Cost.FREE:
        found["offers"] = {"@type": "Offer", "price": "0", "priceCurrency": "EUR"}
    if times:
        found |= _event(payload, times, organisers, locations)
    return found


def _event(
    payload: Payload, times: list[Any], organisers: list[Any], locations: list[Any]
) -> dict[str, Any]:
    """Return the Event properties of an activity with set times: a recurring event."""
    found: dict[str, Any] = {"@type": ["Service", "Event"], "eventSchedule": times}
    if payload["cost"]["kind"] == Cost.FREE:
        found["isAccessibleForFree"] = True
    if organisers:
        found["organizer"] = organisers
    if locations:
        found["location"] = locations
    return found


def _audience(payload: Payload) -> list[dict[str, Any]]:
    ages = {"suggestedMinAge": payload.get("min_age"), "suggestedMaxAge": payload.get("max_age")}
    ages = {name: age for name, age in ages.items() if age is not None}
    people = [{"@type": "PeopleAudience", **ages}] if ages else []
    groups = [
        {"@type": "Audience", "audienceType": group["name"]} for group in payload["target_groups"]
    ]
    return [*groups, *people]


def _contact(payload: Payload) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for fact in payload["contact"]:
        if fact["kind"] == "phone":
            if fact["uri"]:
                facts.setdefault("telephone", _dialled(fact["uri"]))
        elif fact["kind"] == "mail":
            facts.setdefault("email", fact["value"])
        elif fact["uri"]:
            facts.setdefault("sameAs", []).append(fact["uri"])
    if payload.get("platform_profile_url"):
        facts.setdefault("sameAs", []).append(payload["platform_profile_url"])
    return facts


def _dialled(uri: str) -> str:
    """Return a telephone number in international notation: +31-79-123-4567."""
    return uri.removeprefix("tel:").replace(";ext=", " ext. ")


def _service_contact(payload: Payload) -> dict[str, Any]:
    facts = _contact(payload)
    channel: dict[str, Any] = {}
    if "telephone" in facts:
        channel["servicePhone"] = {
            "@type": "ContactPoint",
            "telephone": facts["telephone"],
            **_answered_by(payload),
        }
    if "sameAs" in facts:
        channel["serviceUrl"] = facts["sameAs"][0]
    return channel


def _answered_by(payload: Payload) -> dict[str, str]:
    """Return the name of the organisation that answers, if it is not the service itself."""
    phones = (fact for fact in payload["contact"] if fact["kind"] == "phone" and fact["uri"])
    name = via(next(phones))
    return {"name": name} if name else {}


def _place(place: dict[str, Any]) -> dict[str, Any]:
    return {"@type": "Place", "name": place["name"], "address": _address(place)}


def _address(place: dict[str, Any]) -> dict[str, Any]:
    address = {
        "@type": "PostalAddress",
        "streetAddress": place["street_address"],
        "postalCode": place["postcode"],
        "addressLocality": place["city"],
    }
    return {name: value for name, value in address.items() if value}
