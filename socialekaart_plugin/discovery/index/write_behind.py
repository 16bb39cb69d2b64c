"""Writing one batch while the next one is read: the database works on the one meanwhile."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from django.db import connections, router
from django.db.backends.sqlite3.base import DatabaseWrapper

from socialekaart_plugin.discovery.models import SearchDocument

#: Given what writes a batch, and what is to be called here once it is written.
Submit = Callable[[Callable[[], object], Callable[[], object]], None]


@contextmanager
def writing_behind() -> Iterator[Submit]:
    """Let batches be written by a thread, one at a time and in order; all are, at the end.

    Within a transaction, or with a database in memory, each is written at once: another connection
    would not see the one, nor be let into the other.

    Yields:
        What takes a batch to write; it raises what writing the one before it raised.
    """
    if not _may_another_connection_write():
        yield _at_once
        return
    with ThreadPoolExecutor(1, "socialekaart-index") as pool:
        under_way: list[tuple[Future[object], Callable[[], object]]] = []

        def finish() -> None:
            while under_way:
                written, tell = under_way.pop()
                written.result()
                tell()

        def submit(write: Callable[[], object], tell: Callable[[], object]) -> None:
            finish()
            under_way.append((pool.submit(write), tell))

        try:
            yield submit
            finish()
        finally:
            pool.submit(connections.close_all).result()


def _at_once(write: Callable[[], object], tell: Callable[[], object]) -> None:
    write()
    tell()


def _may_another_connection_write() -> bool:
    connection = connections[router.db_for_write(SearchDocument)]
    is_in_memory = isinstance(connection, DatabaseWrapper) and connection.is_in_memory_db()
    return not (connection.in_atomic_block or is_in_memory)
