"""Panels of the record form: publication requirements, possible duplicates, contact audiences."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.admin.panels import FieldPanel, InlinePanel, Panel

from socialekaart_plugin.directory.form_advice import (
    OTHER_THAN,
    advised_for,
    candidate_of,
    needed_by,
    said_to_be_other,
)
from socialekaart_plugin.directory.selectors import possible_duplicates
from socialekaart_plugin.foundation.forms import FewInlinePanel

_STATIC = "socialekaart_plugin/directory"
RECORD_FORM_MEDIA = forms.Media(
    css={"all": [f"{_STATIC}/record_form.css"]},
    js=[
        f"{_STATIC}/{name}.js"
        for name in ("record_form", "name_fields", "name_dialogs", "autosave")
    ],
)


def _with_sign(heading: Any) -> Any:
    """Return a heading with a text that publishing requires this field."""
    return format_html('{} <span class="sk-needed-sign">{}</span>', heading, _("needed to publish"))


class NeededFieldPanel(FieldPanel):
    """Panel of a field that publishing requires; the heading says so."""

    class BoundPanel(FieldPanel.BoundPanel):
        """The field in a form."""

        heading: Any

        def __init__(self, **kwargs: Any) -> None:
            """Add the sign to the heading."""
            super().__init__(**kwargs)
            if self.form is not None:
                self.heading = _with_sign(self.heading)

        def is_required(self) -> bool:
            """Hide Wagtail's asterisk: the sign replaces it."""
            return False


class ContactPanel(FewInlinePanel):
    """Contact facts, with the number that each audience will see."""

    class BoundPanel(InlinePanel.BoundPanel):
        """The facts in a form."""

        template_name = "socialekaart_plugin/directory/contact_panel.html"


class NeededContactPanel(ContactPanel):
    """Contact facts, of which publishing requires one; the heading says so."""

    class BoundPanel(ContactPanel.BoundPanel):
        """The facts in a form."""

        heading: Any

        def __init__(self, **kwargs: Any) -> None:
            """Add the sign to the heading."""
            super().__init__(**kwargs)
            if self.form is not None:
                self.heading = _with_sign(self.heading)


class TranslationStatePanel(Panel):
    """Warns that the Dutch text changed since a translation; a checkbox confirms it."""

    class BoundPanel(Panel.BoundPanel):
        """The state of one translation in the form."""

        template_name = "socialekaart_plugin/directory/translation_state.html"

        def is_shown(self) -> bool:
            """Show only for an outdated translation."""
            translation = self.instance
            record = getattr(translation, "record", None) if translation else None
            return bool(translation and translation.pk and translation.is_outdated(record))

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add the checkbox name, with the prefix of its form."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["name"] = f"{self.form.prefix}-{STILL_RIGHT}"
            context["is_ticked"] = bool(self.form.data.get(context["name"]))
            return context


#: Name of the checkbox that confirms a translation, after the prefix of its form.
STILL_RIGHT = "still_right"


class ReadinessPanel(Panel):
    """Missing requirements and possible duplicates, updated while the user types."""

    class BoundPanel(Panel.BoundPanel):
        """The state of one record in its form."""

        template_name = "socialekaart_plugin/directory/readiness.html"
        media = RECORD_FORM_MEDIA

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add the advice on the current content of the form."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            is_bound = self.form is not None and self.form.is_bound
            record = candidate_of(self.form) if is_bound else self.instance
            # A copy form shows the original, but submits a new record.
            match = getattr(self.request, "resolver_match", None)
            is_copy = match is not None and match.url_name == "copy"
            context |= readiness_context(record, self.form if is_bound else None, is_new=is_copy)
            context["check_url"] = reverse(
                type(self.instance).snippet_viewset.get_url_name("check")
            )
            context["record_pk"] = "" if is_copy else self.instance.pk or ""
            return context


class DuplicatesPanel(Panel):
    """Possible duplicates of a new record, shown when its form is refused because of them."""

    class BoundPanel(Panel.BoundPanel):
        """The duplicates of what was typed in a form."""

        template_name = "socialekaart_plugin/directory/_duplicates.html"
        media = RECORD_FORM_MEDIA

        def is_shown(self) -> bool:
            """Show only for a submitted new record with possible duplicates."""
            is_new = self.form is not None and self.form.is_bound and not self.instance.pk
            self.found = duplicates_context(candidate_of(self.form), self.form) if is_new else {}
            return bool(self.found.get("duplicates"))

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add the duplicates."""
            return {**super().get_context_data(parent_context), **self.found}


def readiness_context(record: Any, form: Any = None, *, is_new: bool = False) -> dict[str, Any]:
    """Return the template context for requirements and duplicates of a record.

    Args:
        record: the stored record, or the candidate of the form.
        form: the validated form; None for the stored record.
        is_new: it will be a new record, so the original may be its duplicate as well.
    """
    return {
        "needed": needed_by(record, form),
        "advised": advised_for(record),
        **duplicates_context(record, form, is_new=is_new),
    }


def duplicates_context(thing: Any, form: Any = None, *, is_new: bool = False) -> dict[str, Any]:
    """Return the template context for duplicates of a record or place; arguments as above."""
    other = said_to_be_other(form.data) if form is not None else set()
    duplicates = (
        possible_duplicates(thing, exclude=0 if is_new else None) if thing.name.strip() else []
    )
    return {
        "duplicates": duplicates,
        "duplicates_unread": [
            duplicate for duplicate in duplicates if duplicate.record.pk not in other
        ],
        "other_than": other,
        "other_than_name": OTHER_THAN,
        "edit_url_name": type(thing).snippet_viewset.get_url_name("edit"),
    }
