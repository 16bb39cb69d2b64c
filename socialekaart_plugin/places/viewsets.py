"""Places and areas in the admin."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import Area, Place
from .panels import AREA_PANELS, PLACE_PANELS


class PlaceViewSet(SnippetViewSet):
    """The register of places."""

    model = Place
    icon = "home"
    menu_label = _("Places")
    list_display = ("name", "street_address", "postcode", "area", "audience")
    list_filter = ("audience", "area")
    list_per_page = 50
    panels = PLACE_PANELS
    copy_view_enabled = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Read the area of each place along with it."""
        return Place.objects.select_related("area")


class AreaViewSet(SnippetViewSet):
    """The areas of the town; normally made by `load_areas`."""

    model = Area
    icon = "site"
    menu_label = _("Areas")
    list_display = ("name", Column("get_kind_display", label=_("Kind")), "code", "parent")
    list_filter = ("kind",)
    list_per_page = 50
    panels = AREA_PANELS
    copy_view_enabled = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Read the wider area along with each, and not the outlines."""
        return Area.objects.select_related("parent").defer("outline", "parent__outline")
