"""Update and rebuild the keys that find possible duplicates, and telephone digits."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from socialekaart_plugin.directory.models import Activity, DuplicateKey, Organisation, Record
from socialekaart_plugin.directory.selectors import keys_of_versions
from socialekaart_plugin.places.models import Place

#: Models with possible duplicates.
SOURCES: tuple[type, ...] = (Organisation, Activity, Place)
BATCH_SIZE = 200

#: Columns in `update_fields` that show that the row, or a draft, was written.
_ROW_WRITTEN, _DRAFT_WRITTEN = "name", "latest_revision"

#: Attribute that caches the stored keys on an instance.
_KEPT = "_kept_duplicate_keys"

#: Called after every batch with the model, the number done and the total.
Progress = Callable[[type, int, int], None]


def keep_keys(thing: Any, update_fields: Iterable[str] | None) -> None:
    """Update the keys of a saved record or place, in the transaction of the save.

    Usually one query, and none when the same instance is saved again. Three more queries for the
    draft of a live record.

    Args:
        thing: the saved organisation, activity or place.
        update_fields: the saved columns; None for all.
    """
    fields = None if update_fields is None else set(update_fields)
    if fields is not None and not fields & {_ROW_WRITTEN, _DRAFT_WRITTEN}:
        return
    is_draft = fields is not None and _ROW_WRITTEN not in fields
    keys = keys_of_versions(_versions(thing, is_draft))
    if getattr(thing, _KEPT, None) != keys:
        _write(type(thing), {thing.pk: keys})
        setattr(thing, _KEPT, keys)


def forget_keys(thing: Any) -> None:
    """Delete the keys of a deleted record or place."""
    DuplicateKey.objects.filter(
        content_type=_content_type(type(thing)), object_id=thing.pk
    ).delete()


def rebuild_duplicate_keys(*, progress: Progress) -> int:
    """Rebuild all keys in batches; writes only differences.

    Args:
        progress: called after every batch.

    Returns:
        The number of keys.
    """
    for model in SOURCES:
        after, done, total = 0, 0, model._default_manager.count()  # type: ignore[attr-defined]
        while batch := _rebuild_batch(model, after):
            after, done = batch[-1].pk, done + len(batch)
            progress(model, done, total)
        _forget_orphans(model)
    return DuplicateKey.objects.count()


@transaction.atomic
def _rebuild_batch(model: Any, after: int) -> list[Any]:
    """Rebuild the keys of the next rows, read after taking the lock; returns these rows."""
    model.wait_for_turn()
    batch = _batch(model, after)
    if batch:
        _write(model, {row.pk: keys_of_versions(_stored_versions(row)) for row in batch})
        _renew_digits(batch)
    return batch


def _versions(thing: Any, is_draft: bool) -> list[Any]:
    """Return all versions of a record or place that editors may recognise.

    The live version and the draft for a live record with pending changes; otherwise the latest.
    """
    if not isinstance(thing, Record) or not thing.has_unpublished_changes:
        return [thing]
    if is_draft:
        return [thing, type(thing).objects.get(pk=thing.pk)] if thing.live else [thing]
    if thing.latest_revision_id is None:
        return [thing]
    return [thing, thing.latest_revision.as_object()]


def _stored_versions(row: Any) -> list[Any]:
    if not isinstance(row, Record) or not row.has_unpublished_changes or not row.latest_revision:
        return [row]
    draft = row.latest_revision.as_object()
    return [row, draft] if row.live else [draft]


def _batch(model: type, after: int) -> list[Any]:
    rows = model._default_manager.filter(pk__gt=after).order_by("pk")  # type: ignore[attr-defined]
    if issubclass(model, Record):
        sessions = ["sessions"] if model is Activity else []
        rows = rows.select_related("latest_revision").prefetch_related("contact_facts", *sessions)
    return list(rows[:BATCH_SIZE])


def _renew_digits(batch: Iterable[Any]) -> None:
    """Update the digits of telephone numbers: the default country may have changed."""
    for record in batch:
        for fact in record.contact_facts.all() if isinstance(record, Record) else ():
            before = fact.digits
            if fact.read_digits() != before:
                fact.save_base(update_fields=["digits"])


def _write(model: type, wanted: dict[int, set[tuple[str, str]]]) -> None:
    """Write the differences for these primary keys (one query if nothing differs)."""
    content_type = _content_type(model)
    stored: dict[tuple[int, str, str], int] = {}
    superfluous: list[int] = []
    rows = DuplicateKey.objects.filter(content_type=content_type, object_id__in=wanted)
    for pk, object_id, kind, key in rows.values_list("pk", "object_id", "kind", "key"):
        if (kind, key) in wanted[object_id] and (object_id, kind, key) not in stored:
            stored[object_id, kind, key] = pk
        else:
            superfluous.append(pk)
    if superfluous:
        DuplicateKey.objects.filter(pk__in=superfluous).delete()
    missing = [
        DuplicateKey(content_type=content_type, object_id=object_id, kind=kind, key=key)
        for object_id, keys in wanted.items()
        for kind, key in sorted(keys)
        if (object_id, kind, key) not in stored
    ]
    if missing:
        DuplicateKey.objects.bulk_create(missing, batch_size=1000)


def _forget_orphans(model: type) -> None:
    """Delete keys whose record or place no longer exists."""
    existing = model._default_manager.values("pk")  # type: ignore[attr-defined]
    DuplicateKey.objects.filter(content_type=_content_type(model)).exclude(
        object_id__in=existing
    ).delete()


def _content_type(model: type) -> ContentType:
    return ContentType.objects.get_for_model(model, for_concrete_model=False)
