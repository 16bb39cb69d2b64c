"""Measures an Elasticsearch index: rebuild, size on disk, raw bulk, and lag after a save."""

import json
import os
import random
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.helpers import bulk, scan

from benchmarks.processes import memory, server_cpu_time
from benchmarks.search_index import MARKS
from socialekaart_plugin.discovery.engines.elasticsearch.connection import (
    Configuration,
    client_of,
)
from socialekaart_plugin.discovery.engines.elasticsearch.mapping import STATE_ID, index_body
from socialekaart_plugin.discovery.engines.elasticsearch.replication import Index
from socialekaart_plugin.discovery.selectors import current_analyzer

#: Documents per request, as in our own bulk writer.
_BATCH_SIZE = 500
#: Documents that are prepared before they are sent.
_READY = 5_000
_LONGEST_LAG = 30.0
_BETWEEN_LOOKS = 0.02


@dataclass(frozen=True)
class Rebuilt:
    """A rebuild: documents, elapsed and CPU seconds (ours, the server's), MB, and size."""

    documents: int
    elapsed: float
    cpu: float
    server_cpu: float
    megabytes: list[float]
    size: int

    @property
    def rate(self) -> float:
        """Documents per second of elapsed time."""
        return self.documents / self.elapsed


def rebuild(configured: Configuration) -> Rebuilt:
    """Build the index from all of the embedded one; note the memory in MB at each quarter."""
    index = Index(configured, current_analyzer)
    megabytes: list[float] = []

    def progress(done: int, total: int) -> None:
        while len(megabytes) < len(MARKS) and done >= MARKS[len(megabytes)] * total:
            megabytes.append(memory())

    begin, own, servers = time.perf_counter(), time.process_time(), server_cpu_time()
    synced = index.rebuild(progress=progress)
    elapsed = time.perf_counter() - begin
    own, servers = time.process_time() - own, server_cpu_time() - servers
    return Rebuilt(
        synced.documents, elapsed, own, servers, megabytes, size_on_disk(index.client, configured)
    )


def size_on_disk(client: Elasticsearch, configured: Configuration) -> int:
    """Return the size of the index parts in bytes, without replicas."""
    stats = client.indices.stats(index=configured.alias, metric="store")
    return int(stats["_all"]["primaries"]["store"]["size_in_bytes"])


@dataclass(frozen=True)
class Bulk:
    """Sending prepared documents: their number, elapsed seconds and CPU seconds."""

    documents: int
    elapsed: float
    cpu: float
    server_cpu: float

    @property
    def rate(self) -> float:
        """Documents per second of elapsed time."""
        return self.documents / self.elapsed


def raw_bulk(configured: Configuration) -> Bulk:
    """Send the documents of the index to a similar new one, with the plain client."""
    client = client_of(configured).options(request_timeout=configured.sync_timeout)
    name = f"{configured.index_prefix}-raw"
    body = index_body(shards=configured.shards, replicas="false")
    body["settings"] |= {"refresh_interval": "-1", "number_of_replicas": 0}
    client.indices.create(index=name, **body)
    documents, elapsed, own, servers = 0, 0.0, 0.0, 0.0
    try:
        for actions in _ready(client, configured, name):
            began = time.perf_counter(), time.process_time(), server_cpu_time()
            bulk(client, actions, chunk_size=_BATCH_SIZE)
            if len(actions) < _READY:
                client.indices.refresh(index=name)
            elapsed += time.perf_counter() - began[0]
            own += time.process_time() - began[1]
            servers += server_cpu_time() - began[2]
            documents += len(actions)
    finally:
        client.indices.delete(index=name)
    return Bulk(documents, elapsed, own, servers)


def _ready(
    client: Elasticsearch, configured: Configuration, name: str
) -> Iterator[list[dict[str, Any]]]:
    """Yield the documents of the index in batches of thousands, addressed to another index."""
    hits = scan(client, index=configured.alias, size=_BATCH_SIZE)
    actions = (
        {
            "_index": name,
            "_id": hit["_id"],
            "version": 1,
            "version_type": "external_gte",
            "_source": hit["_source"],
        }
        for hit in hits
        if hit["_id"] != STATE_ID
    )
    while some := list(islice(actions, _READY)):
        yield some


@dataclass(frozen=True)
class Lag:
    """Time from the end of a save until the record is found, in seconds."""

    saves: int
    median: float
    slowest: float


def measure_lag(configured: Configuration, saves: int) -> Lag:
    """Save a record repeatedly while another process syncs the index; search until it is found.

    Raises:
        TimeoutError: a record was not found within 30 seconds.
    """
    from socialekaart_plugin.models import Organisation

    organisation = Organisation.objects.live().order_by("pk").first()
    assert organisation is not None
    client = client_of(configured)
    chance = random.Random(4)
    took = []
    with _syncing(configured):
        # The first save waits until the process has started.
        for number in range(saves + 1):
            time.sleep(chance.random())
            word = f"zwoerp{uuid.uuid4().hex}"
            organisation.summary = f"Wij doen aan {word}."
            organisation.save()
            lag = _until_found(client, configured.alias, word)
            took += [lag] if number else []
    # The process may have ended before it recorded the last change in the index.
    Index(configured, current_analyzer).sync(progress=lambda _done, _total: None)
    took.sort()
    return Lag(saves, statistics.median(took), took[int(len(took) * 0.95)])


def _until_found(client: Elasticsearch, index: str, word: str) -> float:
    begin = time.perf_counter()
    while not client.count(index=index, query={"term": {"literal": word}})["count"]:
        if time.perf_counter() - begin > _LONGEST_LAG:
            raise TimeoutError(word)
        time.sleep(_BETWEEN_LOOKS)
    return time.perf_counter() - begin


@contextmanager
def _syncing(configured: Configuration) -> Iterator[None]:
    """Sync the index in another process, as a site does."""
    from django.db import connection

    name = str(connection.settings_dict["NAME"])
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.search_elasticsearch_watching", name],
        stdin=subprocess.PIPE,
        text=True,
        env=os.environ.copy(),
    )
    assert process.stdin is not None
    with process.stdin:
        process.stdin.write(json.dumps(asdict(configured)))
    try:
        yield
    finally:
        process.terminate()
        process.wait()
