"""Writing documents in bulk: while the server works on some, the next ones are read."""

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

#: Full queues and copies that come and go pass; whatever else is refused does not.
_PASSING = (429, 502, 503, 504)
_CONFLICT = 409
_TRIES, _FIRST_WAIT = 5, 0.5
#: Batches that are under way at the same time; what memory holds is this many and one more.
_UNDER_WAY = 2
#: A request is no longer than this, in bytes; servers take 100 MB by default.
_MOST_BYTES = 16_000_000
_ANSWERED = "errors,items.*._id,items.*.status,items.*.error.type,items.*.error.reason"

#: What one document takes in a request: what to do, and with what.
Lines = bytes


class RefusedError(Exception):
    """The server would not take a document; its reason."""


class BulkWriter:
    """Sends documents to one index.

    Attributes:
        overtaken: keys of documents of which the index has, or had, something newer; the last ones.
    """

    def __init__(self, client: Elasticsearch, name: str) -> None:
        """Write to this index.

        Args:
            client: whose time-out is meant for writing.
            name: of the index itself.
        """
        self._client = client
        self._name = name
        self.overtaken: deque[int] = deque(maxlen=BATCH_SIZE)
        self._is_given_up = False
        self._pool = ThreadPoolExecutor(_UNDER_WAY, "socialekaart-bulk")
        self._sent: deque[Future[None]] = deque()

    def send(self, rows: Iterable[Row], reader: Reader) -> None:
        """Read rows and send them; waits only while enough are under way.

        Args:
            rows: of the embedded index; of which nothing may be found any more, are taken away.
            reader: what their texts are read with.

        Raises:
            RefusedError: an earlier batch was refused.
            IndexGoneError: the index is not there.
            elasticsearch.ApiError, elasticsearch.TransportError: no answer, or a refusal.
        """
        batch: list[Lines] = []
        size = 0
        for row in rows:
            lines = _lines(row, reader)
            if batch and size + len(lines) > _MOST_BYTES:
                self._begin(batch)
                batch, size = [], 0
            batch.append(lines)
            size += len(lines)
        if batch:
            self._begin(batch)

    def finish(self) -> None:
        """Wait until all that was sent is written.

        Raises:
            RefusedError, IndexGoneError, elasticsearch.ApiError, elasticsearch.TransportError: as
                `send`.
        """
        while self._sent:
            self._sent.popleft().result()

    def close(self) -> None:
        """Give up what was not begun."""
        self._is_given_up = True
        self._pool.shutdown(cancel_futures=True)

    def _begin(self, batch: list[Lines]) -> None:
        while len(self._sent) >= _UNDER_WAY:
            self._sent.popleft().result()
        self._sent.append(self._pool.submit(self._write, batch))

    def _write(self, batch: Sequence[Lines]) -> None:
        """Write a batch; what the server has no room for just now is tried again."""
        for wait in (*(_FIRST_WAIT * 2**number for number in range(_TRIES - 1)), None):
            try:
                batch = self._written(batch, is_last=wait is None)
            except (ApiError, ConnectionError) as error:
                is_passing = not isinstance(error, ApiError) or error.status_code in _PASSING
                if wait is None or not is_passing or isinstance(error, ConnectionTimeout):
                    raise
            if not batch or wait is None or self._is_given_up:
                return
            time.sleep(wait)

    def _written(self, batch: Sequence[Lines], *, is_last: bool) -> list[Lines]:
        """Write a batch, and return what is to be tried again."""
        answer = self._client.bulk(
            index=write_alias(self._name),
            require_alias=True,
            filter_path=_ANSWERED,
            # The client sends bytes as they are; its types know dictionaries only.
            operations=cast("Any", b"".join(batch)),
        )
        again: list[Lines] = []
        if answer["errors"]:
            for lines, item in zip(batch, answer["items"], strict=True):
                [outcome] = item.values()
                if self._is_passing(outcome, is_last=is_last):
                    again.append(lines)
        return again

    def _is_passing(self, outcome: dict[str, Any], *, is_last: bool) -> bool:
        """Tell whether a document is to be tried again.

        Raises:
            RefusedError: it makes no sense.
            IndexGoneError: the index is not there.
        """
        # One that was to go was gone already.
        if "error" not in outcome:
            return False
        if outcome["status"] == _CONFLICT:
            self.overtaken.append(int(outcome["_id"]))
            return False
        kind, reason = outcome["error"]["type"], outcome["error"].get("reason", "")
        if kind == "index_not_found_exception":
            raise IndexGoneError(self._name)
        # A disk that is full also says "too many requests", and stays so for hours.
        if outcome["status"] in _PASSING and kind != "cluster_block_exception" and not is_last:
            return True
        raise RefusedError(f"{kind}: {reason}")


def _lines(row: Row, reader: Reader) -> Lines:
    # The same once more does no harm, and nothing older comes over something newer.
    about = f'"_id":"{row.id}","version":{reader.version(row)},"version_type":"external_gte"'
    document = document_of(row, reader)
    if document is None:
        return f'{{"delete":{{{about}}}}}\n'.encode()
    return b'{"index":{%b}}\n%b\n' % (about.encode(), orjson.dumps(document))


@contextmanager
def writing(client: Elasticsearch, name: str) -> Iterator[BulkWriter]:
    """Write to an index; at the end all is written, or the error that it met is raised."""
    writer = BulkWriter(client, name)
    try:
        yield writer
        writer.finish()
    finally:
        writer.close()
