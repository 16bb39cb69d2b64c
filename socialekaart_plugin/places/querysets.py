"""Querysets of places and areas: point in polygon, duplicates, search and usage."""

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
    """Return the outline columns on a join path, to pass to `defer`.

    Args:
        path: a `select_related` path, such as `place__area__parent__parent`.
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
    """Spatial queries on areas."""

    def around(self, latitude: float, longitude: float) -> "AreaQuerySet":
        """Return areas whose bounding box contains a point (degrees), as a first filter."""
        return self.filter(
            south__lte=latitude, north__gte=latitude, west__lte=longitude, east__gte=longitude
        )

    def around_box(self, area: Any) -> "AreaQuerySet":
        """Return areas whose bounding box overlaps that of an area."""
        return self.filter(
            south__lte=area.north,
            north__gte=area.south,
            west__lte=area.east,
            east__gte=area.west,
        )

    def narrowest_at(self, latitude: float, longitude: float) -> Any:
        """Return the narrowest area that contains a point (degrees); None if there is none."""
        around = self.around(latitude, longitude).select_related("parent__parent")
        return _narrowest(around, (latitude, longitude))

    def narrowest_at_each(self, points: Sequence[tuple[float, float]]) -> list[Any]:
        """Return the narrowest area for each point (latitude, longitude), in one query."""
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
    """Search, duplicate and usage queries on places."""

    def within(self, west: float, south: float, east: float, north: float) -> "PlaceQuerySet":
        """Return places whose point lies in a box (degrees)."""
        return self.filter(
            latitude__range=(south, north),
            longitude__range=(west, east),
        )

    def matching(self, text: str) -> "PlaceQuerySet":
        """Return places with every word of a text in their name or address."""
        places = self
        # Postcodes are stored with a space, but people also type them without.
        for word in rules.normalise_postcodes(text).split()[:MOST_WORDS]:
            held = Q()
            for spelling in apostrophe_spellings(word):
                held |= Q(name__icontains=spelling)
                held |= Q(street_address__icontains=spelling)
                held |= Q(postcode__icontains=spelling) | Q(city__icontains=spelling)
            places = places.filter(held)
        return places

    def resembling(self, *, name: str, street_address: str, postcode: str) -> "PlaceQuerySet":
        """Return possible duplicates: places with the same name or the same address."""
        slug = slug_of(name)
        same = Q(name__iexact=name.strip())
        if slug:
            # Equal slugs match names that differ only in accents or punctuation.
            same |= Q(slug=slug)
        street = " ".join(street_address.split())
        if street:
            at = Q(street_address__iexact=street)
            postcode = rules.normalise_postcode(postcode)
            same |= at & Q(postcode__in=("", postcode)) if postcode else at
        return self.filter(same)

    def with_uses(self) -> "PlaceQuerySet":
        """Annotate `uses`: the number of records that refer to the place, drafts included."""
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
        """Return the places that records refer to, or those without any."""
        named = Q()
        for model, column, _record in self._users():
            named |= Q(Exists(model._default_manager.filter(**{column: OuterRef("pk")})))
        return self.filter(named if is_used else ~named)

    def _users(self) -> Iterator[tuple[type[models.Model], str, str]]:
        """Yield the references to places: model, place column and record column."""
        for relation in self.model._meta.related_objects:
            other = relation.related_model
            if issubclass(other, AnnouncedChild):
                yield other, relation.field.name, other.parent_field
            elif issubclass(other, AnnouncedModel):
                yield other, relation.field.name, "pk"
