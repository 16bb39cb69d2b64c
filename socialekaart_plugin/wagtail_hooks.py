"""Registers the app with Wagtail's admin: one menu group, permissions, log actions."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup
from wagtail_modeladmin.options import modeladmin_register

from .directory.viewsets import (
    ActivityViewSet,
    OrganisationViewSet,
    TargetGroupViewSet,
    ThemeViewSet,
)
from .places.viewsets import AreaViewSet, PlaceViewSet
from .publication.viewsets import PublicationEventAdmin

_event_register = modeladmin_register(PublicationEventAdmin)


class SocialeKaartGroup(SnippetViewSetGroup):
    """Everything of the sociale kaart in one menu."""

    menu_label = _("Sociale kaart")
    menu_name = "sociale-kaart"
    menu_icon = "globe"
    menu_order = 150
    items = (
        OrganisationViewSet,
        ActivityViewSet,
        PlaceViewSet,
        ThemeViewSet,
        TargetGroupViewSet,
        AreaViewSet,
    )

    def get_submenu_items(self) -> list[MenuItem]:
        """End the menu with the register of publication events."""
        items: list[Any] = super().get_submenu_items()
        return [*items, PublicationEventAdmin().get_menu_item(order=len(items) + 1)]


register_snippet(SocialeKaartGroup)


@hooks.register("register_permissions")
def register_referrer_permission() -> QuerySet[Permission]:
    """Let groups be given sight of what is meant for referrers."""
    return Permission.objects.filter(
        content_type__app_label="socialekaart_plugin", codename="view_referrer_facts"
    )


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """Name what happens to records in the history and the site report."""
    actions.register_action("socialekaart.confirm", _("Confirm"), _("Noted as still right"))
    actions.register_action("socialekaart.mark", _("Mark"), _("Marked as not recently verified"))
    actions.register_action(
        "socialekaart.withdraw", _("Withdraw"), _("Withdrawn from every channel")
    )
    actions.register_action(
        "socialekaart.refuse_publication",
        _("Refuse publication"),
        _("Not published: something was missing"),
    )
