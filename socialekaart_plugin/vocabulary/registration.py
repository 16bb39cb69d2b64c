"""Register the vocabulary with the plugin: its listings, merge action and log action names."""

from django.utils.translation import gettext_lazy as _

from socialekaart_plugin.foundation.room_registration import LogAction, MenuEntry, Room

from .views import MergeBulkAction
from .viewsets import KeywordViewSet, TargetGroupViewSet, ThemeViewSet

ROOM = Room(
    menu=(
        MenuEntry(60, ThemeViewSet),
        MenuEntry(70, TargetGroupViewSet),
        MenuEntry(80, KeywordViewSet),
    ),
    log_actions=(
        LogAction("socialekaart.reorder", _("Reorder"), _("Moved up or down")),
        LogAction("socialekaart.move_theme", _("Move theme"), _("Made part of another")),
        LogAction("socialekaart.merge", _("Merge"), _("Others were merged into this")),
    ),
    bulk_actions=(MergeBulkAction,),
)
