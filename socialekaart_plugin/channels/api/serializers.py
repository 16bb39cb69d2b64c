"""Serializer: turns a payload into an item of the API, in Wagtail's shape and with full URLs."""

from collections.abc import Callable
from typing import Any

from socialekaart_plugin.presentation.times_as_data import opening_sentences, schedule_sentences
from socialekaart_plugin.publication.rules import Payload

#: Default fields of a list, besides `id` and `meta`.
LIST_FIELDS = ("name", "summary")

_NAMING = ("name", "alternative_names")
_PRACTICAL = (
    "themes",
    "target_groups",
    "min_age",
    "max_age",
    "languages",
    "areas_served",
    "tags",
    "cost",
    "registration",
    "referral",
    "capacity",
    "what_to_bring",
    "accessibility",
    "contact",
)
_UPKEEP = ("translations", "origin", "upkeep")

#: Fields by kind of record, in display order.
FIELDS = {
    "organisation": (
        *_NAMING,
        "organisation_kind",
        "summary",
        "description",
        "image",
        "notices",
        *_PRACTICAL,
        "postal_address",
        "places",
        "opening_hours",
        "opening_sentence",
        "opens_with_building",
        "open_now",
        "next_times",
        "platform_profile_url",
        "platform_vacancies_url",
        "kvk_number",
        "rsin",
        *_UPKEEP,
    ),
    "activity": (
        *_NAMING,
        "summary",
        "description",
        "image",
        "notices",
        "organisations",
        "validity",
        "forms",
        "sessions",
        "open_now",
        "next_times",
        "without_times",
        "places",
        *_PRACTICAL,
        "volunteers_wanted",
        "vacancy_url",
        *_UPKEEP,
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
        payload: as of today. If requested, its rich text must be expanded and its picture filled
            in, with host.
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
        **{name: _value(name, payload[_STORED_AS.get(name, name)]) for name in fields},
    }


def _value(name: str, value: Any) -> Any:
    represent_value = _REPRESENTED.get(name)
    return represent_value(value) if represent_value else value


def _reference(value: dict[str, Any]) -> dict[str, Any]:
    return {"id": value["uuid"], "name": value["name"], "slug": value["slug"]}


def _references(values: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [_reference(value) for value in values]


def _themes(themes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**_reference(theme), "path": [s["slug"] for s in theme["path"]]} for theme in themes]


def _organisations(organisations: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**_reference(o), "is_responsible": o["is_responsible"]} for o in organisations]


def _contact(facts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            **fact,
            "derived_from": _reference(source) if (source := fact["derived_from"]) else None,
        }
        for fact in facts
    ]


def _areas(areas: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**_reference(area), "kind": area["area_kind"], "code": area["code"]} for area in areas]


def _places(places: list[dict[str, Any]]) -> list[dict[str, Any]]:
    shown = ("street_address", "postcode", "city", "latitude", "longitude")
    return [
        {
            **_reference(place),
            **{name: place[name] for name in shown},
            "areas": _areas(place["areas"]),
            "opening_hours": (hours := place["opening_hours"]),
            "opening_sentence": opening_sentences(hours),
            "accessibility": place["accessibility"],
        }
        for place in places
    ]


def _sessions(sessions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "place": _reference(session["place"]) if session["place"] else None,
            "room": session["room"],
            "note": session["note"],
            "schedule": session["schedule"],
            "sentence": schedule_sentences(session["schedule"]),
        }
        for session in sessions
    ]


def _upkeep(upkeep: dict[str, Any]) -> dict[str, Any]:
    return {"verified_on": upkeep["verified_on"], "state": upkeep["state"]}


#: Fields that present a part of the payload in another way.
_STORED_AS = {"opening_sentence": "opening_hours"}
_REPRESENTED: dict[str, Callable[[Any], Any]] = {
    "themes": _themes,
    "target_groups": _references,
    "organisations": _organisations,
    "areas_served": _areas,
    "contact": _contact,
    "places": _places,
    "sessions": _sessions,
    "opening_sentence": opening_sentences,
    "upkeep": _upkeep,
}
