"""Lists of themes, target groups and keywords, with the number of records that use each."""

from collections.abc import Mapping
from typing import Any

from django.contrib.admin.utils import quote
from django.db.models import Case, IntegerField, Model, QuerySet, Value, When
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import BaseColumn
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views import snippets

from socialekaart_plugin.vocabulary.forms import STEP
from socialekaart_plugin.vocabulary.keyword_variants import look_alikes
from socialekaart_plugin.vocabulary.models import Keyword
from socialekaart_plugin.vocabulary.selectors import Branch, theme_tree
from socialekaart_plugin.vocabulary.word_users import Uses, word_users

from .buttons import word_buttons
from .columns import LikeColumn, ShiftColumn, TreeColumn, UseColumn
from .merge import may_merge, merge_url


class WordIndexView(snippets.IndexView):
    """A list of words."""

    usage_url_name: str = ""

    @cached_property
    def uses(self) -> Mapping[int, Uses]:
        """The uses of each word by records (a fixed number of queries)."""
        return word_users().uses_of(self.model)

    def get_list_more_buttons(self, instance: Any) -> list[Any]:
        """Add the buttons to move, merge and show uses to Wagtail's own."""
        return [*super().get_list_more_buttons(instance), *word_buttons(self, instance)]

    @cached_property
    def columns(self) -> list[BaseColumn]:
        """Name, number of uses, and extra columns of this list."""
        bulk, name, *others = super().columns
        return [bulk, self._name_column(name), *self._own_columns(), *others]

    def _name_column(self, column: BaseColumn) -> BaseColumn:
        return column

    def _own_columns(self) -> list[BaseColumn]:
        return self._use_columns()

    def _use_columns(self) -> list[BaseColumn]:
        return [
            self._use_column("live", gettext_lazy("Public")),
            self._use_column("drafts", gettext_lazy("Only in drafts")),
        ]

    def _use_column(self, kind: str, label: Any) -> BaseColumn:
        def number(word: Model) -> int:
            return len(getattr(self.uses[word.pk], kind)) if word.pk in self.uses else 0

        return UseColumn(kind, label=label, accessor=number, get_url=self._usage_url)

    def _usage_url(self, word: Model) -> str:
        return reverse(self.usage_url_name, args=[quote(word.pk)])


class OrderedIndexView(WordIndexView):
    """A list of words in display order, with buttons that change it."""

    shift_url_name: str = ""

    @property
    def is_in_order(self) -> bool:
        """Whether the list is in display order: no search and no other sorting."""
        return not (self.is_searching or self.is_explicitly_ordered)

    def _own_columns(self) -> list[BaseColumn]:
        columns = super()._own_columns()
        if self.is_in_order and self.user_has_permission("change"):
            columns.append(ShiftColumn(self.shift_url_name, self._ends))
        return columns

    @cached_property
    def _order(self) -> list[int]:
        words = self.model.objects.order_by("sort_order", "name", "pk")
        return list(words.values_list("pk", flat=True))

    def _ends(self, word: Any) -> tuple[bool, bool]:
        """Return whether a word is first and whether it is last on its level."""
        return word.pk == self._order[0], word.pk == self._order[-1]

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Sort words with equal numbers as the move buttons do."""
        if self.is_explicitly_ordered:
            return super().order_queryset(queryset)
        return queryset.order_by("sort_order", "name", "pk")


class TargetGroupIndexView(OrderedIndexView):
    """The list of target groups."""


class ThemeIndexView(OrderedIndexView):
    """The list of themes as a tree."""

    def get_paginate_by(self, queryset: QuerySet[Any]) -> None:
        """Show the tree without pagination."""

    @cached_property
    def _tree(self) -> dict[int, Branch]:
        return {branch.theme.pk: branch for branch in theme_tree()}

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Sort each theme below its parent."""
        if self.is_explicitly_ordered or not self._tree:
            return super().order_queryset(queryset)
        places = [When(pk=pk, then=Value(place)) for place, pk in enumerate(self._tree)]
        return queryset.order_by(
            Case(*places, default=Value(len(places)), output_field=IntegerField())
        )

    def _name_column(self, column: BaseColumn) -> BaseColumn:
        buttons = snippets.IndexView._get_title_column_class(self, TreeColumn)
        return buttons(
            "name",
            label=column.label,
            sort_key="name",
            get_url=self.get_edit_url,
            get_title_id=lambda theme: f"snippet_{quote(theme.pk)}_title",
            get_place=self._place,
        )

    def _place(self, theme: Any) -> dict[str, Any]:
        branch = self._tree.get(theme.pk)
        depth = branch.depth if branch is not None else 0
        return {
            "depth": min(depth, 4) if self.is_in_order else 0,
            "path": "" if self.is_in_order else STEP.join(self._wider(theme)),
            "wider": theme.parent.name if theme.parent_id and self.is_in_order else "",
        }

    def _wider(self, theme: Any) -> list[str]:
        names: list[str] = []
        pk = theme.parent_id
        while pk in self._tree and len(names) < len(self._tree):
            names.insert(0, self._tree[pk].theme.name)
            pk = self._tree[pk].theme.parent_id
        return names

    def _use_columns(self) -> list[BaseColumn]:
        own, drafts = super()._use_columns()
        wider = UseColumn(
            "with_narrower",
            label=gettext_lazy("With narrower themes"),
            accessor=self._number_with_narrower,
            get_url=self._usage_url,
        )
        return [own, wider, drafts]

    def _number_with_narrower(self, theme: Any) -> int:
        below = self._tree[theme.pk].below if theme.pk in self._tree else frozenset()
        found = [self.uses[pk].live for pk in (theme.pk, *below) if pk in self.uses]
        return len(set().union(*found))

    def _ends(self, word: Any) -> tuple[bool, bool]:
        branch = self._tree[word.pk]
        return branch.is_first, branch.is_last


class KeywordIndexView(WordIndexView):
    """The list of keywords."""

    unused_url_name: str = ""

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Sort case-insensitively on every database."""
        if self.is_explicitly_ordered:
            return super().order_queryset(queryset)
        return queryset.order_by(Lower("name"), "pk")

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Add the button to delete unused keywords to Wagtail's own."""
        buttons = list(super().header_more_buttons)
        if self.user_has_permission("delete"):
            url = reverse(self.unused_url_name)
            label = _("Clear away unused keywords")
            buttons.append(Button(label, url=url, icon_name="bin", priority=50))
        return buttons

    def _own_columns(self) -> list[BaseColumn]:
        return [*super()._own_columns(), LikeColumn(self._like)]

    @cached_property
    def _alike(self) -> dict[str, list[str]]:
        return look_alikes(self._pks)

    @cached_property
    def _pks(self) -> dict[str, int]:
        return dict(Keyword.objects.values_list("name", "pk"))

    def _like(self, keyword: Any) -> list[dict[str, str]]:
        """Return the similar keywords of a keyword, with the merge URL of each."""
        viewset = Keyword.snippet_viewset
        may = may_merge(viewset, self.request.user)
        return [
            {
                "name": name,
                "url": merge_url(viewset, keyword, Keyword(pk=self._pks[name])) if may else "",
            }
            for name in self._alike.get(keyword.name, [])
        ]
