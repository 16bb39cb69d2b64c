"""The admin menu of search: rules of editors, and the test bench."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.base import ViewSet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from socialekaart_plugin.foundation.choosers import GuardedChooserViewSet

from . import views
from .forms import QueryRuleForm
from .models import CompoundWord, QueryRule, StopRule, SynonymGroup
from .panels import COMPOUND_PANELS, QUERY_RULE_PANELS, STOP_RULE_PANELS, SYNONYM_PANELS


def _direction(group: SynonymGroup) -> str:
    return gettext("from the first line") if group.is_one_way else gettext("both ways")


def _state(word: CompoundWord) -> str:
    return gettext("left out") if word.is_left_out else gettext("added")


class WordingViewSet(SnippetViewSet):
    """Base class of the lists."""

    copy_view_enabled = False
    list_per_page = 50
    chooser_viewset_class = GuardedChooserViewSet
    # Search by substring.
    search_backend_name = None
    index_results_template_name = "socialekaart_plugin/discovery/list_results.html"


class SynonymViewSet(WordingViewSet):
    """Words that mean the same."""

    model = SynonymGroup
    icon = "link"
    menu_label = _("Synonyms")
    menu_name = "socialekaart-synonyms"
    list_display = (
        "__str__",
        Column("is_one_way", label=_("Works"), accessor=_direction, sort_key="is_one_way"),
        "note",
    )
    list_filter = ("is_one_way",)
    search_fields = ("terms", "note")
    index_view_class = views.SynonymIndexView
    add_view_class = views.SynonymCreateView
    panels = SYNONYM_PANELS


class StopRuleViewSet(WordingViewSet):
    """Words that do not find another form."""

    model = StopRule
    icon = "no-view"
    menu_label = _("Stop rules")
    menu_name = "socialekaart-stop-rules"
    list_display = ("word", "does_not_find")
    search_fields = ("word", "does_not_find")
    index_view_class = views.StopRuleIndexView
    add_view_class = views.StopRuleCreateView
    panels = STOP_RULE_PANELS


class CompoundViewSet(WordingViewSet):
    """Words that others are made of."""

    model = CompoundWord
    icon = "cut"
    menu_label = _("Parts of compounds")
    menu_name = "socialekaart-compounds"
    list_display = (
        "word",
        Column("is_left_out", label=_("State"), accessor=_state, sort_key="is_left_out"),
    )
    list_filter = ("is_left_out",)
    search_fields = ("word",)
    index_view_class = views.CompoundIndexView
    index_results_template_name = "socialekaart_plugin/discovery/compound_results.html"
    add_view_class = views.CompoundCreateView
    panels = COMPOUND_PANELS


class QueryRuleViewSet(WordingViewSet):
    """What comes first for a query, and what is left out."""

    model = QueryRule
    icon = "pick"
    menu_label = _("Rules for queries")
    menu_name = "socialekaart-query-rules"
    search_fields = ("query",)
    filterset_class = views.QueryRuleFilterSet
    index_view_class = views.QueryRuleIndexView
    add_view_class = views.QueryRuleCreateView
    edit_handler = ObjectList(QUERY_RULE_PANELS, base_form_class=QueryRuleForm)


class BenchMenuItem(MenuItem):
    """A menu item for users who may see any rules."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the user may try queries."""
        return views.may_try(request.user)


class BenchViewSet(ViewSet):
    """The test bench."""

    name = views.BENCH
    url_prefix = "sociale-kaart/try-a-query"
    icon = "search"
    menu_label = _("Try a query")
    menu_name = "socialekaart-bench"
    menu_item_class = BenchMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        """Give the one screen."""
        return [path("", views.BenchView.as_view(), name="index")]


class SearchGroup(SnippetViewSetGroup):
    """The submenu of search."""

    menu_label = _("Search")
    menu_name = "socialekaart-search"
    menu_icon = "search"
    add_to_admin_menu = False
    items: tuple[Any, ...] = (
        BenchViewSet,
        SynonymViewSet,
        StopRuleViewSet,
        CompoundViewSet,
        QueryRuleViewSet,
        views.RecordChooserViewSet,
    )

    def get_submenu_items(self) -> list[MenuItem]:
        """Leave out the chooser, which has no screen of its own."""
        chooser = len(self.items)
        return [item for item in super().get_submenu_items() if item.order != chooser]
