"""One value of a search parameter, read from text; None is a value that cannot be read."""

import datetime
import re

from socialekaart_plugin.discovery.search import Near

#: Metres.
RADIUS_MAX = 100_000
#: Years.
OLDEST = 120

_POSTCODE = re.compile(r"[1-9][0-9]{3} ?(?:[A-Za-z]{2})?")
_DEGREES = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,12})?")
_METRES = re.compile(r"[0-9]{1,7}(?:\.[0-9]{1,6})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_AGE = re.compile(r"[0-9]{1,3}")
_NUMBER = re.compile(r"[0-9]{1,12}")


def read_point(value: str) -> Near | None:
    """Read a point: latitude and longitude in degrees (WGS84), with a comma between."""
    numbers = value.split(",")
    if len(numbers) == 2 and all(map(_DEGREES.fullmatch, numbers)):
        latitude, longitude = map(float, numbers)
        if abs(latitude) <= 90 and abs(longitude) <= 180:
            return Near(latitude, longitude)
    return None


def read_postcode(value: str) -> str | None:
    """Read a postcode; whether it exists is for the search to say."""
    return value if _POSTCODE.fullmatch(value) else None


def read_radius(value: str) -> float | None:
    """Read a distance in metres, above 0 and at most `RADIUS_MAX`."""
    radius = float(value) if _METRES.fullmatch(value) else 0.0
    return radius if 0 < radius <= RADIUS_MAX else None


def read_date(value: str) -> datetime.date | None:
    """Read a day of the calendar."""
    if not _DAY.fullmatch(value):
        return None
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        return None


def read_age(value: str) -> int | None:
    """Read an age in whole years, at most `OLDEST`."""
    return int(value) if _AGE.fullmatch(value) and int(value) <= OLDEST else None


def read_number(value: str) -> int | None:
    """Read a whole number, not below 0."""
    return int(value) if _NUMBER.fullmatch(value) else None
