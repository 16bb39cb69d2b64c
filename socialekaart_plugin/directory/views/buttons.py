"""What can be done to a record beside editing it, as buttons."""

from typing import Any

from django.contrib.admin.utils import quote
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button

from socialekaart_plugin.directory.models import Record


def record_buttons(view: Any, record: Record) -> list[Button]:
    """Return the buttons to confirm and to withdraw, as far as the user may."""
    pk = quote(record.pk)
    buttons = []
    if record.live and view.permission_policy.user_has_permission(view.request.user, "change"):
        buttons.append(
            Button(
                _("Still right"),
                url=reverse(view.confirm_url_name, args=[pk]),
                icon_name="check",
                priority=12,
            )
        )
    if record.live and view.permission_policy.user_has_permission(view.request.user, "publish"):
        buttons.append(
            Button(
                _("Withdraw"),
                url=reverse(view.withdraw_url_name, args=[pk]),
                icon_name="no-view",
                priority=25,
            )
        )
    return buttons
