"""Writes documents by the bulk API: reads the next batch while the server writes the last."""

import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, cast

import orjson
from elasticsearch import ApiError, ConnectionError, ConnectionTimeout, Elasticsearch

from .documents import Reader, document_of
from .indices import IndexGoneError, write_alias
from .source_rows import BATCH_SIZE, Row

#: Temporary errors: full queues, unavailable shards.
_RETRYABLE = (429, 502, 503, 504)
_CONFLICT = 409
_ATTEMPTS, _FIRST_DELAY = 5, 0.5
#: Concurrent requests; memory holds this many batches and one more.
_MAX_IN_FLIGHT = 2
#: In bytes; servers accept 100 MB by default.
_MAX_REQUEST_BYTES = 16_000_000
_RESPONSE_FIELDS = "errors,items.*._id,items.*.status,items.*.error.type,items.*.error.reason"

#: One document in a bulk request: action line and source line.
Operation = bytes


class RefusedError(Exception):
    """The server rejected a document; holds its reason."""


class BulkWriter:
    """Sends documents to one index.

    Attributes:
        conflicts: the last keys of which the index has, or had, a newer version.
    """

    def __init__(self, client: Elasticsearch, name: str) -> None:
        """Write to this index.

        Args:
            client: with a timeout for writing.
            name: of the index itself.
        """
        self._client = client
        self._name = name
        self.conflicts: deque[int] = deque(maxlen=BATCH_SIZE)
        self._is_closed = False
        self._pool = ThreadPoolExecutor(_MAX_IN_FLIGHT, "socialekaart-bulk")
        self._in_flight: deque[Future[None]] = deque()

    def send(self, rows: Iterable[Row], reader: Reader) -> None:
        """Send rows; blocks only while too many requests are in flight.

        Args:
            rows: of the embedded index; those for nobody delete their document.
            reader: turns rows into documents.

        Raises:
            RefusedError: an earlier batch was rejected.
            IndexGoneError: the index does not exist.
            elasticsearch.ApiError, elasticsearch.TransportError: no answer, or a refusal.
        """
        batch: list[Operation] = []
        size = 0
        for row in rows:
            operation = _operation(row, reader)
            if batch and size + len(operation) > _MAX_REQUEST_BYTES:
                self._submit(batch)
                batch, size = [], 0
            batch.append(operation)
            size += len(operation)
        if batch:
            self._submit(batch)

    def finish(self) -> None:
        """Wait until all batches are written.

        Raises:
            RefusedError, IndexGoneError, elasticsearch.ApiError, elasticsearch.TransportError: as
                `send`.
        """
        while self._in_flight:
            self._in_flight.popleft().result()

    def close(self) -> None:
        """Cancel batches that have not started."""
        self._is_closed = True
        self._pool.shutdown(cancel_futures=True)

    def _submit(self, batch: list[Operation]) -> None:
        while len(self._in_flight) >= _MAX_IN_FLIGHT:
            self._in_flight.popleft().result()
        self._in_flight.append(self._pool.submit(self._write, batch))

    def _write(self, batch: Sequence[Operation]) -> None:
        """Write a batch; retry temporary errors with exponential backoff."""
        for wait in (*(_FIRST_DELAY * 2**number for number in range(_ATTEMPTS - 1)), None):
            try:
                batch = self._send_batch(batch, is_last=wait is None)
            except (ApiError, ConnectionError) as error:
                is_retryable = not isinstance(error, ApiError) or error.status_code in _RETRYABLE
                if wait is None or not is_retryable or isinstance(error, ConnectionTimeout):
                    raise
            if not batch or wait is None or self._is_closed:
                return
            time.sleep(wait)

    def _send_batch(self, batch: Sequence[Operation], *, is_last: bool) -> list[Operation]:
        """Write a batch; return the operations to retry."""
        answer = self._client.bulk(
            index=write_alias(self._name),
            require_alias=True,
            filter_path=_RESPONSE_FIELDS,
            # The client sends bytes unchanged; its type hints allow dictionaries only.
            operations=cast("Any", b"".join(batch)),
        )
        again: list[Operation] = []
        if answer["errors"]:
            for operation, item in zip(batch, answer["items"], strict=True):
                [outcome] = item.values()
                if self._is_retryable(outcome, is_last=is_last):
                    again.append(operation)
        return again

    def _is_retryable(self, outcome: dict[str, Any], *, is_last: bool) -> bool:
        """Tell whether to retry a document.

        Raises:
            RefusedError: a retry would not help.
            IndexGoneError: the index does not exist.
        """
        # A delete of a missing document has no error.
        if "error" not in outcome:
            return False
        if outcome["status"] == _CONFLICT:
            self.conflicts.append(int(outcome["_id"]))
            return False
        kind, reason = outcome["error"]["type"], outcome["error"].get("reason", "")
        if kind == "index_not_found_exception":
            raise IndexGoneError(self._name)
        # A full disk also answers 429, and stays full.
        if outcome["status"] in _RETRYABLE and kind != "cluster_block_exception" and not is_last:
            return True
        raise RefusedError(f"{kind}: {reason}")


def _operation(row: Row, reader: Reader) -> Operation:
    # Idempotent: older writes are rejected.
    about = f'"_id":"{row.id}","version":{reader.version(row)},"version_type":"external_gte"'
    document = document_of(row, reader)
    if document is None:
        return f'{{"delete":{{{about}}}}}\n'.encode()
    return b'{"index":{%b}}\n%b\n' % (about.encode(), orjson.dumps(document))


@contextmanager
def writing(client: Elasticsearch, name: str) -> Iterator[BulkWriter]:
    """Open a bulk writer; on exit all is written, or its error is raised."""
    writer = BulkWriter(client, name)
    try:
        yield writer
        writer.finish()
    finally:
        writer.close()
