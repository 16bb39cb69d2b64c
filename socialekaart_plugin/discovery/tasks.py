"""Background tasks: reindex all records, and sync Elasticsearch."""

import logging

from django_tasks import task
from django_tasks.backends.dummy import DummyBackend
from django_tasks.backends.immediate import ImmediateBackend

from .index_sync import IndexUnavailableError, sync_search_index
from .models import IndexChange
from .reanalysis import continue_reanalysis, start_reanalysis

logger = logging.getLogger(__name__)

#: Time limit of a task, in seconds; on a site without workers someone waits for it.
SECONDS = 10


@task()
def reindex_records() -> None:
    """Continue the newest run, and enqueue a task for the rest.

    Without workers the rest is left to the command `reanalyse_records`.
    """
    run = continue_reanalysis(seconds=SECONDS)
    is_waited_for = isinstance(reindex_records.get_backend(), ImmediateBackend)
    if run is not None and run.finished_at is None and not is_waited_for:
        reindex_records.enqueue()


def start_reindexing() -> None:
    """Start a run; several changes of compounds in one transaction start one."""
    if start_reanalysis() is not None:
        reindex_records.enqueue()


@task()
def let_search_index_follow() -> None:
    """Sync Elasticsearch; safe in parallel.

    While the server is down nothing is lost: the next change, or the timer, retries.
    """
    try:
        sync_search_index(yields_to_builders=True)
    except IndexUnavailableError as error:
        logger.warning("The search index does not follow now: %s", error)


def sync_soon(number: int) -> None:
    """Enqueue a sync, if there are workers; else it is left to a timer.

    Without workers the request that saves would wait for Elasticsearch. Only the last change of a
    transaction enqueues a task.

    Args:
        number: of the `IndexChange` that was committed.
    """
    if isinstance(let_search_index_follow.get_backend(), ImmediateBackend | DummyBackend):
        return
    if not IndexChange.objects.filter(pk__gt=number).exists():
        let_search_index_follow.enqueue()
