"""Where and when, and for whom, as the query parameters of the API say it."""

import datetime
import re
from typing import cast, get_args

from django.http import QueryDict
from wagtail.api.v2.utils import BadRequestError

from socialekaart_plugin.discovery.facets import DAYS
from socialekaart_plugin.discovery.query.plan import DayPart
from socialekaart_plugin.discovery.search import Near

#: Metres.
RADIUS_MAX = 100_000
OLDEST = 120

_POSTCODE = re.compile(r"[1-9][0-9]{3} ?(?:[A-Za-z]{2})?")
_DEGREES = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,12})?")
_METRES = re.compile(r"[0-9]{1,7}(?:\.[0-9]{1,6})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_AGE = re.compile(r"[0-9]{1,3}")
_MOST_DATES = 31


def near_of(query: QueryDict) -> Near | None:
    """Read a point: latitude and longitude in degrees (WGS84), with a comma between.

    Raises:
        BadRequestError: it is no point on earth.
    """
    asked = query.get("near")
    if asked is None:
        return None
    numbers = asked.split(",")
    if len(numbers) == 2 and all(map(_DEGREES.fullmatch, numbers)):
        latitude, longitude = map(float, numbers)
        if abs(latitude) <= 90 and abs(longitude) <= 180:
            return Near(latitude, longitude)
    raise BadRequestError("near must be latitude,longitude in degrees, such as 52.06,4.49")


def postcode_of(query: QueryDict) -> str:
    """Read a postcode; whether it exists is for the search to say.

    Raises:
        BadRequestError: it is written like no postcode.
    """
    postcode = query.get("postcode")
    if postcode is None:
        return ""
    if not _POSTCODE.fullmatch(postcode):
        raise BadRequestError("postcode must be four digits, or four digits and two letters")
    return postcode


def radius_of(query: QueryDict, *, has_point: bool) -> float | None:
    """Read a distance in metres.

    Raises:
        BadRequestError: it is not above 0 and at most `RADIUS_MAX`, or there is nothing to measure
            from.
    """
    value = query.get("radius")
    if value is None:
        return None
    radius = float(value) if _METRES.fullmatch(value) else 0.0
    if not 0 < radius <= RADIUS_MAX:
        raise BadRequestError(f"radius must be in metres, above 0 and at most {RADIUS_MAX}")
    if not has_point:
        raise BadRequestError("radius needs near or postcode")
    return radius


def weekdays_of(query: QueryDict) -> tuple[int, ...]:
    """Read days of the week; 0 is Monday.

    Raises:
        BadRequestError: there is no such day.
    """
    return tuple(DAYS.index(day) for day in _among(query, "day", DAYS))


def parts_of(query: QueryDict) -> tuple[DayPart, ...]:
    """Read parts of the day.

    Raises:
        BadRequestError: there is no such part.
    """
    return cast(tuple[DayPart, ...], _among(query, "part", get_args(DayPart)))


def dates_of(query: QueryDict, name: str, *, most: int = _MOST_DATES) -> tuple[datetime.date, ...]:
    """Read days of the calendar.

    Raises:
        BadRequestError: a day that is not there, or too many.
    """
    values = _given(query, name)
    if len(values) > most:
        raise BadRequestError(f"{name} takes at most {most}")
    try:
        return tuple(_date(value) for value in values)
    except ValueError as error:
        raise BadRequestError(f"{name} must be a date, such as 2026-11-23") from error


def age_of(query: QueryDict) -> int | None:
    """Read an age in years.

    Raises:
        BadRequestError: nobody is of that age.
    """
    value = query.get("age")
    if value is None:
        return None
    if not _AGE.fullmatch(value) or int(value) > OLDEST:
        raise BadRequestError(f"age must be in whole years, from 0 to {OLDEST}")
    return int(value)


def _date(value: str) -> datetime.date:
    if not _DAY.fullmatch(value):
        raise ValueError(value)
    return datetime.date.fromisoformat(value)


def _among(query: QueryDict, name: str, known: tuple[str, ...]) -> tuple[str, ...]:
    values = _given(query, name)
    if not set(values) <= set(known):
        raise BadRequestError(f"{name} must be one or more of {', '.join(known)}")
    return values


def _given(query: QueryDict, name: str) -> tuple[str, ...]:
    values = [value for given in query.getlist(name) for value in given.split(",")]
    return tuple(dict.fromkeys(values))
