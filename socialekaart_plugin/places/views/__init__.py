"""Admin views for places: chooser dialogue, address search and timetable preview."""

from .chooser import PlaceChooserViewSet
from .geocode import GeocodeView
from .register import PlaceFilterSet
from .timetable import TimetableView

__all__ = ["GeocodeView", "PlaceChooserViewSet", "PlaceFilterSet", "TimetableView"]
