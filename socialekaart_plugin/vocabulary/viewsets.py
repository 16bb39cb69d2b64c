"""Register themes, target groups and keywords in the admin."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import SnippetViewSet

from socialekaart_plugin.foundation.choosers import GuardedChooserViewSet
from socialekaart_plugin.foundation.usage_view import UnusedDeleteView, UsedByView
from socialekaart_plugin.vocabulary import views
from socialekaart_plugin.vocabulary.forms import (
    KeywordForm,
    OrderedWordForm,
    ThemeForm,
)
from socialekaart_plugin.vocabulary.models import Keyword, TargetGroup, Theme
from socialekaart_plugin.vocabulary.selectors import unused_pks, used_once_pks


class WordViewSet(SnippetViewSet):
    """Shared by all words: list of uses, merging, protected deletion."""

    copy_view_enabled = False
    list_per_page = 100
    chooser_viewset_class = GuardedChooserViewSet
    edit_view_class = views.WordEditView
    delete_view_class = UnusedDeleteView
    usage_view_class = UsedByView

    #: Our own views by URL name; then our views of one word.
    own_views: ClassVar[dict[str, Any]] = {"merge": views.MergeView}
    own_views_of_one: ClassVar[dict[str, Any]] = {}

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Pass the list the URL name for the records that use a word."""
        names: dict[str, Any] = super().get_index_view_kwargs(
            usage_url_name=self.get_url_name("usage"), **kwargs
        )
        return names

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add our own views."""
        shared = {
            "model": self.model,
            "permission_policy": self.permission_policy,
            "index_url_name": self.get_url_name("list"),
            "edit_url_name": self.get_url_name("edit"),
        }
        return [
            *super().get_urlpatterns(),
            *(path(f"{n}/", v.as_view(**shared), name=n) for n, v in self.own_views.items()),
            *(
                path(f"{n}/<{self.pk_path_converter}:pk>/", v.as_view(**shared), name=n)
                for n, v in self.own_views_of_one.items()
            ),
        ]

    def instead_of_deleting(self, request: HttpRequest, word: Any) -> Button | None:
        """Offer to merge a used word instead, if the user may merge."""
        if "merge" not in self.own_views or not views.may_merge(self, request.user):
            return None
        return Button(
            _("Merge it into another"),
            url=views.merge_url(self, word),
            classname="button button-secondary",
        )


class OrderedWordViewSet(WordViewSet):
    """Words with a position."""

    own_views_of_one: ClassVar[dict[str, Any]] = {"shift": views.ShiftView}

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Pass the list the URL for its up and down buttons."""
        return super().get_index_view_kwargs(shift_url_name=self.get_url_name("shift"), **kwargs)


class ThemeViewSet(OrderedWordViewSet):
    """The theme tree."""

    model = Theme
    icon = "list-ul"
    menu_label = gettext_lazy("Themes")
    list_display = ("name",)
    index_view_class = views.ThemeIndexView
    own_views_of_one: ClassVar[dict[str, Any]] = {
        "shift": views.ShiftView,
        "move": views.MoveThemeView,
    }
    edit_handler = ObjectList(
        [
            FieldPanel(
                "name",
                help_text=gettext_lazy(
                    "One or two words that people use themselves: Geld en schulden."
                ),
            ),
            FieldPanel("parent"),
            FieldPanel("description"),
            FieldPanel("slug"),
        ],
        base_form_class=ThemeForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Include the parent of each theme (`select_related`)."""
        return Theme.objects.select_related("parent")


class TargetGroupViewSet(OrderedWordViewSet):
    """The target groups."""

    model = TargetGroup
    icon = "user"
    menu_label = gettext_lazy("Target groups")
    list_display = ("name",)
    index_view_class = views.TargetGroupIndexView
    edit_handler = ObjectList(
        [
            FieldPanel(
                "name",
                help_text=gettext_lazy("As these people would name themselves: Mantelzorgers."),
            ),
            FieldPanel("slug"),
        ],
        base_form_class=OrderedWordForm,
    )


class KeywordFilterSet(WagtailFilterSet):
    """Filters of the keyword list."""

    use = django_filters.ChoiceFilter(
        label=gettext_lazy("Use"),
        choices=[
            ("unused", gettext_lazy("not used")),
            ("once", gettext_lazy("used once")),
        ],
        method="by_use",
        empty_label=gettext_lazy("All"),
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Keyword
        fields: ClassVar[list[str]] = []

    def by_use(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep keywords that no record uses, or exactly one record."""
        chosen = unused_pks(Keyword) if value == "unused" else used_once_pks(Keyword)
        return queryset.filter(pk__in=chosen)


class KeywordViewSet(WordViewSet):
    """The list of keywords."""

    model = Keyword
    icon = "tag"
    menu_label = gettext_lazy("Keywords")
    list_display = ("name",)
    search_fields = ("name",)
    filterset_class = KeywordFilterSet
    index_view_class = views.KeywordIndexView
    own_views: ClassVar[dict[str, Any]] = {
        "merge": views.MergeView,
        "unused": views.UnusedKeywordsView,
    }
    edit_handler = ObjectList(
        [
            FieldPanel(
                "name",
                help_text=gettext_lazy(
                    "One word or a few, for example taalcafé. Visitors read it on the page."
                ),
            ),
            FieldPanel(
                "slug",
                help_text=gettext_lazy(
                    "The keyword in small letters and hyphens: koffie-ochtend. Visitors do not "
                    "see it."
                ),
            ),
        ],
        base_form_class=KeywordForm,
    )

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Pass the list the URL to delete unused keywords."""
        return super().get_index_view_kwargs(unused_url_name=self.get_url_name("unused"), **kwargs)
