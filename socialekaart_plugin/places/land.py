"""Checks that a point lies on land, so that no place is put in the sea."""

import json
from functools import lru_cache
from pathlib import Path

from shapely import prepare
from shapely.geometry.base import BaseGeometry

from socialekaart_plugin.foundation.conf import conf

from . import rules

#: The bundled outlines; see data/SOURCE.md for their source.
_OWN_FOLDER = Path(__file__).parent / "data"


def is_on_land(latitude: float, longitude: float) -> bool:
    """Return whether a point (degrees) is on land or, with the bundled outline, just off the coast.

    Always True when the check is disabled (`SOCIALEKAART_LAND_OUTLINE` is empty).

    Raises:
        ValueError: the outline is unreadable; the system checks report that earlier.
    """
    if not conf.LAND_OUTLINE:
        return True
    return rules.outline_holds(read_land_outline(conf.LAND_OUTLINE), latitude, longitude)


@lru_cache(maxsize=2)
def read_land_outline(name: str) -> BaseGeometry:
    """Read an outline of the land, and cache it in memory.

    Args:
        name: path of a GeoJSON geometry; a name without a folder is a bundled file.

    Raises:
        ValueError: the file is missing, or holds no polygon in degrees.
    """
    path = Path(name)
    if path.parent == Path():
        path = _OWN_FOLDER / path
    try:
        geometry = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ValueError(f"{path}: {error.strerror}") from error
    outline = rules.read_outline(geometry)
    prepare(outline)
    return outline
