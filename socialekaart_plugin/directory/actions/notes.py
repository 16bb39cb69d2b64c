"""Notes between colleagues about a record."""

from typing import TYPE_CHECKING, Any

from django.core.validators import MaxLengthValidator
from django.db import transaction
from wagtail.log_actions import log

from socialekaart_plugin.directory.models import InternalNote, Record

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


@transaction.atomic
def add_note(*, record: Record, text: str, user: "AbstractBaseUser | None" = None) -> InternalNote:
    """Write a note for the colleagues; the log says that there is one, not what it says.

    Raises:
        ValidationError: the text is empty or too long.
    """
    record.wait_for_turn()
    author: Any = user
    note = InternalNote(record=record, text=text.strip(), author=author)
    note.clean_fields(exclude=["author"])
    # A TextField checks its length in forms only.
    MaxLengthValidator(InternalNote._meta.get_field("text").max_length)(note.text)
    note.save()
    log(instance=record, action="socialekaart.add_note", user=user, data={"note": note.pk})
    return note


@transaction.atomic
def remove_note(*, note: InternalNote, user: "AbstractBaseUser | None" = None) -> InternalNote:
    """Remove a note for good; whether `user` may is asked by whoever calls."""
    Record.wait_for_turn()
    log(instance=note.record, action="socialekaart.remove_note", user=user, data={"note": note.pk})
    note.delete()
    return note
