"""One small change to a record as the public sees it and as its draft stands, alike."""

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
    """Change the row, and every version of it that may still go public, without publishing a draft.

    For what is decided about many records at once (a keyword, a merged theme): it must hold at
    once, and the publication of a draft that was begun before must not undo it. The caller writes
    the log line.

    Args:
        record: which record; read anew here.
        amend: changes an instance in memory; called for the row and for each version.
        user: who changes it; None for the system.

    Returns:
        The record as it stands now.

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
    """A scheduled version keeps its place: its schedule hangs on it."""
    version = revision.as_object()
    amend(version)
    revision.content = version.serializable_data()
    revision.save(update_fields=["content"])


def _amend_latest(
    row: Record, latest: Revision, amend: Callable[[Any], None], user: "AbstractBaseUser | None"
) -> None:
    """A new version after the latest: who has the form open is warned of another's change."""
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
