"""Signal handler that reassigns places when an area changes."""

from typing import Any

from socialekaart_plugin.places.actions import find_areas_anew
from socialekaart_plugin.places.models import Area
from socialekaart_plugin.places.signals import place_deleted, place_saved


def find_areas_of_places_anew(instance: Area, **kwargs: Any) -> None:
    """Reassign the places in a changed or deleted area."""
    find_areas_anew(area=instance)


def connect() -> None:
    """Connect the signal handler; called by `AppConfig.ready()`, before the gate."""
    uid = "socialekaart_places_area"
    place_saved.connect(find_areas_of_places_anew, sender=Area, dispatch_uid=f"{uid}_saved")
    place_deleted.connect(find_areas_of_places_anew, sender=Area, dispatch_uid=f"{uid}_deleted")
