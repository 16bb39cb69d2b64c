"""Add and remove internal notes on a record."""

from typing import TYPE_CHECKING, Any

from django.core.validators import MaxLengthValidator
from django.db import transaction
from wagtail.log_actions import log

from socialekaart_plugin.directory.models import InternalNote, Record

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


@transaction.atomic
def add_note(*, record: Record, text: str, user: "AbstractBaseUser | None" = None) -> InternalNote:
    """Add an internal note; the audit log records that it exists, not its text.

    Raises:
        ValidationError: the text is empty or too long.
    """
    record.wait_for_turn()
    author: Any = user
    note = InternalNote(record=record, text=text.strip(), author=author)
    note.clean_fields(exclude=["author"])
    # A TextField validates its length only in forms.
    MaxLengthValidator(InternalNote._meta.get_field("text").max_length)(note.text)
    note.save()
    log(instance=record, action="socialekaart.add_note", user=user, data={"note": note.pk})
    return note


@transaction.atomic
def remove_note(*, note: InternalNote, user: "AbstractBaseUser | None" = None) -> InternalNote:
    """Delete a note permanently; the caller checks the permission."""
    Record.wait_for_turn()
    log(instance=note.record, action="socialekaart.remove_note", user=user, data={"note": note.pk})
    note.delete()
    return note
