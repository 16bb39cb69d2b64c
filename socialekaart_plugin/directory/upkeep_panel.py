"""Read-only panel on the record form that shows verification, steward, origin and notes."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.panels import Panel
from wagtail.admin.utils import get_user_display_name

from socialekaart_plugin.directory.models import Record

#: Number of notes on the form; the notes view shows all.
NOTES_SHOWN = 3


class UpkeepPanel(Panel):
    """Shows verification, due date, mark, steward, contact, origin and the last notes."""

    class BoundPanel(Panel.BoundPanel):
        """The panel of one record."""

        template_name = "socialekaart_plugin/directory/upkeep_panel.html"
        instance: Any

        @property
        def media(self) -> forms.Media:
            """The stylesheet of the panel."""
            return forms.Media(css={"all": ["socialekaart_plugin/directory/upkeep.css"]})

        def is_shown(self) -> bool:
            """Show only for a saved record, to users who may change it."""
            if self.instance.pk is None:
                return False
            policy = type(self.instance).snippet_viewset.permission_policy
            return bool(policy.user_has_permission(self.request.user, "change"))

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add the facts, the links to change them, and the notes."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            # Reload the row: the instance is a draft, which may be old.
            record = type(self.instance).objects.select_related("steward").get(pk=self.instance.pk)
            return {**context, **upkeep_context(record)}


def upkeep_context(record: Record) -> dict[str, Any]:
    """Return the template context for the upkeep of a record (two queries, plus the steward's)."""
    notes = record.notes.select_related("author")
    viewset: Any = type(record).snippet_viewset
    return {
        "record": record,
        "upkeep_urls": {
            name: viewset.get_url_name(name) for name in ("confirm", "upkeep", "notes", "changes")
        },
        "steward": get_user_display_name(record.steward) if record.steward else _("nobody"),
        "is_due": record.due_on is not None and record.due_on <= timezone.localdate(),
        "contact": [
            value
            for value in (
                record.verification_contact_name,
                record.verification_contact_phone,
                record.verification_contact_mail,
                record.verification_contact_note,
            )
            if value
        ],
        "notes": list(notes[:NOTES_SHOWN]),
        "note_count": notes.count(),
    }
