"""Questions about places and areas."""

from typing import Any

from django.db import models

from . import rules


class AreaQuerySet(models.QuerySet[Any]):
    """Areas, asked by where they lie."""

    def around(self, latitude: float, longitude: float) -> "AreaQuerySet":
        """Areas whose bounding box holds a point (degrees): few enough to look at the outlines."""
        return self.filter(
            south__lte=latitude, north__gte=latitude, west__lte=longitude, east__gte=longitude
        )

    def narrowest_at(self, latitude: float, longitude: float) -> Any:
        """The narrowest area that holds a point (degrees); None outside all areas."""
        around = self.around(latitude, longitude).select_related("parent__parent")
        holding = [a for a in around if rules.outline_holds(a.polygon, latitude, longitude)]
        return max(holding, key=lambda area: area.rank, default=None)


class PlaceQuerySet(models.QuerySet[Any]):
    """Places."""

    def within(self, west: float, south: float, east: float, north: float) -> "PlaceQuerySet":
        """Places whose point lies in a box (degrees)."""
        return self.filter(
            latitude__range=(south, north),
            longitude__range=(west, east),
        )
