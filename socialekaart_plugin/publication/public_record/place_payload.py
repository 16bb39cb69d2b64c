"""The public part of a place, on its own and inside the records that show it."""

from collections.abc import Iterable

from socialekaart_plugin.foundation.audiences import Audience, may_see
from socialekaart_plugin.places.models import Place
from socialekaart_plugin.publication.choices import RecordKind
from socialekaart_plugin.publication.rules import Payload
from socialekaart_plugin.timetable.as_json import opening_hours_from_json, opening_hours_to_json

from . import values


def shown_places(places: Iterable[Place | None], audience: Audience) -> list[Payload]:
    """Return the places that an audience may see, without duplicates, in their order."""
    found = dict.fromkeys(place for place in places if place is not None)
    payloads = (place_payload(place, audience) for place in found)
    return [payload for payload in payloads if payload is not None]


def place_payload(place: Place, audience: Audience) -> Payload | None:
    """Return the payload of a place for an audience; None if it is hidden from them."""
    if not may_see(audience, place.audience):
        return None
    return {
        **values.reference(place),
        "kind": RecordKind.PLACE.value,
        "street_address": place.street_address,
        "postcode": place.postcode,
        "city": place.city,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "areas": (
            [values.area(area) for area in place.area.ancestors_and_self()] if place.area else []
        ),
        "opening_hours": values.timetable(
            place.opening_hours, opening_hours_from_json, opening_hours_to_json, place
        ),
        "accessibility": values.accessibility(place),
    }
