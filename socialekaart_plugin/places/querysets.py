"""Questions about places and areas."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import models
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from socialekaart_plugin.foundation.announced_model import AnnouncedChild, AnnouncedModel
from socialekaart_plugin.foundation.search_words import MOST_WORDS
from socialekaart_plugin.foundation.slugs import slug_of
from socialekaart_plugin.foundation.transliteration import apostrophe_spellings

from . import rules


def outlines_along(path: str) -> list[str]:
    """Return the columns with outlines that a join along this path would read, to leave them out.

    Args:
        path: for `select_related`, such as `place__area__parent__parent`.
    """
    steps = path.split("__")
    if "area" not in steps:
        return []
    ends = range(steps.index("area") + 1, len(steps) + 1)
    return ["__".join([*steps[:end], "outline"]) for end in ends]


def _narrowest(areas: Iterable[Any], point: tuple[float, float]) -> Any:
    holding = [area for area in areas if rules.outline_holds(area.polygon, *point)]
    return max(holding, key=lambda area: area.rank, default=None)


class AreaQuerySet(models.QuerySet[Any]):
    """Areas, asked by where they lie."""

    def around(self, latitude: float, longitude: float) -> "AreaQuerySet":
        """Areas whose bounding box holds a point (degrees): few enough to look at the outlines."""
        return self.filter(
            south__lte=latitude, north__gte=latitude, west__lte=longitude, east__gte=longitude
        )

    def around_box(self, area: Any) -> "AreaQuerySet":
        """Areas whose bounding box meets that of an area."""
        return self.filter(
            south__lte=area.north,
            north__gte=area.south,
            west__lte=area.east,
            east__gte=area.west,
        )

    def narrowest_at(self, latitude: float, longitude: float) -> Any:
        """The narrowest area that holds a point (degrees); None outside all areas."""
        around = self.around(latitude, longitude).select_related("parent__parent")
        return _narrowest(around, (latitude, longitude))

    def narrowest_at_each(self, points: Sequence[tuple[float, float]]) -> list[Any]:
        """The narrowest area of each point (latitude, longitude in degrees), in one query."""
        if not points:
            return []
        latitudes, longitudes = zip(*points, strict=True)
        near = self.filter(
            south__lte=max(latitudes),
            north__gte=min(latitudes),
            west__lte=max(longitudes),
            east__gte=min(longitudes),
        )
        areas = list(near)
        return [_narrowest(areas, point) for point in points]


class PlaceQuerySet(models.QuerySet[Any]):
    """Places."""

    def within(self, west: float, south: float, east: float, north: float) -> "PlaceQuerySet":
        """Places whose point lies in a box (degrees)."""
        return self.filter(
            latitude__range=(south, north),
            longitude__range=(west, east),
        )

    def matching(self, text: str) -> "PlaceQuerySet":
        """Places with every word of a text in their name or address; of many, the first."""
        places = self
        # Postcodes are kept with a space; people write them without one as well.
        for word in rules.normalise_postcodes(text).split()[:MOST_WORDS]:
            held = Q()
            for spelling in apostrophe_spellings(word):
                held |= Q(name__icontains=spelling)
                held |= Q(street_address__icontains=spelling)
                held |= Q(postcode__icontains=spelling) | Q(city__icontains=spelling)
            places = places.filter(held)
        return places

    def resembling(self, *, name: str, street_address: str, postcode: str) -> "PlaceQuerySet":
        """Places that may well be the one described: the same name, or the same address."""
        slug = slug_of(name)
        same = Q(name__iexact=name.strip())
        if slug:
            # The slug says the same of names that differ in accents and signs.
            same |= Q(slug=slug)
        street = " ".join(street_address.split())
        if street:
            at = Q(street_address__iexact=street)
            postcode = rules.normalise_postcode(postcode)
            same |= at & Q(postcode__in=("", postcode)) if postcode else at
        return self.filter(same)

    def with_uses(self) -> "PlaceQuerySet":
        """Places with `uses`: how many records name them, drafts that are rows included."""
        total: Any = Value(0)
        for model, column, record in self._users():
            counted = (
                model._default_manager.filter(**{column: OuterRef("pk")})
                .order_by()
                .values(column)
                .annotate(number=Count(record, distinct=True))
                .values("number")
            )
            total = total + Coalesce(Subquery(counted, output_field=IntegerField()), 0)
        return self.annotate(uses=total)

    def used(self, is_used: bool) -> "PlaceQuerySet":
        """Places that a record names, or those that none does."""
        named = Q()
        for model, column, _record in self._users():
            named |= Q(Exists(model._default_manager.filter(**{column: OuterRef("pk")})))
        return self.filter(named if is_used else ~named)

    def _users(self) -> Iterator[tuple[type[models.Model], str, str]]:
        """Yield who names a place: a model, its column, and the column that is the record."""
        for relation in self.model._meta.related_objects:
            other = relation.related_model
            if issubclass(other, AnnouncedChild):
                yield other, relation.field.name, other.parent_field
            elif issubclass(other, AnnouncedModel):
                yield other, relation.field.name, "pk"
