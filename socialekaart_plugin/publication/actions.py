"""Feeding the gate: compare public rows with their records and write the differences."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from socialekaart_plugin.foundation.announced_model import current_change
from socialekaart_plugin.foundation.audiences import Audience

from . import rules
from .choices import FINDABLE, EventKind, RecordKind
from .models import PublicationCounter, PublicationEvent, PublishedRecord
from .public_record import PublicView, fresh_rows, public_view
from .signals import published_records_changed


def lock_counter() -> PublicationCounter:
    """Lock the sequence until the end of the transaction, and return it.

    Call this before reading anything. Then numbers rise in commit order, and no payload is built
    from rows that another transaction is about to change.
    """
    if not connection.features.has_select_for_update:
        # SQLite locks the whole file, for writing only. A transaction that reads first fails at
        # once if another one wrote in between; a transaction that writes first waits.
        PublicationCounter.objects.filter(pk=1).update(value=F("value"))
    counter, _created = PublicationCounter.objects.select_for_update().get_or_create(pk=1)
    return counter


@dataclass
class Difference:
    """A row of the gate that differs from its record.

    Attributes:
        kind: kind of record.
        record_uuid: its public id.
        row: the current row; None if there is none yet.
        source: the record, freshly read; None if it was deleted.
        view: what may be published of it now.
        before: what was published of it for the widest audience; empty if nothing was.
        public_before: the same for the audience `PUBLIC`.
    """

    kind: RecordKind
    record_uuid: uuid.UUID
    row: PublishedRecord | None
    source: Any
    view: PublicView
    before: rules.Payload
    public_before: rules.Payload

    @property
    def event(self) -> EventKind | None:
        """Return the event that this write causes; None if the record was and stays withdrawn."""
        if not self.view.is_public:
            return EventKind.WITHDRAWN if self.before else None
        return EventKind.CHANGED if self.before else EventKind.PUBLISHED

    @property
    def changes_the_text(self) -> bool:
        """Tell whether more than the upkeep facts differs: verifying is not editing."""
        after = self.view.payloads.get(Audience.REFERRER) or {}
        return self._differs_in((self.before.keys() | after.keys()) - {"upkeep"})

    @property
    def changes_what_others_show(self) -> bool:
        """Tell whether the part that other records show of this one differs.

        For an organisation or activity that part is its name, its address and whether it is public.
        For an organisation it also includes the contact facts, which its activities show. For all
        other kinds it is the whole payload.
        """
        if self.kind not in FINDABLE:
            return True
        names = {"uuid", "name", "slug"}
        return self._differs_in(
            names | {"contact"} if self.kind == RecordKind.ORGANISATION else names
        )

    def _differs_in(self, names: Iterable[str]) -> bool:
        """Tell whether any of these keys changed for any audience."""
        pairs = (
            (self.before, self.view.payloads.get(Audience.REFERRER) or {}),
            (self.public_before, self.view.payloads.get(Audience.PUBLIC) or {}),
        )
        return any(before.get(name) != after.get(name) for name in names for before, after in pairs)

    @property
    def name(self) -> str:
        """The current or last public name."""
        return str(self.source.name if self.view.is_public else self.before.get("name", ""))

    @property
    def places_that_came_or_went(self) -> set[uuid.UUID]:
        """Places that only the old or only the new payload shows."""
        after = self.view.payloads.get(Audience.REFERRER) or {}
        before, now = (
            {place["uuid"] for place in payload.get("places", ())}
            for payload in (self.before, after)
        )
        return {uuid.UUID(place) for place in before ^ now}


def compare_records(
    *, kind: RecordKind, uuids: Iterable[uuid.UUID], sources: list[Any] | None = None
) -> list[Difference]:
    """Return the rows that differ from their records; write nothing.

    Args:
        kind: kind of all these records.
        uuids: their public ids.
        sources: the freshly read records; this function reads them if left out.
    """
    wanted = list(uuids)
    rows = {row.uuid: row for row in PublishedRecord.objects.filter(uuid__in=wanted)}
    if sources is None:
        sources = fresh_rows(kind, wanted)
    found = {source.uuid: source for source in sources}
    differences = []
    for record_uuid in wanted:
        row, source = rows.get(record_uuid), found.get(record_uuid)
        view = public_view(source) if source is not None else PublicView({})
        if _differs(row, source, view):
            public_before = (row.public_payload or {}) if row else {}
            before = (row.referrer_payload or public_before) if row else {}
            differences.append(
                Difference(kind, record_uuid, row, source, view, before, public_before)
            )
    return differences


@transaction.atomic
def feed_records(
    *, kind: RecordKind, uuids: Iterable[uuid.UUID], is_own_change: bool = False
) -> list[Difference]:
    """Update the rows of these records and of the places they gained or lost; idempotent.

    Reads the live rows from the database, never the instance that is being saved: saving a draft
    calls `save()` on an instance with the draft's values. Unchanged rows keep their sequence.

    Args:
        kind: kind of all these records.
        uuids: their public ids.
        is_own_change: the records themselves changed, not something they show. Only then does a
            new version of the text count as an event.

    Returns:
        The differences of the records themselves that were written.
    """
    counter = lock_counter()
    differences = compare_records(kind=kind, uuids=uuids)
    write_differences(counter, differences, is_own_change=is_own_change)
    moved = {place for each in differences for place in each.places_that_came_or_went}
    if moved:
        places = compare_records(kind=RecordKind.PLACE, uuids=sorted(moved))
        write_differences(counter, places, is_own_change=False)
    return differences


def write_differences(
    counter: PublicationCounter, differences: list[Difference], *, is_own_change: bool
) -> None:
    """Write rows and events, and send the signal; the caller has locked the counter."""
    if not differences:
        return
    now, change = timezone.now(), current_change()
    new: list[PublishedRecord] = []
    old: list[PublishedRecord] = []
    events: list[PublicationEvent] = []
    for difference in differences:
        event = difference.event
        counter.value += 1
        row = _written_row(difference, counter.value, now)
        (old if difference.row else new).append(row)
        if event is None or (
            event == EventKind.CHANGED
            and not (is_own_change and difference.kind in FINDABLE and difference.changes_the_text)
        ):
            continue
        events.append(
            PublicationEvent(
                kind=event,
                record_kind=difference.kind,
                record_uuid=row.uuid,
                short_id=row.short_id,
                name=difference.name,
                sequence=row.sequence,
                user_id=change.user.pk if change.user else None,
                reason=change.reason,
            )
        )
    PublishedRecord.objects.bulk_create(new, batch_size=200)
    PublishedRecord.objects.bulk_update(old, _WRITTEN, batch_size=200)
    PublicationEvent.objects.bulk_create(events, batch_size=200)
    counter.save(update_fields=["value"])
    published_records_changed.send(sender=PublishedRecord, records=[*new, *old])


@transaction.atomic
def bump_due_sequences(*, today: datetime.date) -> int:
    """Give a new sequence to rows whose payload reads differently because time passed.

    Args:
        today: the day, in the time zone of the site.

    Returns:
        The number of rows with a new sequence.
    """
    counter = lock_counter()
    rows = list(PublishedRecord.objects.due(today))
    for row in rows:
        counter.value += 1
        row.sequence = counter.value
        row.changed_at = timezone.now()
        row.next_change_on = _next_change(row)
    if rows:
        PublishedRecord.objects.bulk_update(
            rows, ["sequence", "changed_at", "next_change_on"], batch_size=200
        )
        counter.save(update_fields=["value"])
        published_records_changed.send(sender=PublishedRecord, records=rows)
    return len(rows)


_WRITTEN = [
    "short_id",
    "sequence",
    "format_version",
    "public_payload",
    "referrer_payload",
    "next_change_on",
    "changed_at",
    "withdrawn_at",
    "replaced_by",
]


def _differs(row: PublishedRecord | None, source: Any, view: PublicView) -> bool:
    if row is None:
        return view.is_public
    if not view.is_public:
        return row.withdrawn_at is None or (
            source is not None and row.replaced_by != _replaced_by(source)
        )
    return (
        row.withdrawn_at is not None
        or row.format_version != rules.FORMAT_VERSION
        or row.public_payload != view.payloads[Audience.PUBLIC]
        or row.referrer_payload != view.payloads[Audience.REFERRER]
    )


def _written_row(difference: Difference, sequence: int, now: datetime.datetime) -> PublishedRecord:
    view, source = difference.view, difference.source
    row = difference.row or PublishedRecord(
        uuid=difference.record_uuid, short_id=source.short_id, kind=difference.kind
    )
    row.sequence = sequence
    row.changed_at = now
    row.format_version = rules.FORMAT_VERSION
    row.public_payload = view.payloads.get(Audience.PUBLIC)
    row.referrer_payload = view.payloads.get(Audience.REFERRER)
    row.next_change_on = _next_change(row)
    if view.is_public:
        row.withdrawn_at = row.replaced_by = None
    else:
        row.withdrawn_at = row.withdrawn_at or now
        if source is not None:
            row.replaced_by = _replaced_by(source)
    return row


def _next_change(row: PublishedRecord) -> datetime.date | None:
    payload = row.referrer_payload or row.public_payload
    return rules.next_change(payload, timezone.localdate()) if payload else None


def _replaced_by(source: Any) -> uuid.UUID | None:
    successor = getattr(source, "replaced_by", None)
    return successor.uuid if successor is not None else None
