"""Register moderation with the plugin: its mails replace Wagtail's."""

from socialekaart_plugin.foundation.room_registration import Room

from . import signal_handlers

ROOM = Room(ready=signal_handlers.connect)
