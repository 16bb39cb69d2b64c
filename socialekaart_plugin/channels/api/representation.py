"""A payload as the API shows it: Wagtail's shape of an item, addresses with host."""

from typing import Any

from socialekaart_plugin.publication.rules import Payload

#: Fields of a list that asks for none, besides `id` and `meta`.
LIST_FIELDS = ("name", "summary")

#: Fields by kind of record, in the order in which they are shown.
FIELDS = {
    "organisation": (
        "name",
        "alternative_names",
        "organisation_kind",
        "summary",
        "description",
        "themes",
        "target_groups",
        "tags",
        "contact",
        "places",
        "upkeep",
    ),
    "activity": (
        "name",
        "alternative_names",
        "summary",
        "description",
        "organisations",
        "themes",
        "target_groups",
        "tags",
        "contact",
        "places",
        "upkeep",
    ),
}

_TYPES = {
    "organisation": "socialekaart_plugin.Organisation",
    "activity": "socialekaart_plugin.Activity",
}


def represent(
    payload: Payload, fields: tuple[str, ...], *, detail_url: str, html_url: str
) -> dict[str, Any]:
    """Return a record as an item of the API.

    Args:
        payload: as of today, its rich text expanded when `description` is asked for.
        fields: which of `FIELDS` to show.
        detail_url: its address in the API, with host.
        html_url: its permanent address, with host.
    """
    return {
        "id": payload["uuid"],
        "meta": {
            "type": _TYPES[payload["kind"]],
            "detail_url": detail_url,
            "html_url": html_url,
            "slug": payload["slug"],
            "short_id": payload["short_id"],
            "first_published_at": payload["first_published_at"],
            "last_published_at": payload["last_published_at"],
        },
        **{name: _value(name, payload[name]) for name in fields},
    }


def _value(name: str, value: Any) -> Any:
    if name == "themes":
        return [
            {**_reference(theme), "path": [s["slug"] for s in theme["path"]]} for theme in value
        ]
    if name == "target_groups":
        return [_reference(group) for group in value]
    if name == "organisations":
        return [{**_reference(o), "is_responsible": o["is_responsible"]} for o in value]
    if name == "places":
        return [_place(place) for place in value]
    if name == "upkeep":
        return {"verified_on": value["verified_on"], "state": value["state"]}
    return value


def _reference(value: dict[str, Any]) -> dict[str, Any]:
    return {"id": value["uuid"], "name": value["name"], "slug": value["slug"]}


def _place(place: dict[str, Any]) -> dict[str, Any]:
    shown = ("street_address", "postcode", "city", "latitude", "longitude", "room", "note")
    return {
        **_reference(place),
        **{name: place[name] for name in shown},
        "areas": [
            {**_reference(area), "kind": area["area_kind"], "code": area["code"]}
            for area in place["areas"]
        ],
    }
