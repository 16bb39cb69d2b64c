"""The form of an organisation or activity in the admin."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from socialekaart_plugin.directory.models.translation import text_fingerprint
from socialekaart_plugin.directory.record_panels import STILL_RIGHT
from socialekaart_plugin.directory.selectors.trees import theme_tree
from socialekaart_plugin.foundation.forms import CarefulModelForm

from .merged_words import FollowsMerges
from .trees import offer_areas
from .vocabulary import theme_choices


class RecordForm(FollowsMerges, CarefulModelForm):
    """The form of an organisation or an activity."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer themes and areas as a tree; begin every name of a field with a capital."""
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            # Django does so for its own fields, and leaves it to those of others.
            field.label = capfirst(field.label)
        themes = self.fields.get("themes")
        if isinstance(themes, forms.ModelMultipleChoiceField):
            themes.choices = theme_choices(theme_tree())
        areas = self.fields.get("areas_served")
        if isinstance(areas, forms.ModelMultipleChoiceField):
            offer_areas(areas, self._chosen("areas_served"))

    def _chosen(self, name: str) -> list[Any]:
        stored = [row.pk for row in self.initial.get(name) or ()]
        if self.is_bound and hasattr(self.data, "getlist"):
            stored += self.data.getlist(self.add_prefix(name))
        return stored

    def clean(self) -> dict[str, Any] | None:
        """Refuse children that say the same twice."""
        cleaned: dict[str, Any] | None = super().clean()
        self._refuse_doubles()
        self._refuse_responsible_co_organiser()
        self._renew_translations()
        return cleaned

    def _filled(self, relation: str) -> list[Any]:
        """Return the forms of children that stay, validated."""
        formset = self.formsets.get(relation)
        if formset is None:
            return []
        return [
            child
            for child in formset.forms
            if child.is_valid() and child.cleaned_data and not child.cleaned_data.get("DELETE")
        ]

    def _refuse_doubles(self) -> None:
        seen = set()
        for child in self._filled("contact_facts"):
            fact = (child.instance.kind, child.instance.value.casefold())
            if fact in seen and fact[1]:
                child.add_error("value", _("This contact detail is there already."))
            seen.add(fact)

    def _refuse_responsible_co_organiser(self) -> None:
        responsible = self.cleaned_data.get("organisation")
        for child in self._filled("co_organisers"):
            if responsible is not None and child.cleaned_data.get("organisation") == responsible:
                child.add_error(
                    "organisation",
                    _("“%(name)s” answers for it already. Choose another, or remove this one.")
                    % {"name": responsible},
                )

    def _renew_translations(self) -> None:
        """Count a translation that is said to fit the Dutch text still as changed."""
        for child in self._filled("translations"):
            if child.data.get(f"{child.prefix}-{STILL_RIGHT}"):
                child.changed_data.append("source_fingerprint")

    def save(self, commit: bool = True) -> Any:
        """Save, with noted from which Dutch text each new or changed translation was made."""
        for child in self._filled("translations"):
            if child.has_changed():
                child.instance.source_fingerprint = text_fingerprint(self.instance)
        return super().save(commit=commit)
