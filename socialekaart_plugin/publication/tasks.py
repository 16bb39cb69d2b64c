"""Feeds a change and its dependents: in the same transaction, or as tasks if there are many."""

import uuid
from functools import partial
from typing import Any

from django.db import transaction
from django_tasks import task

from socialekaart_plugin.foundation.conf import conf

from .actions import feed_records
from .choices import RecordKind
from .public_record import kind_of
from .selectors import Dependents, dependents_of

BATCH_SIZE = 200


@task()
def feed_batch(kind: str, uuids: list[str]) -> None:
    """Feed a batch of one kind; arguments are plain values, because tasks are stored."""
    feed_records(kind=RecordKind(kind), uuids=[uuid.UUID(value) for value in uuids])


def feed_with_dependents(source: Any) -> None:
    """Feed a saved row; if its public part changed, feed its dependents too.

    The counter is already locked since the save started. More than `SOCIALEKAART_FANOUT_LIMIT`
    dependents are fed by tasks, in batches after the commit.
    """
    if feed_own(source):
        feed_dependents(dependents_of(source))


def feed_own(source: Any) -> bool:
    """Feed a saved or deleted row; tell whether its dependents must follow.

    Dependents of something without a public record of its own (a keyword) always follow.
    """
    try:
        kind = kind_of(source)
    except LookupError:
        return True
    differences = feed_records(kind=kind, uuids=[source.uuid], is_own_change=True)
    return any(difference.changes_what_others_show for difference in differences)


def feed_dependents(dependents: Dependents) -> None:
    """Feed the dependents of a changed row: in this transaction, or later as tasks if many."""
    if sum(len(uuids) for uuids in dependents.values()) <= conf.FANOUT_LIMIT:
        for kind, uuids in dependents.items():
            for start in range(0, len(uuids), BATCH_SIZE):
                feed_records(kind=kind, uuids=uuids[start : start + BATCH_SIZE])
        return
    for kind, uuids in dependents.items():
        for start in range(0, len(uuids), BATCH_SIZE):
            batch = [str(value) for value in uuids[start : start + BATCH_SIZE]]
            transaction.on_commit(partial(feed_batch.enqueue, kind.value, batch))
