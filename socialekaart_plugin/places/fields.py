"""Model fields for opening hours and accessibility facts, both stored as JSON."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from socialekaart_plugin.timetable.as_json import opening_hours_from_json
from socialekaart_plugin.timetable.errors import TimetableError

from .choices import AccessibilityFact
from .form_fields import AccessibilityFormField
from .timetable_form import OpeningHoursFormField
from .timetable_labels import error_in_words


class AccessibilityField(models.JSONField):
    """The known accessibility facts: `{"induction_loop": true}`; a missing key is unknown."""

    default_error_messages = {"unknown": _("“%(value)s” is no accessibility fact.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Default to an empty dict."""
        kwargs.setdefault("default", dict)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def formfield(self, *args: Any, **kwargs: Any) -> forms.Field:
        """Return a form field with not known, yes or no for every fact."""
        known = ("label", "help_text", "widget")
        return AccessibilityFormField(
            **{
                "label": self.verbose_name,
                "help_text": self.help_text,
                "required": False,
                **{name: value for name, value in kwargs.items() if name in known},
            }
        )

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Reject unknown facts, and values other than true and false."""
        facts = value.items() if isinstance(value, dict) else [(value, None)]
        for name, answer in facts:
            if name not in AccessibilityFact.values or not isinstance(answer, bool):
                raise ValidationError(
                    self.error_messages["unknown"], code="unknown", params={"value": name}
                )


class TimetableField(models.JSONField):
    """A timetable as JSON (docs/reference/timetable.md); null when there is none."""

    #: Parses the JSON; raises `TimetableError` when it is invalid.
    read: Callable[[Any], object]
    #: The form field for editing, because nobody types JSON.
    form_class: type[forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Default to null."""
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Reject JSON that is not a valid timetable, with a message for users."""
        if value is None:
            return
        try:
            type(self).read(value)
        except TimetableError as error:
            raise ValidationError(error_in_words(error), code=error.code) from error

    def formfield(self, *args: Any, **kwargs: Any) -> Any:
        """Return the form field with rows of days and times."""
        return models.Field.formfield(self, **{**kwargs, "form_class": self.form_class})


class OpeningHoursField(TimetableField):
    """The opening hours of a place; null when unknown."""

    read = staticmethod(opening_hours_from_json)
    form_class = OpeningHoursFormField
