"""Columns of the word lists: position, number of uses, similar keywords."""

from collections.abc import Callable
from typing import Any

from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn, Column, TitleColumn

STYLES = "socialekaart_plugin/vocabulary/vocabulary.css"


class TreeColumn(TitleColumn):
    """The name of a theme, indented by depth; with its path when the list is not in tree order."""

    cell_template_name = "socialekaart_plugin/vocabulary/theme_cell.html"

    class Media:
        css = {"all": (STYLES,)}

    def __init__(self, *args: Any, get_place: Callable[[Any], dict[str, Any]], **kwargs: Any):
        """Take a function that returns the depth and the path of a theme."""
        super().__init__(*args, **kwargs)
        self._get_place = get_place

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        """Add the depth and the path."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return {**context, **self._get_place(instance)}


class UseColumn(Column):
    """The number of records that use a word, linked to their list."""

    cell_template_name = "socialekaart_plugin/vocabulary/use_cell.html"

    class Media:
        css = {"all": (STYLES,)}

    def __init__(self, *args: Any, get_url: Callable[[Any], str], **kwargs: Any):
        """Take a function that returns the URL of the records."""
        super().__init__(*args, **kwargs)
        self._get_url = get_url

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        """Add the URL of the records; None without uses."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        context["url"] = self._get_url(instance) if context["raw_value"] else None
        return context


class ShiftColumn(BaseColumn):
    """Buttons that move a word up or down on its level."""

    cell_template_name = "socialekaart_plugin/vocabulary/shift_cell.html"

    class Media:
        css = {"all": (STYLES,)}

    def __init__(self, shift_url_name: str, get_ends: Callable[[Any], tuple[bool, bool]]):
        """Take the URL name of the buttons, and a function that returns (is first, is last)."""
        super().__init__("shift", label=_("Order"))
        self.shift_url_name = shift_url_name
        self._get_ends = get_ends

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        """Add the data for the form."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        request = parent_context["request"]
        is_first, is_last = self._get_ends(instance)
        return {
            **context,
            "is_first": is_first,
            "is_last": is_last,
            "url": reverse(self.shift_url_name, args=[instance.pk]),
            "csrf_token": get_token(request),
        }


class LikeColumn(BaseColumn):
    """Keywords that may be variants, with links to the merge view."""

    cell_template_name = "socialekaart_plugin/vocabulary/like_cell.html"

    def __init__(self, get_like: Callable[[Any], list[dict[str, str]]]):
        """Take a function that returns the similar keywords and their merge URLs."""
        super().__init__("like", label=_("Looks like"))
        self._get_like = get_like

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        """Add the names and their URLs."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return {**context, "like": self._get_like(instance)}
