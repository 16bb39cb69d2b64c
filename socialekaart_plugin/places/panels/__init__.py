"""Admin form panels for places and areas, and the widget to choose a place."""

from .address_search import ADDRESS_SEARCH_MEDIA, address_search_context
from .forms import AREA_PANELS, PLACE_PANELS
from .map_point import POINT_HELP, PointOnMap, point_widget
from .place_chooser import PlaceChooser

__all__ = [
    "ADDRESS_SEARCH_MEDIA",
    "AREA_PANELS",
    "PLACE_PANELS",
    "POINT_HELP",
    "PlaceChooser",
    "PointOnMap",
    "address_search_context",
    "point_widget",
]
