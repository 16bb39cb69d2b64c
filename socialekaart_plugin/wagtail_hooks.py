"""Hands what each room registers to Wagtail: one menu, bulk actions, log actions, permissions."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.templatetags.static import static
from django.urls import URLPattern
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.contrib.settings.registry import register_setting
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup
from wagtail_modeladmin.options import modeladmin_register

from .apps import registered_rooms

_ROOMS = registered_rooms()
_REGISTERS = [register for room in _ROOMS for register in room.registers]


class SocialeKaartGroup(SnippetViewSetGroup):
    """Everything of the sociale kaart in one menu."""

    menu_label = _("Sociale kaart")
    menu_name = "sociale-kaart"
    menu_icon = "globe"
    menu_order = 150
    items = tuple(
        entry.viewset
        for entry in sorted(
            (entry for room in _ROOMS for entry in room.menu), key=lambda entry: entry.order
        )
    )

    def get_submenu_items(self) -> list[MenuItem]:
        """End the menu with the registers."""
        items: list[Any] = super().get_submenu_items()
        first = len(items) + 1
        return [
            *items,
            *(
                register().get_menu_item(order=order)
                for order, register in enumerate(_REGISTERS, start=first)
            ),
        ]


for register in _REGISTERS:
    modeladmin_register(register)
register_snippet(SocialeKaartGroup)

for room in _ROOMS:
    for setting in room.settings:
        register_setting(setting.model, icon=setting.icon)
    for bulk_action in room.bulk_actions:
        # After Wagtail's own: one of the same name takes its place.
        hooks.register("register_bulk_action", bulk_action, order=100)
    for add_panel in room.dashboard_panels:
        hooks.register("construct_homepage_panels", add_panel)
    for name, function in room.hooks:
        hooks.register(name, function)


@hooks.register("insert_global_admin_css")
def link_stylesheets() -> SafeString:
    """Link the stylesheets of the rooms."""
    return format_html_join(
        "\n",
        '<link rel="stylesheet" href="{}">',
        ((static(sheet),) for room in _ROOMS for sheet in room.admin_css),
    )


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    """Let groups be given the permissions that no viewset registers."""
    return Permission.objects.filter(
        content_type__app_label="socialekaart_plugin",
        codename__in=[codename for room in _ROOMS for codename in room.permissions],
    )


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """Name what happens in the history and the site history; the highest room comes first."""
    for room in reversed(_ROOMS):
        for action in room.log_actions:
            actions.register_action(*action)


@hooks.register("register_admin_urls")
def register_admin_urls() -> Iterable[URLPattern]:
    """Give the rooms their own addresses in the admin."""
    return [pattern for room in _ROOMS for pattern in room.admin_urls]
