"""URLs and view of the stock directory: Wagtail's API with facet counts and distance."""

import math
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import path
from rest_framework.response import Response
from rest_framework.serializers import SlugRelatedField
from wagtail.api import APIField
from wagtail.api.v2.filters import SearchFilter
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import BaseAPIViewSet

from benchmarks.stock.models import COLUMNS, RELATIONS, StockRecord

METRES_A_DEGREE = 111_195


def _names() -> SlugRelatedField:
    return SlugRelatedField(slug_field="name", many=True, read_only=True)


class StockRecordAPIViewSet(BaseAPIViewSet):
    """Stock records, prefetched by hand; a site would add `facets`, `near` and `radius` so."""

    model = StockRecord
    filter_backends: ClassVar = [SearchFilter]
    known_query_parameters = BaseAPIViewSet.known_query_parameters | {"facets", "near", "radius"}
    body_fields: ClassVar = [
        *BaseAPIViewSet.body_fields,
        "title",
        "summary",
        "description",
        "organiser",
        "place",
        *COLUMNS,
        "latitude",
        "longitude",
        "payload",
        *(APIField(name, serializer=_names()) for name in RELATIONS),
    ]

    def get_queryset(self) -> QuerySet[StockRecord]:
        """Return the records within the distance, with prefetched relations."""
        records = StockRecord.objects.prefetch_related(*RELATIONS).order_by("id")
        if "near" not in self.request.GET:
            return records
        latitude, longitude = map(float, self.request.GET["near"].split(","))
        # A square with the area of the circle: cheaper than distances, with about as many hits.
        half = float(self.request.GET["radius"]) * math.sqrt(math.pi) / 2 / METRES_A_DEGREE
        wide = half / math.cos(math.radians(latitude))
        return records.filter(
            latitude__range=(latitude - half, latitude + half),
            longitude__range=(longitude - wide, longitude + wide),
        )

    def listing_view(self, request: Any) -> Response:
        """Return a page of results, with the counts of each requested facet."""
        queryset = self.get_queryset()
        self.check_query_parameters(queryset)
        results = self.filter_queryset(queryset)
        page = self.paginate_queryset(results)
        response = self.get_paginated_response(self.get_serializer(page, many=True).data)
        names = filter(None, request.GET.get("facets", "").split(","))
        response.data["facets"] = {
            name: {str(value): count for value, count in results.facet(name).items()}
            for name in names
        }
        return response


router = WagtailAPIRouter("benchmark")
router.register_endpoint("records", StockRecordAPIViewSet)
urlpatterns = [path("", router.urls)]
