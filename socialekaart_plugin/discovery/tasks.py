"""What search does after the commit: reading all records anew with other compounds."""

from django_tasks import task
from django_tasks.backends.immediate import ImmediateBackend

from .reanalysis import continue_reanalysis, start_reanalysis

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
