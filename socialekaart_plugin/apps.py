"""The app: names the rooms, and has each connect itself when Django starts."""

from importlib import import_module
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from .foundation.room_registration import Room

#: The rooms that register something, the lowest first; each does so in its `registration.py`.
ROOMS = (
    "foundation",
    "places",
    "vocabulary",
    "directory",
    "moderation",
    "publication",
    "discovery",
    "channels.pages",
)


def registered_rooms() -> list["Room"]:
    """Return what each room registers, the lowest room first; once models are loaded."""
    return [import_module(f"{__package__}.{name}.registration").ROOM for name in ROOMS]


class SocialeKaartConfig(AppConfig):
    """The sociale kaart."""

    name = "socialekaart_plugin"
    label = "socialekaart_plugin"
    verbose_name = _("Sociale kaart")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the checks of the rooms and let them connect."""
        for room in registered_rooms():
            for check in room.checks:
                checks.register(check.run, *check.tags, deploy=check.deploy)
            room.ready()
