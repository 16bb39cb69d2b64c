"""Register the directory with the plugin: its viewsets, bulk actions and log action names."""

from django.utils.translation import gettext_lazy as _

from socialekaart_plugin.foundation.room_registration import LogAction, MenuEntry, Room

from . import signal_handlers
from .actions.word_replacement import register_with_vocabulary
from .selectors.usage import register_what_is_used
from .views import RECORD_BULK_ACTIONS, add_directory_panel, log_bulk_deletion
from .viewsets import (
    ActivityViewSet,
    CarefulPlaceViewSet,
    HelpQuestionViewSet,
    MyRecordsViewSet,
    OrganisationViewSet,
)


def _ready() -> None:
    signal_handlers.connect()
    register_what_is_used()
    register_with_vocabulary()


ROOM = Room(
    ready=_ready,
    menu=(
        MenuEntry(10, MyRecordsViewSet),
        MenuEntry(20, OrganisationViewSet),
        MenuEntry(30, ActivityViewSet),
        MenuEntry(40, CarefulPlaceViewSet),
        MenuEntry(50, HelpQuestionViewSet),
    ),
    log_actions=(
        LogAction("socialekaart.confirm", _("Confirm"), _("Noted as still right")),
        LogAction(
            "socialekaart.change_keywords", _("Change keywords"), _("Keywords added or removed")
        ),
        LogAction("socialekaart.mark", _("Mark"), _("Marked as not recently verified")),
        LogAction("socialekaart.unmark", _("Unmark"), _("No longer marked")),
        LogAction("socialekaart.set_upkeep", _("Set upkeep"), _("Upkeep changed")),
        LogAction("socialekaart.set_origin", _("Set origin"), _("Origin noted")),
        LogAction("socialekaart.add_note", _("Add note"), _("Internal note added")),
        LogAction("socialekaart.remove_note", _("Remove note"), _("Internal note removed")),
        LogAction("socialekaart.close_activity", _("Close"), _("Ends after a day")),
        LogAction(
            "socialekaart.copy_activity",
            _("Copy for another season"),
            _("Made from another activity"),
        ),
        LogAction("socialekaart.replace_word", _("Replace word"), _("A merged word was replaced")),
        LogAction("socialekaart.withdraw", _("Withdraw"), _("Withdrawn from every channel")),
        LogAction(
            "socialekaart.refuse_publication",
            _("Refuse publication"),
            _("Not published: something was missing"),
        ),
    ),
    bulk_actions=RECORD_BULK_ACTIONS,
    dashboard_panels=(add_directory_panel,),
    hooks=(("before_bulk_action", log_bulk_deletion),),
)
