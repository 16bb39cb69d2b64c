"""Add or remove keywords on a live record and its drafts at once."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.db import transaction
from wagtail.log_actions import log

from socialekaart_plugin.directory.amendments import amend_record
from socialekaart_plugin.directory.models import Record

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


@transaction.atomic
def change_keywords(
    *,
    record: Record,
    add: Collection[str] = (),
    remove: Collection[str] = (),
    user: "AbstractBaseUser | None" = None,
) -> Record:
    """Add and remove keywords of a record, in the live version and in every draft at once.

    Idempotent: without changes it writes and logs nothing.

    Args:
        record: the organisation or activity.
        add: names of keywords; missing keywords are created.
        remove: names of keywords.
        user: who changes them; None for the system.

    Returns:
        The updated record.

    Raises:
        RecordLocked: a colleague of `user` has locked it.
    """
    record.begin_change_by(user)
    versions = [record, record.get_latest_revision_as_object()]
    if all(_is_so(version, add, remove) for version in versions):
        return record

    def amend(version: Any) -> None:
        version.tags.add(*add)
        version.tags.remove(*remove)

    changed = amend_record(record=record, amend=amend, user=user)
    data = {"added": list(add), "removed": list(remove)}
    log(instance=changed, action="socialekaart.change_keywords", user=user, data=data)
    return changed


def _is_so(version: Any, add: Collection[str], remove: Collection[str]) -> bool:
    names = {tag.name for tag in version.tags.all()}
    return names.issuperset(add) and names.isdisjoint(remove)
