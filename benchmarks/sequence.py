"""How long concurrent writers wait for the counter of the gate, on PostgreSQL.

`DATABASE_URL="$(scripts/postgres url)" python -m benchmarks.sequence [--smoke] [--saves N]`.
1, 2, 4 and 8 threads each save their own published organisation N times, each time with another
summary. The baseline is the same without the signal handlers of the gate: no counter, no public
row, no search entry. Threads share one interpreter, so with more threads Python itself is slower
too. The baseline includes that, and the wait for the counter is measured separately.
"""

import argparse
import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from benchmarks.database import machine, print_table, scratch_database, set_up

THREADS = (1, 2, 4, 8)


@dataclass
class Run:
    """The figures of one run with a number of threads, in ms."""

    saves: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    elapsed: float = 0.0

    @property
    def ms_a_save(self) -> float:
        """The median duration of a save for its caller."""
        return statistics.median(self.saves)

    @property
    def saves_a_second(self) -> float:
        """The number of saves per second, of all threads together."""
        return 1000 * len(self.saves) / self.elapsed


def main() -> int:
    """Measure and print the two tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--smoke", action="store_true", help="only a few saves")
    parser.add_argument("--saves", type=int, default=200, help="saves per thread (200)")
    options = parser.parse_args()
    saves = 3 if options.smoke else options.saves
    set_up()
    from django.db import connection

    if connection.vendor != "postgresql":
        print("benchmarks.sequence needs PostgreSQL in DATABASE_URL", file=sys.stderr)
        return 2
    with scratch_database():
        from benchmarks.generate import generate

        generate(40 if options.smoke else 200)
        with connection.cursor() as cursor:
            # PostgreSQL analyses new rows by itself, but only after a while.
            cursor.execute("ANALYZE")
        organisations = _organisations()
        print(machine(), flush=True)
        _run(organisations[:1], 10)  # Warm up: connections, content types, query plans.
        queries = _queries(organisations[0])
        with gate_disconnected("record"):
            queries_without = _queries(organisations[0])
        print(f"A save takes {queries} queries, {queries_without} without the gate.", flush=True)
        # With and without, side by side for each number of threads: the machine's speed varies.
        with_gate, without = {}, {}
        for threads in THREADS:
            with_gate[threads] = _run(organisations[:threads], saves)
            with gate_disconnected("record"):
                without[threads] = _run(organisations[:threads], saves)
    _print(with_gate, without)
    return 0


@contextmanager
def gate_disconnected(*names: str) -> Iterator[None]:
    """Save rows of these kinds (record, word, place) without the gate, in the block."""
    from socialekaart_plugin.directory import signals as record_signals
    from socialekaart_plugin.places import signals as place_signals
    from socialekaart_plugin.publication import signal_handlers
    from socialekaart_plugin.vocabulary import signals as word_signals

    rooms = {"record": record_signals, "word": word_signals, "place": place_signals}
    disconnected = [
        getattr(rooms[name], f"{name}_{event}").disconnect(
            dispatch_uid=f"socialekaart_publication_{name}_{event}"
        )
        for name in names
        for event in ("save_started", "saved")
    ]
    assert all(disconnected), "the gate listens under other names now"
    try:
        yield
    finally:
        signal_handlers.connect()


@contextmanager
def timed_lock(waits: list[float]) -> Iterator[None]:
    """Record how long the first lock of each save takes, in ms."""
    from socialekaart_plugin.publication import signal_handlers

    lock = signal_handlers.lock_counter

    def timed() -> Any:
        begin = time.perf_counter()
        counter = lock()
        waits.append(1000 * (time.perf_counter() - begin))
        return counter

    signal_handlers.lock_counter = timed
    try:
        yield
    finally:
        signal_handlers.lock_counter = lock


def _organisations() -> list[Any]:
    from socialekaart_plugin.models import Organisation

    return list(Organisation.objects.live().order_by("pk")[: max(THREADS)])


def _queries(organisation: Any) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        organisation.summary = f"Versie van {time.time_ns()}."
        organisation.save()
        return len(captured)


def _run(organisations: list[Any], saves: int) -> Run:
    run, ready = Run(), threading.Barrier(len(organisations) + 1)
    failures: list[BaseException] = []
    threads = [
        threading.Thread(target=_save_often, args=(o, saves, ready, run.saves, failures.append))
        for o in organisations
    ]
    with timed_lock(run.waits):
        for thread in threads:
            thread.start()
        ready.wait()
        begin = time.perf_counter()
        for thread in threads:
            thread.join()
        run.elapsed = 1000 * (time.perf_counter() - begin)
    if failures:
        raise failures[0]
    return run


def _save_often(
    organisation: Any,
    saves: int,
    ready: threading.Barrier,
    took: list[float],
    fail: Callable[[BaseException], None],
) -> None:
    from django.db import connection

    connection.ensure_connection()
    ready.wait()
    try:
        for number in range(saves):
            organisation.summary = f"Versie {number} op {time.time_ns()}."
            begin = time.perf_counter()
            organisation.save()
            took.append(1000 * (time.perf_counter() - begin))
    except BaseException as error:
        fail(error)
    finally:
        connection.close()


def _print(with_gate: dict[int, Run], without: dict[int, Run]) -> None:
    rows = []
    for threads in THREADS:
        gate, base = with_gate[threads], without[threads]
        waits = sorted(gate.waits)
        rows.append(
            [
                str(threads),
                f"{base.ms_a_save:.1f}",
                f"{base.ms_a_save / without[1].ms_a_save:.1f}",
                f"{gate.ms_a_save:.1f}",
                f"{gate.ms_a_save / with_gate[1].ms_a_save:.1f}",
                f"{statistics.median(waits):.1f}",
                f"{waits[int(len(waits) * 0.95)]:.1f}",
                f"{base.saves_a_second:.0f}",
                f"{gate.saves_a_second:.0f}",
            ]
        )
    print()
    print_table(
        [
            "writers",
            "without the gate: ms a save",
            "against one",
            "with: ms a save",
            "against one",
            "wait for the counter, median ms",
            "95 %",
            "saves a second without",
            "with",
        ],
        rows,
    )


if __name__ == "__main__":
    sys.exit(main())
