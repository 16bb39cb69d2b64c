"""The facets of search: how each reads its values from a payload, and their names."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from socialekaart_plugin.directory.choices import (
    ActivityForm,
    Cost,
    Language,
    OrganisationKind,
    Referral,
    Registration,
)
from socialekaart_plugin.foundation.transliteration import signs_in_words
from socialekaart_plugin.language import folded_words
from socialekaart_plugin.places.choices import AccessibilityFact, AreaKind
from socialekaart_plugin.places.rules import is_dutch_postcode
from socialekaart_plugin.publication.choices import FINDABLE, RecordKind
from socialekaart_plugin.publication.rules import Payload
from socialekaart_plugin.timetable.repetition import Weekday

#: Valid values, in URLs and in the index.
VALUE = re.compile(r"[-\w]{1,120}")
_VALUE_MAX_LENGTH = 120
#: Values of the facet `weekday`, from Monday on.
DAYS = tuple(day.name.lower() for day in Weekday)

Values = Callable[[Payload], Iterable[str]]


def _no_values(payload: Payload) -> Iterable[str]:
    return ()


def _offer_all(payload: Payload) -> bool:
    return True


@dataclass(frozen=True)
class Facet:
    """A facet.

    Every facet takes the names of its values from one of `choices`, `kind` and `has_labels`.

    Attributes:
        name: in URLs and in the API.
        label: for display.
        values: reads the values of an organisation or activity from its payload (`as_of`), with
            wider ones. None for help questions, which depend on other facets, and for weekdays,
            which depend on times.
        choices: names of fixed values, in order.
        kind: the kind of public record that the values refer to by slug.
        has_labels: whether documents hold the names (`tag_labels`).
        is_offered: whether visitors see a list of its values; else it works by link only.
        offers: whether visitors see a value, by the payload of its record.
    """

    name: str
    label: str | Promise
    values: Values = _no_values
    choices: Mapping[str, str | Promise] = field(default_factory=dict)
    kind: RecordKind | None = None
    has_labels: bool = False
    is_offered: bool = True
    offers: Callable[[Payload], bool] = _offer_all


def _themes(payload: Payload) -> Iterable[str]:
    return [step["slug"] for theme in payload["themes"] for step in theme["path"]]


def _target_groups(payload: Payload) -> Iterable[str]:
    return [group["slug"] for group in payload["target_groups"]]


def _tags(payload: Payload) -> Iterable[str]:
    return tag_labels(payload)


def _kind(payload: Payload) -> Iterable[str]:
    return (payload["kind"],)


def _organisation_kind(payload: Payload) -> Iterable[str]:
    return (payload.get("organisation_kind", ""),)


def _forms(payload: Payload) -> Iterable[str]:
    forms: list[str] = payload.get("forms", [])
    return forms


def _areas(payload: Payload) -> Iterable[str]:
    return [area["slug"] for place in payload["places"] for area in place["areas"]]


def _cost(payload: Payload) -> Iterable[str]:
    return (payload["cost"]["kind"],)


def _city_pass(payload: Payload) -> Iterable[str]:
    return ("yes",) if payload["cost"]["city_pass"] else ()


def _registration(payload: Payload) -> Iterable[str]:
    ways: list[str] = payload["registration"]["ways"]
    return ways


def _referral(payload: Payload) -> Iterable[str]:
    return (payload["referral"]["kind"],)


def _accessibility(payload: Payload) -> Iterable[str]:
    known = [payload["accessibility"], *(p.get("accessibility") for p in payload["places"])]
    return [fact for each in known if each for fact, holds in each["facts"].items() if holds]


def _languages(payload: Payload) -> Iterable[str]:
    return payload["languages"] or (Language.DUTCH.value,)


def _organisations(payload: Payload) -> Iterable[str]:
    return [organisation["slug"] for organisation in payload.get("organisations", ())]


def _areas_served(payload: Payload) -> Iterable[str]:
    return [area["slug"] for area in payload["areas_served"]]


def _postcodes(payload: Payload) -> Iterable[str]:
    written = [place["postcode"] for place in places_of(payload)]
    return [each.replace(" ", "").upper() for each in written if is_dutch_postcode(each)]


def _pc4(payload: Payload) -> Iterable[str]:
    return [postcode[:4] for postcode in _postcodes(payload)]


def _is_district(area: Payload) -> bool:
    return bool(area["area_kind"] == AreaKind.DISTRICT)


def _names(choices: Iterable[tuple[str, str | Promise]]) -> Mapping[str, str | Promise]:
    return dict(choices)


FACETS: dict[str, Facet] = {
    facet.name: facet
    for facet in (
        Facet("theme", _("Theme"), _themes, kind=RecordKind.THEME),
        Facet("target_group", _("Target group"), _target_groups, kind=RecordKind.TARGET_GROUP),
        Facet("help_question", _("Help question"), kind=RecordKind.HELP_QUESTION),
        Facet("tag", _("Keyword"), _tags, has_labels=True),
        Facet("kind", _("Kind"), _kind, _names((k.value, k.label) for k in FINDABLE)),
        Facet(
            "organisation_kind",
            _("Kind of organisation"),
            _organisation_kind,
            _names(OrganisationKind.choices),
        ),
        Facet("form", _("How to take part"), _forms, _names(ActivityForm.choices)),
        Facet("area", _("District"), _areas, kind=RecordKind.AREA, offers=_is_district),
        Facet("weekday", _("Day"), choices=_names(zip(DAYS, WEEKDAYS.values(), strict=True))),
        Facet("cost", _("Cost"), _cost, _names(Cost.choices)),
        Facet("city_pass", _("City pass"), _city_pass, {"yes": _("discount with the city pass")}),
        Facet("registration", _("Registration"), _registration, _names(Registration.choices)),
        Facet("referral", _("Referral"), _referral, _names(Referral.choices)),
        Facet(
            "accessibility", _("Accessibility"), _accessibility, _names(AccessibilityFact.choices)
        ),
        Facet("language", _("Language"), _languages, _names(Language.choices)),
        Facet(
            "organisation",
            _("Organisation"),
            _organisations,
            kind=RecordKind.ORGANISATION,
            is_offered=False,
        ),
    )
}

_INTERNAL: dict[str, Values] = {
    "served": _areas_served,
    "postcode": _postcodes,
    "pc4": _pc4,
}
#: Internal facets of documents, which are no parameters.
INTERNAL = (*_INTERNAL, "slot")

_OF_RECORDS = (*((f.name, f.values) for f in FACETS.values()), *_INTERNAL.items())
_OF_PLACES = (("kind", _kind), ("postcode", _postcodes), ("pc4", _pc4))


def facet_values(payload: Payload, slots: Sequence[str] = ()) -> Iterator[tuple[str, str]]:
    """Yield every facet and value of a payload, wider values included.

    Args:
        payload: of an organisation, activity or place, as `as_of` reads it.
        slots: the parts of the week of its coming times, as "monday-evening".
    """
    readers = _OF_PLACES if payload["kind"] == RecordKind.PLACE else _OF_RECORDS
    for name, values in readers:
        for value in dict.fromkeys(values(payload)):
            if value:
                yield name, value
    for day in dict.fromkeys(slot.partition("-")[0] for slot in slots):
        yield "weekday", day
    for slot in slots:
        yield "slot", slot


def tag_labels(payload: Payload) -> dict[str, str]:
    """Return the keywords of a payload by value; keywords without letters are left out."""
    found: dict[str, str] = {}
    for tag in payload["tags"]:
        value = "-".join(folded_words(signs_in_words(tag)))[:_VALUE_MAX_LENGTH]
        if value:
            found.setdefault(value, tag)
    return found


def places_of(payload: Payload) -> list[Payload]:
    """Return the places of a record; for a place, the place itself."""
    places: list[Payload] = [payload] if payload["kind"] == RecordKind.PLACE else payload["places"]
    return places
