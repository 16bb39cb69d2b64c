"""Read queries for other rooms: guess a location, school holidays, contents of areas."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import fmean
from typing import Any

from socialekaart_plugin.foundation.conf import conf
from socialekaart_plugin.foundation.deletion import UsedBy
from socialekaart_plugin.timetable.calendars import Calendar, Period
from socialekaart_plugin.timetable.public_holidays import Region, official_school_holidays

from . import rules
from .geocoding import GeocodingUnavailable, get_geocoder
from .models import Area, Place, SchoolHoliday
from .street_addresses import house_number


@dataclass(frozen=True)
class Guess:
    """The probable location of a postcode.

    Attributes:
        area: name of the area; empty when outside all areas.
        latitude: in degrees; None when only the area is known.
        longitude: in degrees; None when only the area is known.
    """

    area: str
    latitude: float | None
    longitude: float | None


def guess_by_postcode(postcode: str, street_address: str = "") -> Guess | None:
    """Guess the location of a postcode: by the geocoder, else by places with that postcode.

    Args:
        postcode: as typed; four digits are enough to guess the area.
        street_address: including the house number, if known.

    Returns:
        None when there is no guess.
    """
    try:
        found = get_geocoder().by_postcode(postcode, house_number(street_address))
    except GeocodingUnavailable:
        found = None
    if found is None:
        return _guess_by_places(rules.normalise_postcode(postcode))
    area = Area.objects.narrowest_at(found.latitude, found.longitude)
    return Guess(area.name if area else "", found.latitude, found.longitude)


def _guess_by_places(postcode: str) -> Guess | None:
    """Guess by places with this postcode, or only the area by its four digits."""
    digits = postcode[:4]
    if not (len(digits) == 4 and digits.isdecimal()):
        return None
    places: list[dict[str, Any]] = list(
        Place.objects.filter(postcode__startswith=digits, area__isnull=False).values(
            "postcode", "area__name", "latitude", "longitude"
        )
    )
    same = [place for place in places if place["postcode"] == postcode]
    near = same or places
    if not near:
        return None
    area = Counter(place["area__name"] for place in near).most_common(1)[0][0]
    within = [place for place in same if place["area__name"] == area]
    if not within:
        return Guess(area, None, None)
    return Guess(
        area,
        round(fmean(place["latitude"] for place in within), 6),
        round(fmean(place["longitude"] for place in within), 6),
    )


def school_holidays() -> Calendar | None:
    """Return the school holidays of the configured region (one query).

    Imported holidays take precedence; official ones fill the years without imported data.

    Returns:
        The calendar; None when `SOCIALEKAART_SCHOOL_REGION` is empty.
    """
    if not conf.SCHOOL_REGION:
        return None
    region = Region(conf.SCHOOL_REGION)
    rows = SchoolHoliday.objects.filter(region=region.value).order_by("starts_on")
    return _calendar(region, tuple(row.period for row in rows))


@lru_cache(maxsize=8)
def _calendar(region: Region, loaded: tuple[Period, ...]) -> Calendar:
    return rules.supplemented_holidays(loaded, official_school_holidays(region))


def what_lies_within(areas: Sequence[Area]) -> dict[Any, list[UsedBy]]:
    """Return, by pk, the narrower areas and the places inside these areas."""
    found: dict[Any, list[UsedBy]] = defaultdict(list)
    for area in Area.objects.filter(parent__in=areas).defer("outline"):
        found[area.parent_id].append(UsedBy(area))
    for place in Place.objects.filter(area__in=areas).only("name", "area"):
        found[place.area_id].append(UsedBy(place))
    return found
