"""Land and sea: whether a point can be a place at all."""

import json
from functools import lru_cache
from pathlib import Path

from shapely import prepare
from shapely.geometry.base import BaseGeometry

from socialekaart_plugin.foundation.conf import conf

from . import rules

#: The outlines that come with the app; data/SOURCE.md says from where.
_OWN_FOLDER = Path(__file__).parent / "data"


def is_on_land(latitude: float, longitude: float) -> bool:
    """Tell whether a point (degrees) lies on land, or so near to it that it may be meant.

    True as well when the site checks nothing (`SOCIALEKAART_LAND_OUTLINE` is empty).

    Raises:
        ValueError: the outline cannot be read; the system checks say so first.
    """
    if not conf.LAND_OUTLINE:
        return True
    return rules.outline_holds(read_land_outline(conf.LAND_OUTLINE), latitude, longitude)


@lru_cache(maxsize=2)
def read_land_outline(name: str) -> BaseGeometry:
    """Read an outline of the land, kept in memory after the first time.

    Args:
        name: path of a GeoJSON geometry; a name without folder is one that comes with the app.

    Raises:
        ValueError: there is no such file, or it holds no polygon in degrees.
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
