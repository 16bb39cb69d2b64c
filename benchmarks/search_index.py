"""Measures the embedded index: rebuild, memory, loading, and updates after a publication."""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from itertools import pairwise

from benchmarks.processes import cpu_time, memory

MARKS = (0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True)
class Building:
    """A rebuild: records per second (elapsed and CPU), and MB at each quarter."""

    records: int
    elapsed: float
    cpu: float
    megabytes: list[float]


def build() -> Building:
    """Build our index from scratch."""
    from django.db import connection

    from benchmarks.search_data import analyse
    from socialekaart_plugin.discovery.actions import rebuild_search_documents
    from socialekaart_plugin.discovery.engines.database.schema import TABLE
    from socialekaart_plugin.models import SearchDocument, SearchWord

    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}")  # noqa: S608
    for model in (SearchDocument, SearchWord):
        model.objects.all()._raw_delete(connection.alias)
    megabytes: list[float] = []
    totals = [0]

    def progress(done: int, total: int) -> None:
        totals[0] = total
        while len(megabytes) < len(MARKS) and done >= MARKS[len(megabytes)] * total:
            megabytes.append(memory())

    begin, cpu_begin = time.perf_counter(), cpu_time()
    rebuild_search_documents(progress=progress)
    elapsed, cpu = time.perf_counter() - begin, cpu_time() - cpu_begin
    assert not connection.in_atomic_block
    analyse()
    return Building(totals[0], elapsed, cpu, megabytes)


@dataclass(frozen=True)
class Loading:
    """The first search of a new process: seconds, and the extra memory in MB afterwards."""

    elapsed: float
    cpu: float
    megabytes: float


def load_anew() -> Loading:
    """Start a process on the same database, and run its first search."""
    from django.db import connection

    name = str(connection.settings_dict["NAME"])
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.search_index", name],
        check=True,
        capture_output=True,
        text=True,
        env=os.environ.copy(),
    )
    return Loading(**json.loads(done.stdout.splitlines()[-1]))


def _load() -> None:
    """Run the first search, and print what it took."""
    from benchmarks.database import set_up

    set_up()
    from django.db import connection

    connection.settings_dict["NAME"] = sys.argv[1]
    from socialekaart_plugin.discovery.search import SearchRequest, search

    connection.ensure_connection()
    before, begin, cpu_begin = memory(), time.perf_counter(), cpu_time()
    search(SearchRequest(text="naakneik", correct=False))
    elapsed, cpu = time.perf_counter() - begin, cpu_time() - cpu_begin
    print(json.dumps({"elapsed": elapsed, "cpu": cpu, "megabytes": memory() - before}))


@dataclass(frozen=True)
class Publication:
    """Publishing one record and finding it at once; medians of elapsed ms."""

    is_found: bool
    save: float
    search: float
    search_again: float


def publish_and_find(times: int = 5) -> Publication:
    """Save a record with a unique word, and search for that word."""
    from socialekaart_plugin.discovery.search import SearchRequest, search
    from socialekaart_plugin.models import Organisation

    organisation = Organisation.objects.live().order_by("pk").first()
    assert organisation is not None
    took: list[tuple[float, ...]] = []
    is_found = True
    # One extra save that does not count: the first one creates its public row.
    for number in range(times + 1):
        word = "zwoerp" + "aeiouy"[number] + "nk" * (number + 1)
        organisation.summary = f"Wij doen aan {word}."
        clock = [time.perf_counter()]
        organisation.save()
        clock.append(time.perf_counter())
        for _ in range(2):
            found = search(SearchRequest(text=word, correct=False)).payloads
            clock.append(time.perf_counter())
            is_found &= [payload["uuid"] for payload in found] == [str(organisation.uuid)]
        took.append(tuple(1000 * (after - before) for before, after in pairwise(clock)))
    middle = [sorted(column)[times // 2] for column in zip(*took[1:], strict=True)]
    return Publication(is_found, *middle)


if __name__ == "__main__":
    _load()
