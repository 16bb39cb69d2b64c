"""Forms to edit, move and merge themes, target groups and keywords."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from socialekaart_plugin.foundation.forms import CarefulModelForm
from socialekaart_plugin.vocabulary.actions.order import next_in_order
from socialekaart_plugin.vocabulary.models import Keyword, Theme
from socialekaart_plugin.vocabulary.selectors import Branch, theme_tree

#: Separator between a theme and its child in a path.
STEP = " › "


def theme_choices(tree: Iterable[Branch], without: Theme | None = None) -> list[tuple[int, str]]:
    """Return the theme choices with their paths, in tree order.

    Args:
        tree: of `theme_tree()`.
        without: leave out this theme and its descendants.
    """
    path: list[str] = []
    choices = []
    hidden: set[int] = set()
    for branch in tree:
        path = [*path[: branch.depth], branch.theme.name]
        if without is not None and branch.theme.pk == without.pk:
            hidden = {branch.theme.pk, *branch.below}
        if branch.theme.pk not in hidden:
            choices.append((branch.theme.pk, STEP.join(path)))
    return choices


class OrderedWordForm(CarefulModelForm):
    """Form of a word with a position; a new word comes last."""

    def save(self, commit: bool = True) -> Any:
        """Save; a new word comes last on its level."""
        with transaction.atomic():
            self.instance.wait_for_turn()
            if self._comes_last():
                self.instance.sort_order = next_in_order(self.instance)
            return super().save(commit=commit)

    def _comes_last(self) -> bool:
        return self.instance._state.adding


class ThemeForm(OrderedWordForm):
    """Form of a theme."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer parent themes by path, without this theme's own branch."""
        super().__init__(*args, **kwargs)
        parent = self.fields.get("parent")
        if isinstance(parent, forms.ModelChoiceField):
            within = self.instance if self.instance.pk else None
            top = ("", _("None: it stands at the top"))
            parent.choices = [top, *theme_choices(theme_tree(), without=within)]

    def _comes_last(self) -> bool:
        return super()._comes_last() or "parent" in self.changed_data


class MoveThemeForm(forms.Form):
    """Form to choose the parent of a theme."""

    parent = forms.ModelChoiceField(
        Theme.objects.all(),
        required=False,
        label=gettext_lazy("Part of"),
        help_text=gettext_lazy(
            "The theme moves with all that is part of it, and comes last there."
        ),
    )

    def __init__(self, *args: Any, theme: Theme, **kwargs: Any) -> None:
        """Offer every theme except this one and its descendants."""
        super().__init__(*args, **kwargs)
        field = self.fields["parent"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for mypy
        top = ("", _("None: it stands at the top"))
        field.choices = [top, *theme_choices(theme_tree(), without=theme)]
        field.initial = theme.parent_id


class KeywordForm(CarefulModelForm):
    """Form of a keyword."""

    def clean_name(self) -> str:
        """Refuse a keyword that differs from another only in upper or lower case."""
        name = " ".join(self.cleaned_data["name"].split())
        other = Keyword.objects.exclude(pk=self.instance.pk).filter(name__iexact=name).first()
        if other is not None:
            raise ValidationError(
                _("There is a keyword “%(name)s” already. Merge the two instead."),
                params={"name": other.name},
            )
        return name


class MergeForm(forms.Form):
    """Form to choose the word that stays after a merge."""

    into = forms.ModelChoiceField(
        Theme.objects.none(),
        label=gettext_lazy("Merge into"),
        help_text=gettext_lazy("This one stays. The next step shows what will change."),
        empty_label=gettext_lazy("Choose"),
    )

    def __init__(self, *args: Any, words: list[Any], **kwargs: Any) -> None:
        """Offer all words of the table; if several were chosen, those come first."""
        super().__init__(*args, **kwargs)
        model = type(words[0])
        field = self.fields["into"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for mypy
        field.queryset = model._default_manager.all()
        chosen = [(word.pk, str(word)) for word in words] if len(words) > 1 else []
        pks = {word.pk for word in words}
        choices = (
            theme_choices(theme_tree())
            if model is Theme
            else [(word.pk, str(word)) for word in field.queryset]
        )
        others = [choice for choice in choices if choice[0] not in pks]
        empty = ("", _("Choose"))
        field.choices = (
            [empty, (_("Chosen"), chosen), (_("Others"), others)] if chosen else [empty, *others]
        )
