"""Registers the places room: admin menu entry, timetable preview URL, log action and checks."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from socialekaart_plugin.foundation.room_registration import Check, LogAction, MenuEntry, Room

from . import checks, signal_handlers
from .views import TimetableView
from .viewsets import AreaViewSet

ROOM = Room(
    ready=signal_handlers.connect,
    checks=(
        Check(checks.check_school_region),
        Check(checks.check_geocoder),
        Check(checks.check_land_outline),
    ),
    menu=(MenuEntry(90, AreaViewSet),),
    log_actions=(
        LogAction(
            "socialekaart.load_school_holidays",
            _("Load school holidays"),
            _("School holidays loaded from a list"),
        ),
    ),
    admin_urls=(
        path("socialekaart/when/", TimetableView.as_view(), name="socialekaart_timetable"),
    ),
)
