"""The words records are found by, in the admin."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from socialekaart_plugin.directory.models import TargetGroup, Theme


class ThemeViewSet(SnippetViewSet):
    """The themes."""

    model = Theme
    icon = "list-ul"
    menu_label = _("Themes")
    list_display = ("name", "parent", "sort_order")
    list_per_page = 100
    panels = [
        FieldPanel("name"),
        FieldPanel("parent"),
        FieldPanel("description"),
        FieldPanel("sort_order"),
        FieldPanel("slug"),
    ]
    copy_view_enabled = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Read the wider theme along with each."""
        return Theme.objects.select_related("parent")


class TargetGroupViewSet(SnippetViewSet):
    """The target groups."""

    model = TargetGroup
    icon = "user"
    menu_label = _("Target groups")
    list_display = ("name", "sort_order")
    list_per_page = 100
    panels = [FieldPanel("name"), FieldPanel("sort_order"), FieldPanel("slug")]
    copy_view_enabled = False
