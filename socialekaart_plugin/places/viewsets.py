"""Wagtail viewsets that list and edit places and areas in the admin."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from socialekaart_plugin.foundation.choosers import GuardedChooserViewSet
from socialekaart_plugin.foundation.forms import CarefulModelForm
from socialekaart_plugin.foundation.usage_view import UnusedDeleteView, UsedByView

from .models import Area, Place
from .panels import AREA_PANELS, PLACE_PANELS
from .querysets import outlines_along
from .views import GeocodeView, PlaceChooserViewSet, PlaceFilterSet

_AREAS = "area__parent__parent"


class PlaceViewSet(SnippetViewSet):
    """The list and forms of places."""

    model = Place
    icon = "home"
    menu_label = _("Places")
    list_display = (
        "name",
        "street_address",
        "postcode",
        Column("area", label=_("Area")),
        Column("uses", label=_("Used by"), sort_key="uses"),
        Column("get_audience_display", label=_("Who may see it"), sort_key="audience"),
    )
    list_per_page = 50
    list_export = (
        "name",
        "street_address",
        "postcode",
        "city",
        "area",
        "district",
        "latitude",
        "longitude",
        "get_audience_display",
        "uses",
        "uuid",
    )
    export_headings = {
        "area": _("Area"),
        "district": _("District"),
        "latitude": _("latitude"),
        "longitude": _("longitude"),
        "get_audience_display": _("Who may see it"),
        "uses": _("Used by"),
    }
    export_filename = "plekken"
    filterset_class = PlaceFilterSet
    # Use the ORM: it matches parts of words, and supports annotated usage counts.
    search_backend_name = None
    search_fields = ("name", "street_address", "postcode", "city")
    delete_view_class = UnusedDeleteView
    usage_view_class = UsedByView
    panels = PLACE_PANELS
    chooser_viewset_class = PlaceChooserViewSet
    chooser_per_page = 20
    copy_view_enabled = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Load areas and usage counts with the places, but not the outlines."""
        places = Place.objects.select_related(_AREAS).defer(*outlines_along(_AREAS))
        return places.with_uses().order_by("name", "pk")

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the geocode URL last, because the menu links to the first URL."""
        own = [path("geocode/", GeocodeView.as_view(), name="geocode")]
        return [*super().get_urlpatterns(), *own]


class AreaViewSet(SnippetViewSet):
    """The list and forms of areas, which are usually created by `load_areas`."""

    model = Area
    icon = "site"
    menu_label = _("Areas")
    chooser_viewset_class = GuardedChooserViewSet
    list_display = ("name", Column("get_kind_display", label=_("Kind")), "code", "parent")
    list_filter = ("kind",)
    list_per_page = 50
    delete_view_class = UnusedDeleteView
    usage_view_class = UsedByView
    edit_handler = ObjectList(AREA_PANELS, base_form_class=CarefulModelForm)
    chooser_viewset_class = GuardedChooserViewSet
    copy_view_enabled = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Load the parent of each area, but not the outlines."""
        return Area.objects.select_related("parent").defer("outline", "parent__outline")
