"""The filters of the place list in the admin."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from socialekaart_plugin.foundation.tree_queries import with_descendants
from socialekaart_plugin.places.models import Area, Place
from socialekaart_plugin.places.querysets import PlaceQuerySet


class PlaceFilterSet(WagtailFilterSet):
    """Filters by area (including its parts), audience, presence of a point, and use."""

    area = django_filters.ModelChoiceFilter(
        label=_("Area"),
        queryset=Area.objects.defer("outline").order_by("name"),
        method="within",
    )
    point = django_filters.ChoiceFilter(
        label=_("Point on the map"),
        choices=[("yes", _("with a point")), ("no", _("without a point"))],
        method="by_point",
    )
    used = django_filters.ChoiceFilter(
        label=_("Use"),
        choices=[("yes", _("used by a record")), ("no", _("used by no record"))],
        method="by_use",
    )

    class Meta:
        model = Place
        fields = ["audience"]

    def within(self, places: PlaceQuerySet, name: str, area: Area) -> Any:
        """Keep the places in an area or its parts."""
        return places.filter(area__in=with_descendants(Area, [area.pk]))

    def by_point(self, places: PlaceQuerySet, name: str, value: str) -> Any:
        """Keep the places with or without a point."""
        return places.filter(latitude__isnull=value == "no")

    def by_use(self, places: PlaceQuerySet, name: str, value: str) -> Any:
        """Keep the places that records refer to, or those without any."""
        return places.used(value == "yes")
