"""Postcodes, points, outlines, school holidays as plain values; no database, no framework."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from shapely import make_valid, to_geojson
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry

from socialekaart_plugin.timetable.calendars import Calendar, Period

from .street_addresses import POSTCODE_WITHIN

_DUTCH_POSTCODE = re.compile(r"^\s*([1-9][0-9]{3})\s*([A-Za-z]{2})\s*$")
#: With an exponent as well: both Python and JavaScript write a very small number as `1e-07`.
_NUMBER = r"(-?\d+(?:\.\d+)?(?:e[-+]?\d+)?)"
_POINT = re.compile(
    rf"^\s*(?:SRID=4326;)?\s*POINT\s*\(\s*{_NUMBER}\s+{_NUMBER}\s*\)\s*$",
    re.IGNORECASE,
)


def normalise_postcode(value: str) -> str:
    """Return a Dutch postcode as `1234 AB`; any other value only trimmed."""
    match = _DUTCH_POSTCODE.match(value)
    return f"{match[1]} {match[2].upper()}" if match else value.strip()


def moved_share(before: BaseGeometry, after: BaseGeometry) -> float:
    """Return how much of an outline lies elsewhere now: gained and lost, as a part of what it was.

    In degrees, which is right for a part: within a town a degree is everywhere as long.
    """
    return float(before.symmetric_difference(after).area / before.area)


def normalise_postcodes(text: str) -> str:
    """Return a text in which every Dutch postcode is written as `1234 AB`."""
    return POSTCODE_WITHIN.sub(lambda match: f"{match[1]} {match[2].upper()}", text)


def is_dutch_postcode(value: str) -> bool:
    """Tell whether a value is a whole Dutch postcode."""
    return bool(_DUTCH_POSTCODE.match(value))


def parse_point(value: str) -> tuple[float, float] | None:
    """Read `SRID=4326;POINT(longitude latitude)`, as wagtailgeowidget writes it.

    Returns:
        (latitude, longitude) in degrees (WGS84); None for an empty value.

    Raises:
        ValueError: the value is no point, or lies outside the globe.
    """
    if not value:
        return None
    match = _POINT.match(value)
    if not match:
        raise ValueError("not a point")
    longitude, latitude = float(match[1]), float(match[2])
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise ValueError("outside the globe")
    return latitude, longitude


def format_point(latitude: float, longitude: float) -> str:
    """Write a point as wagtailgeowidget reads it."""
    return f"SRID=4326;POINT({longitude} {latitude})"


def read_outline(geometry: Any) -> BaseGeometry:
    """Read a GeoJSON Polygon or MultiPolygon in degrees (WGS84).

    Raises:
        ValueError: `"kind"`, `"projection"` or `"broken"`: not a polygon, not in degrees, or
            not a valid polygon (crossing itself, not closed, too few points).
    """
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        raise ValueError("kind")
    try:
        outline = shape(geometry)
    except Exception as error:
        # shapely raises its own, NumPy's and Python's errors for malformed coordinates.
        raise ValueError("broken") from error
    if outline.is_empty:
        raise ValueError("broken")
    west, south, east, north = outline.bounds
    if west < -180 or east > 180 or south < -90 or north > 90:
        raise ValueError("projection")
    return outline if outline.is_valid else _mended(outline)


def _mended(outline: BaseGeometry) -> BaseGeometry:
    """Return an outline whose rings no longer touch themselves, where that changes nothing else.

    Generalised official boundaries often touch themselves in a point; a bow tie is no such flaw.

    Raises:
        ValueError: `"broken"`: mending would change the area by more than a thousandth, or
            nothing would be left.
    """
    mended = make_valid(outline, method="structure", keep_collapsed=False)
    polygonal = mended.geom_type in ("Polygon", "MultiPolygon") and not mended.is_empty
    if not polygonal or abs(mended.area - outline.area) > outline.area / 1000:
        raise ValueError("broken")
    return mended


def as_geojson(outline: BaseGeometry) -> dict[str, Any]:
    """Return an outline as GeoJSON, with lists as JSON has them."""
    geometry: dict[str, Any] = json.loads(to_geojson(outline))
    return geometry


def outline_holds(outline: BaseGeometry, latitude: float, longitude: float) -> bool:
    """Tell whether a point (degrees) lies in or on an outline."""
    return bool(outline.covers(Point(longitude, latitude)))


#: The longest time without a school holiday is about three months; a list that is silent for
#: longer says nothing of the time between.
_LONGEST_SILENCE = timedelta(days=150)


def supplemented_holidays(loaded: Iterable[Period], official: Calendar) -> Calendar:
    """Return loaded school holidays, with the official ones of the time they say nothing of.

    Args:
        loaded: periods that do not overlap; where they are on end, with less than 150 days in
            between, nothing official is added among them.
        official: what holds where nothing was loaded.
    """
    periods = sorted(loaded)
    covered: list[Period] = []
    for period in periods:
        if covered and period.first - covered[-1].last <= _LONGEST_SILENCE:
            covered[-1] = Period(covered[-1].first, period.last)
        else:
            covered.append(Period(period.first, period.last))
    added = [
        period
        for period in official.periods
        if not any(period.first <= span.last and span.first <= period.last for span in covered)
    ]
    return Calendar(official.name, (*periods, *added))


def suits(facts: Mapping[str, bool], essentials: Iterable[str]) -> bool | None:
    """Tell whether a building or activity suits a visitor, as far as is known.

    Args:
        facts: what is known: fact → yes or no.
        essentials: the facts that the visitor cannot do without (`choices.ESSENTIAL_FOR`).

    Returns:
        False when one of them is a no, None when one is unknown, else True.
    """
    answers = [facts.get(fact) for fact in essentials]
    if any(answer is False for answer in answers):
        return False
    return None if None in answers else True
