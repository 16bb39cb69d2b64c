"""Registers the menu of search, its dashboard panel, health check URL and system check."""

from socialekaart_plugin.foundation.room_registration import Check, MenuEntry, Room

from . import signal_handlers, urls
from .checks import check_elasticsearch
from .views import add_trouble_panel
from .viewsets import SearchGroup

ROOM = Room(
    ready=signal_handlers.connect,
    checks=(Check(check_elasticsearch),),
    menu=(MenuEntry(100, SearchGroup),),
    dashboard_panels=(add_trouble_panel,),
    urls=tuple(urls.urlpatterns),
)
