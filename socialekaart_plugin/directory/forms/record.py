"""The form of an organisation or activity in the admin."""

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm

from socialekaart_plugin.directory.models import Theme


class RecordForm(WagtailAdminModelForm):
    """The form of an organisation or an activity."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the themes as a tree."""
        super().__init__(*args, **kwargs)
        themes = self.fields.get("themes")
        if isinstance(themes, forms.ModelMultipleChoiceField):
            offered = list(Theme.objects.select_related("parent__parent__parent"))
            offered.sort(key=_place_in_tree)
            themes.choices = [(theme.pk, _path(theme)) for theme in offered]


def _place_in_tree(theme: Theme) -> list[tuple[int, str]]:
    return [(step.sort_order, step.name) for step in theme.ancestors_and_self()]


def _path(theme: Theme) -> str:
    return " › ".join(step.name for step in theme.ancestors_and_self())
