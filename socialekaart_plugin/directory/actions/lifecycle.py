"""Change the status of a record: confirm, mark, unmark, withdraw, delete."""

import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from socialekaart_plugin.directory.choices import VerificationChannel
from socialekaart_plugin.directory.models import Organisation, Record
from socialekaart_plugin.foundation.announced_model import changed_by

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

CONFIRM_FIELDS = [
    "verified_on",
    "verified_by_name",
    "verified_by_role",
    "verified_channel",
    "marked_on",
]


class WithdrawalError(ValueError):
    """The record cannot be withdrawn this way; the message tells the user why."""


@transaction.atomic
def confirm_record(
    *,
    record: Record,
    on: datetime.date,
    channel: VerificationChannel,
    by_name: str = "",
    by_role: str = "",
    user: "AbstractBaseUser | None" = None,
) -> Record:
    """Record that a record was verified on a day, and end its mark; creates no revision.

    Args:
        record: the organisation or activity.
        on: the day of verification.
        channel: how it was verified, such as by phone.
        by_name: who confirmed it at the organisation.
        by_role: their role there.
        user: the colleague who records it; None for the system.

    Raises:
        RecordLocked: a colleague of `user` has locked it.
    """
    record.begin_change_by(user)
    record.verified_on = on
    record.verified_channel = channel
    record.verified_by_name = by_name
    record.verified_by_role = by_role
    record.marked_on = None
    with changed_by(user):
        record.save(update_fields=CONFIRM_FIELDS)
    log(
        instance=record,
        action="socialekaart.confirm",
        user=user,
        data={"on": on.isoformat(), "channel": VerificationChannel(channel).value},
    )
    return record


@transaction.atomic
def mark_record(
    *, record: Record, on: datetime.date, user: "AbstractBaseUser | None" = None
) -> Record:
    """Mark a record as not recently verified from a day on; visitors see a note.

    Raises:
        RecordLocked: a colleague of `user` has locked it.
    """
    record.begin_change_by(user)
    record.marked_on = on
    with changed_by(user):
        record.save(update_fields=["marked_on"])
    log(instance=record, action="socialekaart.mark", user=user, data={"on": on.isoformat()})
    return record


@transaction.atomic
def unmark_record(*, record: Record, user: "AbstractBaseUser | None" = None) -> Record:
    """End the mark of a record without verifying it; the public note disappears.

    Raises:
        RecordLocked: a colleague of `user` has locked it.
    """
    record.begin_change_by(user)
    record.marked_on = None
    with changed_by(user):
        record.save(update_fields=["marked_on"])
    log(instance=record, action="socialekaart.unmark", user=user)
    return record


@transaction.atomic
def withdraw_record(
    *,
    record: Record,
    reason: str,
    replaced_by: Record | None = None,
    with_activities: bool = False,
    user: "AbstractBaseUser | None" = None,
) -> Record:
    """Take a record off every channel at once; it stays in the admin and can be published again.

    Args:
        record: the organisation or activity.
        reason: why, in one sentence; kept in the audit log.
        replaced_by: the record of the same type that replaces it (after a merge).
        with_activities: for an organisation, also withdraw its live activities.
        user: who withdraws it; None for the system.

    Raises:
        WithdrawalError: `replaced_by` is the record itself, of another type, or not public.
        RecordLocked: a colleague of `user` locked the record or one of these activities.
    """
    record.begin_change_by(user)
    if replaced_by is not None:
        _require_sound_replacement(record, replaced_by)
    if with_activities and isinstance(record, Organisation):
        for activity in record.activities.live():
            withdraw_record(record=activity, reason=reason, user=user)
    with changed_by(user, reason):
        record.replaced_by = replaced_by
        record.save(update_fields=["replaced_by"])
        if record.live:
            record.unpublish(user=user, log_action=False)
    log(
        instance=record,
        action="socialekaart.withdraw",
        user=user,
        data={"reason": reason, "replaced_by": str(replaced_by.uuid) if replaced_by else None},
    )
    return record


@transaction.atomic
def delete_record(*, record: Record, user: "AbstractBaseUser | None" = None) -> None:
    """Delete a record permanently from every channel; the audit log keeps an entry.

    Raises:
        RecordLocked: a colleague of `user` has locked it.
    """
    record.begin_change_by(user)
    log(instance=record, action="wagtail.delete", user=user, deleted=True)
    with changed_by(user):
        record.delete()


def _require_sound_replacement(record: Record, replaced_by: Record) -> None:
    """Refuse a replacement that leads nowhere; a public record must not be replaced itself."""
    if type(replaced_by) is not type(record):
        raise WithdrawalError(_("Only a record of the same type can take its place."))
    if replaced_by.pk == record.pk:
        raise WithdrawalError(_("A record cannot be replaced by itself."))
    replaced_by.refresh_from_db(fields=["live"])
    if not replaced_by.live:
        raise WithdrawalError(_("“%(name)s” is not public itself.") % {"name": replaced_by})
