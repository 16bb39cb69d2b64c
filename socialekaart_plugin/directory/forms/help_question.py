"""Admin form of a help question, with its themes, target groups and picked records."""

import re
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from socialekaart_plugin.foundation.choosers import Chooser
from socialekaart_plugin.vocabulary.forms import OrderedWordForm, theme_choices
from socialekaart_plugin.vocabulary.selectors import theme_tree

#: Number of empty choosers below the picked records.
ROOM = 2


class PickedWidget(forms.SelectMultiple):
    """Widget for picked records: a Wagtail chooser for each, and some empty ones."""

    def __init__(self, model: type[Model], attrs: dict[str, Any] | None = None) -> None:
        """Keep the model to choose from."""
        super().__init__(attrs=attrs)
        self.model = model

    def _chooser(self) -> Any:
        # Created on render: a chooser keeps its texts in the language of its creation.
        return Chooser(self.model)

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Render a chooser for each picked record, all with the same field name."""
        base = (attrs or {}).get("id", name)
        rest = {key: val for key, val in (attrs or {}).items() if key != "id"}
        # Skip missing records: the field reports them and a chooser cannot show them.
        pks = [pk for pk in value or [] if re.fullmatch(r"[0-9]{1,18}", str(pk))]
        records = self.model._default_manager.filter(pk__in=pks).order_by("name")
        shown = [*records, *[None] * ROOM]
        choosers = []
        for number, record in enumerate(shown):
            own = {**rest, "id": f"{base}_{number}" if number else base}
            choosers.append((self._chooser().render(name, record, own),))
        return format_html_join("", '<div class="w-mb-2">{}</div>', choosers)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """Return the picked records, without empty choosers."""
        return [value for value in data.getlist(name) if value]

    @property
    def media(self) -> forms.Media:
        """The media of the chooser."""
        media: forms.Media = self._chooser().media
        return media

    def __deepcopy__(self, memo: Any) -> "PickedWidget":
        copied = super().__deepcopy__(memo)
        copied.model = self.model
        return copied


class HelpQuestionForm(OrderedWordForm):
    """Form of a help question."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the themes by path, in tree order."""
        super().__init__(*args, **kwargs)
        themes = self.fields.get("themes")
        if isinstance(themes, forms.ModelMultipleChoiceField):
            themes.choices = theme_choices(theme_tree())
