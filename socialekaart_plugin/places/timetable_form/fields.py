"""The form fields for a schedule and for opening hours, and the widget they share."""

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
    """Rows to fill in, and the sentence that is read back; needs Wagtail's admin."""

    use_fieldset = True
    #: Named after the field for screen readers: the label of the form is no label of one input.
    label: Any = ""

    class Media:
        css = {"all": [f"{_STATIC}.css"]}
        js = [f"{_STATIC}.js"]

    def __init__(self, entry_class: type[Entry[Any]], attrs: dict[str, Any] | None = None) -> None:
        """Say what is entered: a schedule or opening hours."""
        super().__init__(attrs)
        self.entry_class = entry_class
        self.template_name = entry_class.template_name

    def id_for_label(self, id_: str) -> str:
        """There is no one input to go to."""
        return ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Entry[Any]:
        """Return what was sent, with every character as it was typed."""
        return self.entry_class(name, data=data)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Whether the form had no such field."""
        return not any(key.startswith(f"{name}-") for key in data)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Lay out what was sent, or what is kept."""
        context: dict[str, Any] = super().get_context(name, None, attrs)
        entry = value if isinstance(value, Entry) else self.entry_class(name, kept=value)
        if entry.is_sent:
            # The errors of the whole come to stand at their rows.
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
    """Return the empty rows for the script: the same for every field, so made once a language."""
    new = {name: row(prefix=NEW_ROW) for name, row in ENTRIES[kind].new_rows.items()}
    template = "socialekaart_plugin/places/timetable/new_rows.html"
    # A template of ours escaped what is in it; the renderer strips it to a plain string.
    return mark_safe(get_default_renderer().render(template, {"new": new}))  # noqa: S308


class TimetableFormField(forms.Field):
    """Reads the rows of a form as JSON to keep; None when nothing was typed."""

    entry_class: type[Entry[Any]]
    default_error_messages = {"required": _("Write when it is.")}

    def __init__(self, **kwargs: Any) -> None:
        """Take a widget of our own, whatever is proposed."""
        kwargs["widget"] = TimetableWidget(self.entry_class)
        super().__init__(**kwargs)
        self.widget.label = self.label

    def clean(self, value: Any) -> Json | None:
        """Return the JSON; refuse with everything that is wrong, each in words.

        Raises:
            ValidationError: something was typed that cannot be.
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
        """Whether it means something else than before."""
        return isinstance(data, Entry) and data.differs_from(initial)


class ScheduleFormField(TimetableFormField):
    """When a session is held."""

    entry_class = ScheduleEntry


class OpeningHoursFormField(TimetableFormField):
    """When a place is open."""

    entry_class = OpeningHoursEntry
