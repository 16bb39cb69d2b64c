"""Columns of the record that hold more than a value: the schedule of a session."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from socialekaart_plugin.places.timetable_form import ScheduleFormField
from socialekaart_plugin.places.timetable_words import error_in_words
from socialekaart_plugin.timetable.as_json import schedule_from_json
from socialekaart_plugin.timetable.errors import TimetableError


class ScheduleField(models.JSONField):
    """When a session is held, as plain data (docs/reference/timetable.md); null by appointment."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Begin without times."""
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Refuse what cannot be a schedule."""
        if value is None:
            return
        try:
            schedule_from_json(value)
        except TimetableError as error:
            raise ValidationError(error_in_words(error), code=error.code) from error

    def formfield(self, *args: Any, **kwargs: Any) -> Any:
        """Return rows of days and times: nobody types JSON."""
        return models.Field.formfield(self, **{**kwargs, "form_class": ScheduleFormField})
