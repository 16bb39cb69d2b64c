"""System checks for the settings of places: school region, geocoder and outline of the land."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error
from django.utils.module_loading import import_string

from socialekaart_plugin.foundation.conf import PREFIX, conf
from socialekaart_plugin.timetable.public_holidays import Region

from .geocoding import Geocoder
from .land import read_land_outline


def check_school_region(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Report an unknown school region (socialekaart.E007)."""
    if not isinstance(conf.SCHOOL_REGION, str) or conf.SCHOOL_REGION in ("", *Region):
        return []  # foundation reports a wrong type
    return [
        Error(
            f"{PREFIX}SCHOOL_REGION is {conf.SCHOOL_REGION!r}; it must be "
            f"{', '.join(Region)} or empty.",
            id="socialekaart.E007",
        )
    ]


def check_geocoder(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Report a setting that names no usable geocoder (socialekaart.E008)."""
    if not isinstance(conf.GEOCODER, str):
        return []
    try:
        found = import_string(conf.GEOCODER)
        is_geocoder = isinstance(found, type) and issubclass(found, Geocoder)
    except ImportError:
        is_geocoder = False
    if is_geocoder:
        return []
    return [
        Error(
            f"{PREFIX}GEOCODER is {conf.GEOCODER!r}, which is no subclass of "
            "socialekaart_plugin.places.geocoding.Geocoder.",
            id="socialekaart.E008",
        )
    ]


def check_land_outline(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Report an unreadable outline of the land (socialekaart.E009)."""
    if not isinstance(conf.LAND_OUTLINE, str) or not conf.LAND_OUTLINE:
        return []
    try:
        read_land_outline(conf.LAND_OUTLINE)
    except ValueError as error:
        return [
            Error(
                f"{PREFIX}LAND_OUTLINE cannot be used: {error}",
                hint="It must be a GeoJSON polygon in degrees (WGS84); empty for no check.",
                id="socialekaart.E009",
            )
        ]
    return []
