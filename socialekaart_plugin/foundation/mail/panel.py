"""The dashboard panel that shows unsent mail to managers, and its view to clear the list."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.ui.components import Component

from .actions import clear_unsent_mail
from .models import UnsentMail

#: Maximum number listed; the rest follow after clearing these.
_NAMED = 20


class UnsentMailPanel(Component):
    """Lists recipient, subject and error of unsent mail, with a button to clear it."""

    name = "socialekaart-unsent-mail"
    order = 55
    template_name = "socialekaart_plugin/foundation/unsent_mail_panel.html"

    class Media:
        css = {"all": ["socialekaart_plugin/foundation/unsent_mail_panel.css"]}

    def __init__(self, mails: list[UnsentMail], total: int, may_clear: bool) -> None:
        """Set the mails to list; `total` includes those not listed."""
        self.mails, self.total, self.may_clear = mails, total, may_clear

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Add the mails."""
        context: dict[str, Any] = super().get_context_data(parent_context)
        return {
            **context,
            "csrf_token": parent_context.get("csrf_token"),
            "mails": self.mails,
            "total": self.total,
            "more": self.total - len(self.mails),
            "may_clear": self.may_clear,
        }


def add_unsent_mail_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Add the panel for users with permission, if there is unsent mail."""
    user: Any = request.user
    if not user.has_perm("socialekaart_plugin.view_unsentmail"):
        return
    in_trouble = UnsentMail.objects.in_trouble()
    if total := in_trouble.count():
        may_clear = user.has_perm("socialekaart_plugin.delete_unsentmail")
        panels.append(UnsentMailPanel(list(in_trouble[:_NAMED]), total, may_clear))


@require_POST
def clear_view(request: HttpRequest) -> HttpResponse:
    """Delete only the mails that were shown.

    Raises:
        PermissionDenied: the user lacks the permission.
    """
    user: Any = request.user
    if not user.has_perm("socialekaart_plugin.delete_unsentmail"):
        raise PermissionDenied
    # Our keys have at most 18 digits; databases reject larger numbers.
    given = [pk for pk in request.POST.getlist("mail") if pk.isdecimal() and len(pk) <= 18]
    cleared = clear_unsent_mail(pks=[int(pk) for pk in given], user=user)
    messages.success(
        request,
        ngettext(
            "%(number)d mail is no longer shown.", "%(number)d mails are no longer shown.", cleared
        )
        % {"number": cleared},
    )
    return redirect("wagtailadmin_home")
