"""Django form fields for a schedule and for opening hours, and their shared widget."""

from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import get_default_renderer
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from socialekaart_plugin.timetable.as_json import Json

from .entry import ENTRIES, Entry, OpeningHoursEntry, ScheduleEntry
from .formset import NEW_ROW

_STATIC = "socialekaart_plugin/places/timetable"


class TimetableWidget(forms.Widget):
    """The rows, and a sentence that reads them back; for the Wagtail admin only."""

    use_fieldset = True
    #: The name for screen readers: the form label belongs to no single input.
    label: Any = ""

    class Media:
        css = {"all": [f"{_STATIC}.css"]}
        js = [f"{_STATIC}.js"]

    def __init__(self, entry_class: type[Entry[Any]], attrs: dict[str, Any] | None = None) -> None:
        """Set the entry class: schedule or opening hours."""
        super().__init__(attrs)
        self.entry_class = entry_class
        self.template_name = entry_class.template_name

    def id_for_label(self, id_: str) -> str:
        """Return an empty id: no single input has the label."""
        return ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Entry[Any]:
        """Return the submitted data, exactly as typed."""
        return self.entry_class(name, data=data)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Return whether the form did not contain this field."""
        return not any(key.startswith(f"{name}-") for key in data)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the rows of the submitted or stored value to the context."""
        context: dict[str, Any] = super().get_context(name, None, attrs)
        entry = value if isinstance(value, Entry) else self.entry_class(name, kept=value)
        if entry.is_sent:
            # Validate now, so that errors about the whole are attached to rows.
            _ = entry.problems
        return {
            **context,
            "entry": entry,
            "label": self.label,
            "described_by": context["widget"]["attrs"].get("aria-describedby", ""),
            "new_rows": _new_rows(self.entry_class.kind, get_language()),
            "read_back_url": reverse("socialekaart_timetable"),
        }


@cache
def _new_rows(kind: str, language: str | None) -> SafeString:
    """Return the empty rows for the script; the same for all fields, so cached per language."""
    new = {name: row(prefix=NEW_ROW) for name, row in ENTRIES[kind].new_rows.items()}
    template = "socialekaart_plugin/places/timetable/new_rows.html"
    # Safe: the template escaped its content; the renderer only loses that mark.
    return mark_safe(get_default_renderer().render(template, {"new": new}))  # noqa: S308


class TimetableFormField(forms.Field):
    """Cleans the rows to JSON; None when nothing was entered."""

    entry_class: type[Entry[Any]]
    default_error_messages = {"required": _("Write when it is.")}

    def __init__(self, **kwargs: Any) -> None:
        """Always use our own widget."""
        kwargs["widget"] = TimetableWidget(self.entry_class)
        super().__init__(**kwargs)
        self.widget.label = self.label

    def clean(self, value: Any) -> Json | None:
        """Return the JSON, or report all errors at once.

        Raises:
            ValidationError: the input is invalid.
        """
        problems = value.problems if isinstance(value, Entry) else []
        if problems:
            raise ValidationError([ValidationError(text, code="invalid") for text in problems])
        found = value.value if isinstance(value, Entry) else None
        if found is None:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        return self.entry_class.to_json(found)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Return whether the meaning has changed."""
        return isinstance(data, Entry) and data.differs_from(initial)


class ScheduleFormField(TimetableFormField):
    """The form field for the schedule of a session."""

    entry_class = ScheduleEntry


class OpeningHoursFormField(TimetableFormField):
    """The form field for the opening hours of a place."""

    entry_class = OpeningHoursEntry
