"""Memory and CPU time of this process and of the servers that it uses."""

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def memory() -> float:
    """Return the current memory of this process, in MB."""
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise OSError("/proc/self/status tells nothing of memory")


def cpu_time() -> float:
    """Return the CPU time, in seconds, of this process and its servers."""
    return time.process_time() + server_cpu_time()


@contextmanager
def counting(processes: Iterable[int]) -> Iterator[None]:
    """Count these processes, with all their threads, as servers of this one."""
    added = set(processes) - _counted
    _counted.update(added)
    try:
        yield
    finally:
        _counted.difference_update(added)


def server_cpu_time() -> float:
    """Return the CPU time, in seconds, of the servers of this process."""
    return _database_cpu_time() + sum(map(_all_threads, _counted))


_counted: set[int] = set()


def _all_threads(process: int) -> float:
    """Return the CPU time of the current threads of a process; a server keeps many of them."""
    total = 0
    for thread in Path(f"/proc/{process}/task").iterdir():
        try:
            total += int((thread / "schedstat").read_text(encoding="utf-8").split()[0])
        except FileNotFoundError:
            # It ended after the folder was read.
            continue
    return total / 1e9


def _database_cpu_time() -> float:
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    connection.ensure_connection()
    process = Path("/proc") / str(connection.connection.info.backend_pid)
    try:
        return int((process / "schedstat").read_text(encoding="utf-8").split()[0]) / 1e9
    except OSError:
        # Hundredths of a second, after the name in brackets.
        fields = (process / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS


@contextmanager
def without_parallel_workers() -> Iterator[None]:
    """Make the server run each query in one process: the CPU time of others is unknown."""
    from django.db import connection

    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET max_parallel_workers_per_gather")
