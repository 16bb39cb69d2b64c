"""The history of a demonstration record: verified, marked, edited again or withdrawn."""

import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.log_actions import log

from socialekaart_plugin.directory.actions import (
    add_note,
    confirm_record,
    mark_record,
    set_origin,
    set_upkeep,
    withdraw_record,
)
from socialekaart_plugin.directory.choices import VerificationChannel
from socialekaart_plugin.directory.models import Organisation
from socialekaart_plugin.management.demo_content import Values

from .days import day_after
from .demo_rows import find


def live_through(record: Any, values: Values, today: datetime.date) -> None:
    """Apply the history of a record: upkeep, verification, marking and a later edit."""
    _take_over(record, values, today)
    _look_after(record, values)
    if verified := values.get("verified"):
        confirm_record(
            record=record,
            on=today - datetime.timedelta(days=verified["days_ago"]),
            channel=VerificationChannel(verified["channel"]),
            by_name=verified["name"],
            by_role=verified["role"],
        )
    if days_ago := values.get("marked_days_ago"):
        mark_record(record=record, on=today - datetime.timedelta(days=days_ago))
    if pending := values.get("pending"):
        record.summary = pending["summary"]
        record.full_clean()
        revision = record.save_revision(user=None)
        log(instance=record, action="wagtail.edit", revision=revision, content_changed=True)
    submitted = values["state"] == "submitted" or values.get("pending", {}).get("submit")
    if submitted and (workflow := record.get_workflow()) is not None:
        workflow.start(record, None)


def withdraw(record: Any, values: Values, today: datetime.date) -> None:
    """Withdraw a record whose organisation stopped or that was replaced by another."""
    if withdrawn := values.get("withdrawn"):
        successor = withdrawn.get("replaced_by")
        withdraw_record(
            record=record,
            reason=withdrawn["reason"],
            replaced_by=find(type(record), successor) if successor else None,
            with_activities=isinstance(record, Organisation),
        )


def _take_over(record: Any, values: Values, today: datetime.date) -> None:
    if source := values.get("source"):
        on = day_after(today, -source["days_ago"])
        at_noon = datetime.datetime.combine(on or today, datetime.time(12))
        set_origin(
            record=record,
            source=source["name"],
            source_id=source["id"],
            source_licence=source["licence"],
            imported_at=timezone.make_aware(at_noon),
        )


def _look_after(record: Any, values: Values) -> None:
    """Set the upkeep and write the notes; colleagues without an account are None."""
    upkeep = values.get("upkeep", {})
    if upkeep:
        contact = upkeep.get("contact", {})
        set_upkeep(
            record=record,
            steward=_colleague(upkeep.get("steward")),
            verify_interval_days=upkeep.get("interval_days"),
            verification_contact_name=contact.get("name", ""),
            verification_contact_phone=contact.get("phone", ""),
            verification_contact_mail=contact.get("mail", ""),
            verification_contact_note=contact.get("note", ""),
        )
    for note in values.get("notes", ()):
        add_note(record=record, text=note["text"], user=_colleague(note["author"]))


def _colleague(name: str | None) -> Any:
    return get_user_model()._default_manager.filter(username=name).first() if name else None
