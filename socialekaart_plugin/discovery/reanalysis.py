"""Reindexes all records after a change of compounds, in batches; can be interrupted."""

import time

from django.db import transaction
from django.utils import timezone

from socialekaart_plugin.publication.actions import lock_counter
from socialekaart_plugin.publication.models import PublishedRecord
from socialekaart_plugin.publication.querysets import PublishedRecordQuerySet

from .index import INDEXED, index_records
from .models import Reanalysis
from .selectors import current_analyzer, latest_reanalysis

BATCH_SIZE = 200


@transaction.atomic
def start_reanalysis() -> Reanalysis | None:
    """Start a run with the current analyzer; it replaces an unfinished older run.

    Returns:
        The run, or None when the newest run has this analyzer already, finished or not.
    """
    lock_counter()
    mark = current_analyzer().mark
    latest = latest_reanalysis()
    if latest is not None and latest.mark == mark:
        return None
    return Reanalysis.objects.create(mark=mark, total=_indexed().count())


def continue_reanalysis(*, seconds: float | None = None) -> Reanalysis | None:
    """Continue the newest run, one transaction per batch.

    Safe in several processes at once: each batch is processed by one.

    Args:
        seconds: start no new batch after this time; None continues to the end.

    Returns:
        The newest run, or None when there is none.
    """
    stop_at = None if seconds is None else time.monotonic() + seconds
    while (run := latest_reanalysis()) is not None and run.finished_at is None:
        if stop_at is not None and time.monotonic() >= stop_at:
            break
        reanalyse_batch(run.pk)
    return run


@transaction.atomic
def reanalyse_batch(pk: int) -> None:
    """Reindex the next `BATCH_SIZE` records of a run; without any left, the run is finished.

    Takes the lock of the gate, so that nothing changes meanwhile.

    Args:
        pk: key of the run; a finished one is left alone.
    """
    lock_counter()
    run = Reanalysis.objects.get(pk=pk)
    if run.finished_at is not None:
        return
    batch = list(_indexed().filter(pk__gt=run.last_pk).order_by("pk")[:BATCH_SIZE])
    if batch:
        index_records(batch, analyzer=current_analyzer())
        run.last_pk, run.done = batch[-1].pk, run.done + len(batch)
    else:
        run.finished_at, run.total = timezone.now(), run.done
    run.save()


def _indexed() -> PublishedRecordQuerySet:
    return PublishedRecord.objects.public().filter(kind__in=INDEXED)
