"""Pure functions for postcodes, points, outlines, holidays and accessibility; no database."""

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
#: Exponents included: Python and JavaScript write very small numbers as `1e-07`.
_NUMBER = r"(-?\d+(?:\.\d+)?(?:e[-+]?\d+)?)"
_POINT = re.compile(
    rf"^\s*(?:SRID=4326;)?\s*POINT\s*\(\s*{_NUMBER}\s+{_NUMBER}\s*\)\s*$",
    re.IGNORECASE,
)


def normalise_postcode(value: str) -> str:
    """Return a Dutch postcode as `1234 AB`; only trim any other value."""
    match = _DUTCH_POSTCODE.match(value)
    return f"{match[1]} {match[2].upper()}" if match else value.strip()


def moved_share(before: BaseGeometry, after: BaseGeometry) -> float:
    """Return surface gained plus surface lost, as a fraction of the old surface.

    Computed in degrees: within a town their size is constant, so the ratio is right.
    """
    return float(before.symmetric_difference(after).area / before.area)


def normalise_postcodes(text: str) -> str:
    """Normalise every Dutch postcode in a text to `1234 AB`."""
    return POSTCODE_WITHIN.sub(lambda match: f"{match[1]} {match[2].upper()}", text)


def is_dutch_postcode(value: str) -> bool:
    """Return whether a value is a complete Dutch postcode."""
    return bool(_DUTCH_POSTCODE.match(value))


def parse_point(value: str) -> tuple[float, float] | None:
    """Parse `SRID=4326;POINT(longitude latitude)`, the format of wagtailgeowidget.

    Returns:
        (latitude, longitude) in degrees (WGS84); None for an empty value.

    Raises:
        ValueError: the value is not a point, or its coordinates are out of range.
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
    """Format a point for wagtailgeowidget."""
    return f"SRID=4326;POINT({longitude} {latitude})"


def read_outline(geometry: Any) -> BaseGeometry:
    """Parse a GeoJSON Polygon or MultiPolygon in degrees (WGS84).

    Raises:
        ValueError: `"kind"`, `"projection"` or `"broken"`: not a polygon, not in degrees, or
            not a valid polygon (crossing itself, not closed, too few points).
    """
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        raise ValueError("kind")
    try:
        outline = shape(geometry)
    except Exception as error:
        # Malformed coordinates raise errors of shapely, NumPy or Python.
        raise ValueError("broken") from error
    if outline.is_empty:
        raise ValueError("broken")
    west, south, east, north = outline.bounds
    if west < -180 or east > 180 or south < -90 or north > 90:
        raise ValueError("projection")
    return outline if outline.is_valid else _mended(outline)


def _mended(outline: BaseGeometry) -> BaseGeometry:
    """Repair an outline that touches itself, if that changes nothing else.

    Official generalised boundaries often touch themselves in a point. A bow tie is an error.

    Raises:
        ValueError: `"broken"`: the repair changes the surface by more than a thousandth, or
            leaves nothing.
    """
    mended = make_valid(outline, method="structure", keep_collapsed=False)
    polygonal = mended.geom_type in ("Polygon", "MultiPolygon") and not mended.is_empty
    if not polygonal or abs(mended.area - outline.area) > outline.area / 1000:
        raise ValueError("broken")
    return mended


def as_geojson(outline: BaseGeometry) -> dict[str, Any]:
    """Convert an outline to GeoJSON, with lists instead of tuples."""
    geometry: dict[str, Any] = json.loads(to_geojson(outline))
    return geometry


def outline_holds(outline: BaseGeometry, latitude: float, longitude: float) -> bool:
    """Return whether a point (degrees) lies in a polygon or on its edge."""
    return bool(outline.covers(Point(longitude, latitude)))


#: School holidays are at most about three months apart. A longer gap means missing data.
_LONGEST_SILENCE = timedelta(days=150)


def supplemented_holidays(loaded: Iterable[Period], official: Calendar) -> Calendar:
    """Fill the gaps in imported school holidays with the official ones.

    Args:
        loaded: periods that do not overlap; a gap under 150 days is not filled.
        official: the calendar to fill the gaps from.
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
    """Return whether a building or activity suits a visitor.

    Args:
        facts: the known facts: fact → yes or no.
        essentials: the facts that the visitor requires (`choices.ESSENTIAL_FOR`).

    Returns:
        False when one of them is no, None when one is unknown, else True.
    """
    answers = [facts.get(fact) for fact in essentials]
    if any(answer is False for answer in answers):
        return False
    return None if None in answers else True
