"""Buttons on a record for actions besides editing, with their permissions."""

from dataclasses import dataclass
from typing import Any

from django.contrib.admin.utils import quote
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets.button import Button

from socialekaart_plugin.directory.models import Activity, Record


@dataclass(frozen=True)
class RecordAction:
    """An action on a record, with its view.

    Attributes:
        name: the URL name within the record's viewset.
        label: the text on the button.
        icon: the name of a Wagtail icon.
        permission: the permission that the user needs.
        priority: the position; Wagtail's copy is 10, its delete 20, its inspect 30.
        live_only: only for live records.
        changes_what_is_public: on a live record it needs the publish permission.
        activities_only: not for organisations.
    """

    name: str
    label: str | Promise
    icon: str
    permission: str
    priority: int
    live_only: bool = False
    changes_what_is_public: bool = False
    activities_only: bool = False


RECORD_ACTIONS = (
    RecordAction("confirm", _("Still right"), "check", "change", 12, live_only=True),
    RecordAction("upkeep", _("Upkeep"), "user", "change", 13),
    RecordAction("notes", _("Notes"), "comment", "change", 14),
    RecordAction("changes", _("Who changed what"), "history", "change", 15),
    RecordAction("season", _("New season or place"), "copy", "add", 16, activities_only=True),
    RecordAction(
        "close",
        _("End on a day"),
        "date",
        "change",
        17,
        activities_only=True,
        changes_what_is_public=True,
    ),
    RecordAction("withdraw", _("Withdraw"), "no-view", "publish", 25, live_only=True),
)


def record_buttons(view: Any, record: Record) -> list[Button]:
    """Return the buttons for the actions that the user may perform on a record."""
    policy, user = view.permission_policy, view.request.user
    return [
        Button(
            action.label,
            url=record_action_url(record, action.name),
            icon_name=action.icon,
            priority=action.priority,
        )
        for action in RECORD_ACTIONS
        if (record.live or not action.live_only)
        and (isinstance(record, Activity) or not action.activities_only)
        and policy.user_has_permission(user, needed_permission(action, record))
    ]


def needed_permission(action: RecordAction, record: Record) -> str:
    """Return the permission that an action on this record needs."""
    return "publish" if action.changes_what_is_public and record.live else action.permission


def record_action_url(record: Record, name: str) -> str:
    """Return the URL of the view for an action on a record."""
    viewset: Any = type(record).snippet_viewset
    return reverse(viewset.get_url_name(name), args=[quote(record.pk)])
