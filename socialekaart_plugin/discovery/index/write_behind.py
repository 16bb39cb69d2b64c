"""Write-behind: a thread writes one batch while the next one is read."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from django.db import connections, router
from django.db.backends.sqlite3.base import DatabaseWrapper

from socialekaart_plugin.discovery.models import SearchDocument

#: Takes a function that writes a batch, and a callback for this thread after the write.
Submit = Callable[[Callable[[], object], Callable[[], object]], None]


@contextmanager
def write_behind() -> Iterator[Submit]:
    """Write batches in a thread, one at a time and in order; on exit all are written.

    Writes synchronously within a transaction, or with a database in memory, which a second
    connection could not use.

    Yields:
        A function that submits a batch; it raises the exception of the previous batch.
    """
    if not _supports_second_connection():
        yield _write_through
        return
    with ThreadPoolExecutor(1, "socialekaart-index") as pool:
        pending: list[tuple[Future[object], Callable[[], object]]] = []

        def finish() -> None:
            while pending:
                written, callback = pending.pop()
                written.result()
                callback()

        def submit(write: Callable[[], object], callback: Callable[[], object]) -> None:
            finish()
            pending.append((pool.submit(write), callback))

        try:
            yield submit
            finish()
        finally:
            pool.submit(connections.close_all).result()


def _write_through(write: Callable[[], object], callback: Callable[[], object]) -> None:
    write()
    callback()


def _supports_second_connection() -> bool:
    connection = connections[router.db_for_write(SearchDocument)]
    is_in_memory = isinstance(connection, DatabaseWrapper) and connection.is_in_memory_db()
    return not (connection.in_atomic_block or is_in_memory)
