"""Writing documents in bulk: while the server works on some, the next ones are read."""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.helpers import streaming_bulk

from socialekaart_plugin.discovery.models import SearchDocument

from .documents import Reader, document_of

#: Full queues and copies that come and go pass; whatever else is refused does not.
_PASSING = (429, 502, 503, 504)
_TRIES, _FIRST_WAIT, _LONGEST_WAIT = 6, 0.5, 20.0
#: Batches that are under way at the same time; what memory holds is this many and one more.
_UNDER_WAY = 2
#: A newer one is there already, or what was to go was gone.
_FINE = (404, 409)


class RefusedError(Exception):
    """The server would not take a document; its reason."""


class Writer:
    """Sends documents to one index."""

    def __init__(self, client: Elasticsearch, index: str) -> None:
        """Write to this index.

        Args:
            client: whose time-out is meant for writing.
            index: its name, or that of an alias with one index.
        """
        self._client = client
        self._index = index
        self._pool = ThreadPoolExecutor(1, "socialekaart-bulk")
        self._sent: deque[Future[None]] = deque()

    def send(self, rows: Iterable[SearchDocument], reader: Reader) -> None:
        """Read rows and send them; waits only while enough are under way.

        Args:
            rows: of the embedded index, with their records.
            reader: what their payloads are read with.

        Raises:
            RefusedError: an earlier batch was refused.
            elasticsearch.TransportError: or found no server, after several tries.
        """
        actions = [self._action(row, reader) for row in rows]
        while len(self._sent) >= _UNDER_WAY:
            self._sent.popleft().result()
        self._sent.append(self._pool.submit(self._write, actions))

    def finish(self) -> None:
        """Wait until all that was sent is written.

        Raises:
            RefusedError, elasticsearch.TransportError: as `send`.
        """
        while self._sent:
            self._sent.popleft().result()

    def close(self) -> None:
        """Give up what was not begun."""
        self._pool.shutdown(cancel_futures=True)

    def _action(self, row: SearchDocument, reader: Reader) -> dict[str, Any]:
        action = {
            "_index": self._index,
            "_id": str(row.pk),
            "version": row.version,
            # The same once more does no harm, and nothing older comes over something newer.
            "version_type": "external_gte",
        }
        document = document_of(row, reader)
        if document is None:
            return action | {"_op_type": "delete"}
        return action | {"_op_type": "index", "_source": document}

    def _write(self, actions: list[dict[str, Any]]) -> None:
        answers = streaming_bulk(
            self._client,
            actions,
            chunk_size=max(1, len(actions)),
            raise_on_error=False,
            max_retries=_TRIES,
            initial_backoff=_FIRST_WAIT,
            max_backoff=_LONGEST_WAIT,
            retry_on_status=_PASSING,
        )
        for is_written, answer in answers:
            [outcome] = answer.values()
            if not is_written and outcome["status"] not in _FINE:
                raise RefusedError(str(outcome.get("error", outcome["status"])))


@contextmanager
def writing(client: Elasticsearch, index: str) -> Iterator[Writer]:
    """Write to an index; at the end all is written, or the error that it met is raised."""
    writer = Writer(client, index)
    try:
        yield writer
        writer.finish()
    finally:
        writer.close()
