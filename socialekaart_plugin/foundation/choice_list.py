"""A model field for several values from a fixed list, shown as checkboxes."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core import checks
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class ChoiceListField(models.JSONField):
    """A list of values from `choices`, as JSON: `["nl", "ar"]`; unique, never null.

    Not a many-to-many field: the choices are fixed in code, and revisions store the values with the
    row.
    """

    default_error_messages = {"unknown": _("“%(value)s” is none of the choices.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Default to an empty list, and allow it."""
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        """Report missing choices, besides Django's own checks."""
        found = super().check(**kwargs)
        if not self.choices:
            found.append(checks.Error("ChoiceListField needs choices", obj=self, id="fields.E005"))
        return found

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Reject anything but a list of the choices."""
        known = {key for key, _label in self.flatchoices}
        if not isinstance(value, list):
            raise ValidationError(
                self.error_messages["unknown"], code="unknown", params={"value": value}
            )
        for item in value:
            if not isinstance(item, str) or item not in known:
                raise ValidationError(
                    self.error_messages["unknown"], code="unknown", params={"value": item}
                )

    def clean(self, value: Any, model_instance: models.Model | None) -> list[str]:
        """Return the values in the order of the choices, without duplicates."""
        self.validate(value, model_instance)
        return self.in_order(value)

    def in_order(self, values: Iterable[str]) -> list[str]:
        """Return the values in the order of the choices, without duplicates."""
        wanted = set(values)
        return [key for key, _label in self.flatchoices if key in wanted]

    def formfield(self, **kwargs: Any) -> forms.Field:  # type: ignore[override]
        """Return a form field with one checkbox per choice."""
        kwargs = {
            "label": self.verbose_name,
            "help_text": self.help_text,
            "required": not self.blank,
            "choices": list(self.flatchoices),
            "widget": forms.CheckboxSelectMultiple,
        } | {k: v for k, v in kwargs.items() if k in ("label", "help_text", "widget", "required")}
        return forms.MultipleChoiceField(**kwargs)
