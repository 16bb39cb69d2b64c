"""What search does after the commit: reading records anew, and letting the index follow."""

import logging

from django_tasks import task
from django_tasks.backends.dummy import DummyBackend
from django_tasks.backends.immediate import ImmediateBackend

from .index_sync import IndexUnavailableError, sync_search_index
from .models import IndexChange
from .reanalysis import continue_reanalysis, start_reanalysis

logger = logging.getLogger(__name__)

#: How long one task reads, in seconds; on a site without workers someone waits for it.
SECONDS = 10


@task()
def read_records_anew() -> None:
    """Go on with the newest run, and leave the rest to a next task.

    On a site without workers to `reanalyse_records`.
    """
    run = continue_reanalysis(seconds=SECONDS)
    is_waited_for = isinstance(read_records_anew.get_backend(), ImmediateBackend)
    if run is not None and run.finished_at is None and not is_waited_for:
        read_records_anew.enqueue()


def start_reading_anew() -> None:
    """Begin a run, once for however many compounds changed together."""
    if start_reanalysis() is not None:
        read_records_anew.enqueue()


@task()
def let_search_index_follow() -> None:
    """Send what is newer to Elasticsearch; harmless beside another one.

    While the server is away nothing is lost: the next change, or the timer, sends it.
    """
    try:
        sync_search_index(yields_to_builders=True)
    except IndexUnavailableError as error:
        logger.warning("The search index does not follow now: %s", error)


def sync_soon(number: int) -> None:
    """Let a worker bring the index after; without workers that is left to a timer.

    Whoever saves would wait for Elasticsearch otherwise. Of the changes of one transaction only the
    last enqueues a task.

    Args:
        number: of the `IndexChange` that was committed.
    """
    if isinstance(let_search_index_follow.get_backend(), ImmediateBackend | DummyBackend):
        return
    if not IndexChange.objects.filter(pk__gt=number).exists():
        let_search_index_follow.enqueue()
