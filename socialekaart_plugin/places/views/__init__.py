"""Screens of places beside Wagtail's own: the dialogue to choose one, the search for an address."""

from .chooser import PlaceChooserViewSet
from .geocode import GeocodeView
from .register import PlaceFilterSet
from .timetable import TimetableView

__all__ = ["GeocodeView", "PlaceChooserViewSet", "PlaceFilterSet", "TimetableView"]
