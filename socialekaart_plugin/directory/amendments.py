"""Apply one small change to a live record and to its drafts at once."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from wagtail.models import Revision

from socialekaart_plugin.foundation.announced_model import changed_by

from .models import Record

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


@transaction.atomic
def amend_record(
    *, record: Record, amend: Callable[[Any], None], user: "AbstractBaseUser | None" = None
) -> Record:
    """Change the row and every revision that may still be published, without publishing a draft.

    For bulk changes (a keyword, a merged theme) that take effect at once. Publishing an older draft
    must not undo them. The caller writes the audit log entry.

    Args:
        record: the record to change; reloaded here.
        amend: changes an unsaved instance; called for the row and for each revision.
        user: who changes it; None for the system.

    Returns:
        The updated record.

    Raises:
        RecordLocked: a colleague of `user` has locked it.
    """
    record.wait_for_turn()
    row: Record = type(record).objects.get(pk=record.pk)
    row.require_unlocked_for(user)
    with changed_by(user):
        amend(row)
        row.save()
    for revision in row.revisions.filter(approved_go_live_at__isnull=False):
        _amend_in_place(revision, amend)
    latest = row.get_latest_revision()
    if latest is not None and latest.approved_go_live_at is None:
        _amend_latest(row, latest, amend, user)
    return row


def _amend_in_place(revision: Revision, amend: Callable[[Any], None]) -> None:
    """Overwrite a scheduled revision in place, because its schedule refers to it."""
    version = revision.as_object()
    amend(version)
    revision.content = version.serializable_data()
    revision.save(update_fields=["content"])


def _amend_latest(
    row: Record, latest: Revision, amend: Callable[[Any], None], user: "AbstractBaseUser | None"
) -> None:
    """Add a revision after the latest, so that open forms warn about the change."""
    is_pending = row.has_unpublished_changes
    draft = latest.as_object()
    amend(draft)
    revision = draft.save_revision(user=user, changed=is_pending, clean=False)
    row.latest_revision = revision
    fields = ["latest_revision"]
    if row.live and not is_pending:
        row.live_revision = revision
        fields.append("live_revision")
    row.has_unpublished_changes = is_pending
    row.save(update_fields=[*fields, "has_unpublished_changes"])
