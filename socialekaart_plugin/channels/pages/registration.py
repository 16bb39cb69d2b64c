"""Registers the pages: the address of a record on the site, and its previews."""

from socialekaart_plugin.foundation.room_registration import Room
from socialekaart_plugin.publication.addresses import register_page_address, register_ways_on

from .addresses import record_page_address, ways_to_look_further
from .record_preview import register_previews


def _ready() -> None:
    register_previews()
    register_page_address(record_page_address)
    register_ways_on(ways_to_look_further)


ROOM = Room(ready=_ready)
