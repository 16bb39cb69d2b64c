"""What the gate does now, or later when it is much: a change with all that shows it."""

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
    """Feed some records of a kind; arguments are plain values, because tasks are stored."""
    feed_records(kind=RecordKind(kind), uuids=[uuid.UUID(value) for value in uuids])


def feed_with_dependents(source: Any) -> None:
    """Feed a saved row; when it reads differently outside now, all that shows it as well.

    The counter is locked already, since the save started. More than `SOCIALEKAART_FANOUT_LIMIT`
    dependents go to tasks in batches after the commit.
    """
    if feed_own(source):
        feed_dependents(dependents_of(source))


def feed_own(source: Any) -> bool:
    """Feed a row that was saved or deleted; tell whether those that show it must follow.

    Those that show what is no public record of its own (a keyword) always must.
    """
    try:
        kind = kind_of(source)
    except LookupError:
        return True
    differences = feed_records(kind=kind, uuids=[source.uuid], is_own_change=True)
    return any(difference.changes_what_others_show for difference in differences)


def feed_dependents(dependents: Dependents) -> None:
    """Feed what shows a changed row: in this transaction, or by tasks after it when it is much."""
    if sum(len(uuids) for uuids in dependents.values()) <= conf.FANOUT_LIMIT:
        for kind, uuids in dependents.items():
            for start in range(0, len(uuids), BATCH_SIZE):
                feed_records(kind=kind, uuids=uuids[start : start + BATCH_SIZE])
        return
    for kind, uuids in dependents.items():
        for start in range(0, len(uuids), BATCH_SIZE):
            batch = [str(value) for value in uuids[start : start + BATCH_SIZE]]
            transaction.on_commit(partial(feed_batch.enqueue, kind.value, batch))
