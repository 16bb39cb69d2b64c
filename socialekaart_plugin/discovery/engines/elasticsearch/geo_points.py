"""Geometry of the points of documents: distance and centroid on the globe."""

from math import asin, atan2, cos, degrees, hypot, radians, sin, sqrt

from socialekaart_plugin.discovery.engines.base import Near
from socialekaart_plugin.discovery.engines.weights import EARTH_RADIUS


def centroid(points: list[dict[str, float]]) -> tuple[float, float]:
    """Return the centroid of points on the globe, latitude and longitude in degrees."""
    x = y = z = 0.0
    for point in points:
        latitude, longitude = radians(point["lat"]), radians(point["lon"])
        x += cos(latitude) * cos(longitude)
        y += cos(latitude) * sin(longitude)
        z += sin(latitude)
    return degrees(atan2(z, hypot(x, y))), degrees(atan2(y, x))


def distance_of(points: list[dict[str, float]], near: Near) -> float | None:
    """Return metres along the surface to the nearest of points; None without any."""
    return min((_metres(near, point["lat"], point["lon"]) for point in points), default=None)


def _metres(near: Near, latitude: float, longitude: float) -> float:
    here, there = radians(near.latitude), radians(latitude)
    north, east = sin((there - here) / 2), sin(radians(longitude - near.longitude) / 2)
    square = north * north + cos(here) * cos(there) * east * east
    return 2 * EARTH_RADIUS * asin(min(1.0, sqrt(square)))
