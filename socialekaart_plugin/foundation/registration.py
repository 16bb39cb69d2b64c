"""Registers the foundation room: checks, help desk, unsent mail, guarded deletion, exports."""

from django.core.checks import Tags
from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import checks
from .announced_model import announce_deletions
from .bulk_actions import SeenDeleteAction
from .deletion import refuse_when_in_use
from .help_desk import HelpDesk
from .mail.checks import check_mail
from .mail.panel import add_unsent_mail_panel, clear_view
from .room_registration import Check, LogAction, Room, Setting
from .wagtail_exports import write_all_exports


def _ready() -> None:
    announce_deletions()
    write_all_exports()


ROOM = Room(
    ready=_ready,
    checks=(
        Check(checks.check_setting_names),
        Check(checks.check_setting_values),
        Check(checks.check_careful_settings),
        Check(checks.check_required_apps),
        Check(checks.check_sqlite_transactions),
        Check(checks.check_base_template, tags=(Tags.templates,)),
        Check(checks.check_login, tags=(Tags.security,), deploy=True),
        Check(checks.check_allowed_hosts, tags=(Tags.security,), deploy=True),
        Check(check_mail, deploy=True),
    ),
    settings=(Setting(HelpDesk, icon="help"),),
    log_actions=(
        LogAction(
            "socialekaart.clear_unsent_mail",
            _("Clear mail that was not sent"),
            _("Mail that was not sent taken off the dashboard"),
        ),
    ),
    # To see unsent mail, and to clear it.
    permissions=("view_unsentmail", "delete_unsentmail"),
    # Wagtail's bulk deletion crashes on invalid keys, and its "all" ignores filters.
    bulk_actions=(SeenDeleteAction,),
    dashboard_panels=(add_unsent_mail_panel,),
    # Shows the uses of a row, for single and bulk deletion.
    hooks=(("before_delete_snippet", refuse_when_in_use),),
    # Breaks long words, so that they do not widen the screen.
    admin_css=("socialekaart_plugin/foundation/long_words.css",),
    admin_urls=(
        path("socialekaart/unsent-mail/clear/", clear_view, name="socialekaart_clear_unsent_mail"),
    ),
)
