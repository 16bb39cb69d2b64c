"""A record in the words of schema.org, for search engines."""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from socialekaart_plugin.publication.choices import RecordKind
from socialekaart_plugin.publication.rules import Payload

#: What would end a script element or an HTML comment within JSON (as Django's json_script does).
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def json_ld(payload: Payload, permanent_url: str) -> SafeString:
    """Return the content of a `<script type="application/ld+json">` for a record.

    Args:
        payload: of an organisation or an activity, for the public.
        permanent_url: its permanent address, with host.
    """
    text = json.dumps(_thing(payload, permanent_url), ensure_ascii=False)
    return mark_safe(text.translate(_ESCAPES))  # noqa: S308 - escaped above


def _thing(payload: Payload, permanent_url: str) -> dict[str, Any]:
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
    if is_organisation:
        thing |= _contact(payload)
        addresses = [_address(place) for place in payload["places"]]
        if addresses:
            thing["address"] = addresses
        return thing
    if payload["organisations"]:
        thing["provider"] = [
            {"@type": "Organization", "name": organisation["name"]}
            for organisation in payload["organisations"]
        ]
    channel = {"@type": "ServiceChannel", **_service_contact(payload)}
    locations = [
        {"@type": "Place", "name": place["name"], "address": _address(place)}
        for place in payload["places"]
    ]
    if locations:
        channel["serviceLocation"] = locations
    thing["availableChannel"] = channel
    if payload["target_groups"]:
        thing["audience"] = [
            {"@type": "Audience", "audienceType": group["name"]}
            for group in payload["target_groups"]
        ]
    return thing


def _contact(payload: Payload) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for fact in payload["contact"]:
        if fact["kind"] == "phone":
            facts.setdefault("telephone", fact["value"])
        elif fact["kind"] == "mail":
            facts.setdefault("email", fact["value"])
        elif fact["uri"]:
            facts.setdefault("sameAs", []).append(fact["uri"])
    return facts


def _service_contact(payload: Payload) -> dict[str, Any]:
    facts = _contact(payload)
    channel: dict[str, Any] = {}
    if "telephone" in facts:
        channel["servicePhone"] = {"@type": "ContactPoint", "telephone": facts["telephone"]}
    if "sameAs" in facts:
        channel["serviceUrl"] = facts["sameAs"][0]
    return channel


def _address(place: dict[str, Any]) -> dict[str, Any]:
    address = {
        "@type": "PostalAddress",
        "streetAddress": place["street_address"],
        "postalCode": place["postcode"],
        "addressLocality": place["city"],
    }
    return {name: value for name, value in address.items() if value}
