"""Registers the app with Wagtail's admin: one menu group, permissions, log actions."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.contrib.settings.registry import register_setting
from wagtail.log_actions import LogActionRegistry, log
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup
from wagtail_modeladmin.options import modeladmin_register

from .directory.models import Record
from .directory.views import RECORD_BULK_ACTIONS, add_directory_panel
from .directory.viewsets import (
    ActivityViewSet,
    CarefulPlaceViewSet,
    HelpQuestionViewSet,
    MyRecordsViewSet,
    OrganisationViewSet,
)
from .discovery.views import add_trouble_panel
from .discovery.viewsets import SearchGroup
from .foundation.bulk_actions import SeenDeleteAction
from .foundation.deletion import refuse_when_in_use
from .foundation.help_desk import HelpDesk
from .foundation.mail.panel import add_unsent_mail_panel, clear_view
from .places.views import TimetableView
from .places.viewsets import AreaViewSet
from .publication.viewsets import PublicationEventAdmin
from .vocabulary.views import MergeBulkAction
from .vocabulary.viewsets import KeywordViewSet, TargetGroupViewSet, ThemeViewSet

_event_register = modeladmin_register(PublicationEventAdmin)


class SocialeKaartGroup(SnippetViewSetGroup):
    """Everything of the sociale kaart in one menu."""

    menu_label = _("Sociale kaart")
    menu_name = "sociale-kaart"
    menu_icon = "globe"
    menu_order = 150
    items = (
        MyRecordsViewSet,
        OrganisationViewSet,
        ActivityViewSet,
        CarefulPlaceViewSet,
        HelpQuestionViewSet,
        ThemeViewSet,
        TargetGroupViewSet,
        KeywordViewSet,
        AreaViewSet,
        SearchGroup,
    )

    def get_submenu_items(self) -> list[MenuItem]:
        """End the menu with the register of publication events."""
        items: list[Any] = super().get_submenu_items()
        return [*items, PublicationEventAdmin().get_menu_item(order=len(items) + 1)]


register_snippet(SocialeKaartGroup)
register_setting(HelpDesk, icon="help")

# After Wagtail's own, whose deletion fails on what is no key, and whose "all" knows no filters:
# ours take its place.
hooks.register("register_bulk_action", SeenDeleteAction, order=50)
for bulk_action in RECORD_BULK_ACTIONS:
    hooks.register("register_bulk_action", bulk_action, order=100)

hooks.register("construct_homepage_panels", add_directory_panel)
hooks.register("construct_homepage_panels", add_trouble_panel)
hooks.register("construct_homepage_panels", add_unsent_mail_panel)


@hooks.register("insert_global_admin_css")
def break_long_words() -> SafeString:
    """Let no long word in a text push part of a screen past the edge of the window."""
    return format_html(
        '<link rel="stylesheet" href="{}">', static("socialekaart_plugin/foundation/long_words.css")
    )


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
    actions.register_action(
        "socialekaart.change_keywords", _("Change keywords"), _("Keywords added or removed")
    )
    actions.register_action("socialekaart.mark", _("Mark"), _("Marked as not recently verified"))
    actions.register_action("socialekaart.unmark", _("Unmark"), _("No longer marked"))
    actions.register_action("socialekaart.set_upkeep", _("Set upkeep"), _("Upkeep changed"))
    actions.register_action("socialekaart.set_origin", _("Set origin"), _("Origin noted"))
    actions.register_action("socialekaart.add_note", _("Add note"), _("Internal note added"))
    actions.register_action(
        "socialekaart.remove_note", _("Remove note"), _("Internal note removed")
    )
    actions.register_action("socialekaart.close_activity", _("Close"), _("Ends after a day"))
    actions.register_action(
        "socialekaart.copy_activity", _("Copy for another season"), _("Made from another activity")
    )
    actions.register_action("socialekaart.reorder", _("Reorder"), _("Moved up or down"))
    actions.register_action("socialekaart.move_theme", _("Move theme"), _("Made part of another"))
    actions.register_action("socialekaart.merge", _("Merge"), _("Others were merged into this"))
    actions.register_action(
        "socialekaart.replace_word", _("Replace word"), _("A merged word was replaced")
    )
    actions.register_action(
        "socialekaart.withdraw", _("Withdraw"), _("Withdrawn from every channel")
    )
    actions.register_action(
        "socialekaart.refuse_publication",
        _("Refuse publication"),
        _("Not published: something was missing"),
    )
    actions.register_action(
        "socialekaart.load_school_holidays",
        _("Load school holidays"),
        _("School holidays loaded from a list"),
    )


@hooks.register("register_admin_urls")
def register_timetable() -> list[URLPattern]:
    """Read schedules and opening hours back while they are typed."""
    return [path("socialekaart/when/", TimetableView.as_view(), name="socialekaart_timetable")]


@hooks.register("register_admin_urls")
def register_unsent_mail() -> list[URLPattern]:
    """Clear what the panel about mail shows."""
    return [
        path("socialekaart/unsent-mail/clear/", clear_view, name="socialekaart_clear_unsent_mail")
    ]


@hooks.register("register_log_actions")
def register_mail_log_action(actions: LogActionRegistry) -> None:
    """Name the clearing of that panel in the site history."""
    actions.register_action(
        "socialekaart.clear_unsent_mail",
        _("Clear mail that was not sent"),
        _("Mail that was not sent taken off the dashboard"),
    )


@hooks.register("register_permissions")
def register_mail_permissions() -> QuerySet[Permission]:
    """Let groups be told of mail that was not sent."""
    return Permission.objects.filter(
        content_type__app_label="socialekaart_plugin", content_type__model="unsentmail"
    )


hooks.register("register_bulk_action", MergeBulkAction)


@hooks.register("before_delete_snippet")
def refuse_to_delete_what_is_in_use(
    request: HttpRequest, instances: Sequence[Model]
) -> HttpResponse | None:
    """Tell by what it is used, on the delete screen and for bulk deletion alike."""
    return refuse_when_in_use(request, instances)


@hooks.register("before_bulk_action")
def log_bulk_deletion(
    request: HttpRequest, action_type: str, objects: Sequence[Model], action: Any
) -> None:
    """Write the log line that Wagtail (7.4 to 8.0) leaves out for snippets; its transaction.

    Of records the action that deletes them writes it.
    """
    if (
        action_type == "delete"
        and action.model._meta.app_label == "socialekaart_plugin"
        and not issubclass(action.model, Record)
    ):
        Record.wait_for_turn()
        for row in objects:
            log(instance=row, action="wagtail.delete", user=request.user, deleted=True)
