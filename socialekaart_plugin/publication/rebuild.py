"""Rebuild or check all rows of the gate, in batches with constant memory."""

import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from .actions import Difference, compare_records, lock_counter, write_differences
from .choices import RecordKind
from .models import PublishedRecord, RebuildProgress
from .public_record import SOURCES, sources_of

BATCH_SIZE = 200


@dataclass(frozen=True)
class Step:
    """Progress after a batch: the kind, how many of how many are done, and the differences."""

    kind: RecordKind
    done: int
    total: int
    differing: int


Progress = Callable[[Step], None]


def rebuild_public_records(*, restart: bool = False, progress: Progress) -> Counter[str]:
    """Update every row of the gate; unchanged rows keep their sequence.

    Each batch is its own transaction. An interrupted run resumes where it stopped.

    Args:
        restart: start from the beginning, even if the last run was interrupted.
        progress: called after every batch.

    Returns:
        The number of rows written, by kind.
    """
    if restart:
        RebuildProgress.objects.all().delete()
    mark, _created = RebuildProgress.objects.get_or_create(
        pk=1, defaults={"kind": next(iter(SOURCES)), "last_pk": 0}
    )
    written: Counter[str] = Counter()
    kinds = list(SOURCES)
    for kind in kinds[kinds.index(RecordKind(mark.kind)) :]:
        if mark.kind != kind:
            mark.kind, mark.last_pk = kind, 0
        for step, last_pk in _rebuilt_batches(kind, mark.last_pk):
            mark.last_pk = last_pk
            mark.save()
            written[kind] += step.differing
            progress(step)
    written["withdrawn"] = _withdraw_orphans(progress)
    mark.delete()
    return written


def differing_records(*, progress: Progress) -> Iterator[Difference]:
    """Compare every row of the gate with its record; write nothing.

    Yields:
        The differences: rows that are missing or outdated, or whose record was deleted.
    """
    for kind in SOURCES:
        done, total = 0, _total(kind)
        for batch in _batches(kind, after=0):
            found = compare_records(kind=kind, uuids=[s.uuid for s in batch], sources=batch)
            yield from found
            done += len(batch)
            progress(Step(kind, done, total, len(found)))
    for kind in SOURCES:
        for uuids in _orphans(kind):
            yield from compare_records(kind=kind, uuids=uuids)


def _rebuilt_batches(kind: RecordKind, after: int) -> Iterator[tuple[Step, int]]:
    total = _total(kind)
    done = SOURCES[kind]._default_manager.filter(pk__lte=after).count()
    while True:
        with transaction.atomic():
            counter = lock_counter()
            batch = list(sources_of(kind).filter(pk__gt=after).order_by("pk")[:BATCH_SIZE])
            if not batch:
                return
            differences = compare_records(
                kind=kind, uuids=[source.uuid for source in batch], sources=batch
            )
            write_differences(counter, differences, is_own_change=False)
        after, done = batch[-1].pk, done + len(batch)
        yield Step(kind, done, total, len(differences)), after


def _withdraw_orphans(progress: Progress) -> int:
    withdrawn = 0
    for kind in SOURCES:
        for uuids in _orphans(kind):
            with transaction.atomic():
                counter = lock_counter()
                differences = compare_records(kind=kind, uuids=uuids)
                write_differences(counter, differences, is_own_change=False)
            withdrawn += len(differences)
            progress(Step(kind, withdrawn, withdrawn, len(differences)))
    return withdrawn


def _batches(kind: RecordKind, after: int) -> Iterator[list[Any]]:
    while batch := list(sources_of(kind).filter(pk__gt=after).order_by("pk")[:BATCH_SIZE]):
        yield batch
        after = batch[-1].pk


def _orphans(kind: RecordKind) -> Iterator[list[uuid.UUID]]:
    """Yield, in batches, public rows whose record was deleted."""
    existing = SOURCES[kind]._default_manager.values("uuid")
    orphans = PublishedRecord.objects.public().filter(kind=kind).exclude(uuid__in=existing)
    uuids = list(orphans.values_list("uuid", flat=True))
    for start in range(0, len(uuids), BATCH_SIZE):
        yield uuids[start : start + BATCH_SIZE]


def _total(kind: RecordKind) -> int:
    return SOURCES[kind]._default_manager.count()
