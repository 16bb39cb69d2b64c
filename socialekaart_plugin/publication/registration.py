"""Registers the gate: permanent addresses, publication log, permission for referrer facts."""

from socialekaart_plugin.foundation.room_registration import Room

from . import signal_handlers, urls
from .viewsets import PublicationEventAdmin

ROOM = Room(
    ready=signal_handlers.connect,
    registers=(PublicationEventAdmin,),
    permissions=("view_referrer_facts",),
    urls=tuple(urls.urlpatterns),
)
