"""The form of a help question: what it gathers by theme and target group, and what is picked."""

import re
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from socialekaart_plugin.foundation.choosers import Chooser
from socialekaart_plugin.vocabulary.forms import OrderedWordForm, theme_choices
from socialekaart_plugin.vocabulary.selectors import theme_tree

#: How many empty choosers stand below what was picked.
ROOM = 2


class PickedWidget(forms.SelectMultiple):
    """Records picked by hand: a chooser of Wagtail for each, and some empty ones."""

    def __init__(self, model: type[Model], attrs: dict[str, Any] | None = None) -> None:
        """Take of which table."""
        super().__init__(attrs=attrs)
        self.model = model

    def _chooser(self) -> Any:
        # Made when it is shown: a chooser keeps its texts in the language in which it was made.
        return Chooser(self.model)

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Render a chooser for each picked record; all under one name."""
        base = (attrs or {}).get("id", name)
        rest = {key: val for key, val in (attrs or {}).items() if key != "id"}
        # What does not exist is told as an error of the field; a chooser could not show it.
        pks = [pk for pk in value or [] if re.fullmatch(r"[0-9]{1,18}", str(pk))]
        records = self.model._default_manager.filter(pk__in=pks).order_by("name")
        shown = [*records, *[None] * ROOM]
        choosers = []
        for number, record in enumerate(shown):
            own = {**rest, "id": f"{base}_{number}" if number else base}
            choosers.append((self._chooser().render(name, record, own),))
        return format_html_join("", '<div class="w-mb-2">{}</div>', choosers)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """Return what was picked, without what was left empty."""
        return [value for value in data.getlist(name) if value]

    @property
    def media(self) -> forms.Media:
        """What a chooser needs."""
        media: forms.Media = self._chooser().media
        return media

    def __deepcopy__(self, memo: Any) -> "PickedWidget":
        copied = super().__deepcopy__(memo)
        copied.model = self.model
        return copied


class HelpQuestionForm(OrderedWordForm):
    """A help question."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the themes by path, in the order of the tree."""
        super().__init__(*args, **kwargs)
        themes = self.fields.get("themes")
        if isinstance(themes, forms.ModelMultipleChoiceField):
            themes.choices = theme_choices(theme_tree())
