"""Admin form of an organisation or activity: validation, schedule dates, translations."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from socialekaart_plugin.directory.models.translation import text_fingerprint
from socialekaart_plugin.directory.record_panels import STILL_RIGHT
from socialekaart_plugin.directory.rules import SCHEDULE, has_passed
from socialekaart_plugin.foundation.forms import CarefulModelForm
from socialekaart_plugin.vocabulary.forms import theme_choices
from socialekaart_plugin.vocabulary.selectors import theme_tree

from .merged_word_fields import FollowsMerges
from .trees import offer_areas


class RecordForm(FollowsMerges, CarefulModelForm):
    """Form of an organisation or activity."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer themes and areas as a tree; capitalise every field label."""
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            # Django capitalises the labels of its own fields only.
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
        """Refuse duplicate or contradictory child rows."""
        cleaned: dict[str, Any] | None = super().clean()
        self._pass_over_old_dates()
        self._refuse_doubles()
        self._refuse_responsible_co_organiser()
        self._refuse_times_that_are_given()
        self._renew_translations()
        return cleaned

    def _pass_over_old_dates(self) -> None:
        """Accept schedule dates in the past unless the user typed them just now.

        Clears dates that have taken effect (`Record.spent_dates`). Other past dates stay stored,
        and publishing asks for later ones. Wagtail itself (7.4 to 8.0) would refuse to save at all.
        """
        now = timezone.now()
        spent = self.instance.spent_dates(now)
        for name in SCHEDULE:
            typed = self.cleaned_data.get(name)
            if not has_passed(typed, now) or not _same_minute(typed, getattr(self.instance, name)):
                continue
            if name in spent:
                self.cleaned_data[name] = None
            else:
                del self.cleaned_data[name]

    def get_field_updates_for_resave(self) -> list[tuple[str, Any]]:
        """Clear the removed dates in a form that stays open after an autosave."""
        updates: list[tuple[str, Any]] = super().get_field_updates_for_resave()
        gone = [
            name
            for name in SCHEDULE
            if self.data.get(self.add_prefix(name)) and getattr(self.instance, name) is None
        ]
        return [*updates, *((self.add_prefix(name), "") for name in gone)]

    def _filled(self, relation: str) -> list[Any]:
        """Return the validated child forms that are not deleted."""
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

    def _refuse_times_that_are_given(self) -> None:
        formset = self.formsets.get("sessions")
        if not self.cleaned_data.get("without_times") or formset is None or not formset.is_valid():
            return
        schedules = [child.instance.schedule for child in self._filled("sessions")]
        if schedules and None not in schedules:
            self.add_error(
                "without_times",
                _("All times are given above. Choose “not known”, or empty the times."),
            )

    def _renew_translations(self) -> None:
        """Treat a translation that the user confirmed as still correct as changed."""
        for child in self._filled("translations"):
            if child.data.get(f"{child.prefix}-{STILL_RIGHT}"):
                child.changed_data.append("source_fingerprint")

    def save(self, commit: bool = True) -> Any:
        """Save; record the Dutch source text of each new or changed translation."""
        for child in self._filled("translations"):
            if child.has_changed():
                child.instance.source_fingerprint = text_fingerprint(self.instance)
        return super().save(commit=commit)


def _same_minute(one: datetime.datetime | None, other: datetime.datetime | None) -> bool:
    """Return whether two moments are equal to the minute: forms show no seconds."""
    if one is None or other is None:
        return one is other
    return one.replace(second=0, microsecond=0) == other.replace(second=0, microsecond=0)
