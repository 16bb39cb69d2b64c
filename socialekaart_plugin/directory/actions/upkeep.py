"""Set the steward, verification interval, verification contact and origin of a record."""

import datetime
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.log_actions import log

from socialekaart_plugin.directory.models import Record
from socialekaart_plugin.foundation.announced_model import changed_by
from socialekaart_plugin.foundation.telephone_entry import clean_telephone

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

#: The audit log keeps old and new values of these fields only. The other fields name people at
#: the organisation, and the log is kept longer than their data may be (GDPR).
_TOLD_IN_THE_LOG = ("steward", "verify_interval_days")


class UpkeepChanges(TypedDict, total=False):
    """Upkeep fields that can be set; omitted fields keep their value.

    Attributes:
        steward: the colleague who looks after the record; None for nobody.
        verify_interval_days: days between verifications; None for the site's default.
        verification_contact_name: the person to ask at the organisation.
        verification_contact_phone: their telephone number; stored in normalised form.
        verification_contact_mail: their mail address.
        verification_contact_note: how to reach them.
    """

    steward: "AbstractBaseUser | None"
    verify_interval_days: int | None
    verification_contact_name: str
    verification_contact_phone: str
    verification_contact_mail: str
    verification_contact_note: str


@transaction.atomic
def set_upkeep(
    *,
    record: Record,
    user: "AbstractBaseUser | None" = None,
    **changes: Unpack[UpkeepChanges],
) -> Record:
    """Set the steward, interval and verification contact of a record; creates no revision.

    Omitted fields keep their value. Idempotent: without changes it writes and logs nothing.

    Args:
        record: the organisation or activity.
        user: who sets it; None for the system.
        **changes: see `UpkeepChanges`.

    Raises:
        ValidationError: errors by field; nothing is written and `record` is unchanged.
        RecordLocked: a colleague of `user` has locked it.
    """
    record.begin_change_by(user)
    stored = type(record)._default_manager.get(pk=record.pk)
    for name, value in changes.items():
        setattr(record, name, value)
    try:
        _clean(record, list(changes))
    except ValidationError:
        for name in changes:
            setattr(record, name, getattr(stored, name))
        raise
    changed = [name for name in changes if getattr(record, name) != getattr(stored, name)]
    if not changed:
        return record
    with changed_by(user):
        record.save(update_fields=changed)
    data: dict[str, Any] = {"changed": changed}
    for name in set(_TOLD_IN_THE_LOG) & set(changed):
        data[name] = [_plain(getattr(stored, name)), _plain(getattr(record, name))]
    log(instance=record, action="socialekaart.set_upkeep", user=user, data=data)
    return record


def set_steward(
    *, record: Record, steward: "AbstractBaseUser | None", user: "AbstractBaseUser | None" = None
) -> Record:
    """Make a colleague the steward of a record, or nobody (None)."""
    return set_upkeep(record=record, steward=steward, user=user)


@transaction.atomic
def set_origin(
    *,
    record: Record,
    source: str,
    source_id: str = "",
    source_licence: str = "",
    imported_at: datetime.datetime | None = None,
    user: "AbstractBaseUser | None" = None,
) -> Record:
    """Set where a record comes from; an import does this for every record.

    Args:
        record: the organisation or activity.
        source: the list or system it comes from; empty if it was entered here.
        source_id: its identifier in the source.
        source_licence: the licence of the source.
        imported_at: the time of the last import.
        user: who imports it; None for the system.

    Raises:
        ValidationError: a value is too long.
        RecordLocked: a colleague of `user` has locked it.
    """
    record.begin_change_by(user)
    origin = {
        "source": source,
        "source_id": source_id,
        "source_licence": source_licence,
        "imported_at": imported_at,
    }
    for name, value in origin.items():
        setattr(record, name, value)
    _clean(record, list(origin))
    with changed_by(user):
        record.save(update_fields=list(origin))
    data = {"source": source, "source_id": source_id, "source_licence": source_licence}
    log(instance=record, action="socialekaart.set_origin", user=user, data=data)
    return record


def _clean(record: Record, names: list[str]) -> None:
    errors: dict[str, Any] = {}
    phone = record.verification_contact_phone
    if "verification_contact_phone" in names and phone:
        try:
            record.verification_contact_phone = clean_telephone(phone)
        except ValidationError as error:
            errors["verification_contact_phone"] = error.messages
    others = [field.name for field in record._meta.fields if field.name not in names]
    try:
        record.clean_fields(exclude=others)
    except ValidationError as error:
        errors = {**error.message_dict, **errors}
    if errors:
        raise ValidationError(errors)


def _plain(value: Any) -> Any:
    return getattr(value, "pk", value)
