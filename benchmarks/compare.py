"""What pages and saves cost in this checkout, beside another one.

`[DATABASE_URL=…] python benchmarks/compare.py BEFORE [--size 1000] [--rounds 7]`. BEFORE is a
checkout of an earlier commit (`git worktree add`). Two processes, one for each checkout, hold the
same records and get the same requests in turn, so that a busy machine slows both. The CPU time is
the median of the rounds. Fails when a page needs another number of queries than before. Reports
pages that take more than 1.05 times the CPU time.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

#: The ratio from which a screen counts as slower.
SLOWER = 1.05
#: Number of requests per screen in one round.
REPEATS = 10

#: Figures per screen: queries, and CPU time in ms.
Measured = dict[str, tuple[int, float]]


def main() -> int:
    """Measure both checkouts alternately and print a table; return 1 if the queries differ."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("before", type=Path, help="the other checkout")
    parser.add_argument("--size", type=int, default=1000, help="records (1000)")
    parser.add_argument("--rounds", type=int, default=7, help="requests of each (7)")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        return _serve(options.size)
    after = Path(__file__).resolve().parents[1]
    # One after the other: on PostgreSQL both would create the same database.
    processes = {
        name: _start(checkout, options.size, name)
        for name, checkout in (("before", options.before), ("after", after))
    }
    rounds: dict[str, list[Measured]] = {name: [] for name in processes}
    for _ in range(options.rounds):
        for name, process in processes.items():
            rounds[name].append(_ask(process))
    for process in processes.values():
        assert process.stdin is not None
        process.stdin.close()
        process.wait()
    return _print(rounds)


def _start(checkout: Path, size: int, name: str) -> "subprocess.Popen[str]":
    database = {}
    if "DATABASE_URL" in os.environ:
        database["DATABASE_URL"] = f"{os.environ['DATABASE_URL']}_{name}"
    process = subprocess.Popen(
        [sys.executable, __file__, str(checkout), "--serve", f"--size={size}"],
        cwd=checkout,
        env={**os.environ, **database, "PYTHONPATH": str(checkout)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    while process.stdout.readline().strip() != "ready":
        if process.poll() is not None:
            raise SystemExit(f"{checkout} could not be measured")
    return process


def _ask(process: "subprocess.Popen[str]") -> Measured:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("\n")
    process.stdin.flush()
    return {
        name: (each[0], each[1]) for name, each in json.loads(process.stdout.readline()).items()
    }


def _print(rounds: dict[str, list[Measured]]) -> int:
    rows, failed = [], 0
    for name in rounds["after"][0]:
        sides = [[each[name] for each in rounds[side]] for side in ("before", "after")]
        queries = [side[-1][0] for side in sides]
        cpu = [statistics.median(each[1] for each in side) for side in sides]
        ratio = cpu[1] / cpu[0]
        failed |= queries[0] != queries[1]
        numbers = [*map(str, queries), *(f"{each:.2f}" for each in cpu), f"{ratio:.2f}"]
        rows.append([name, *numbers, "slower" if ratio > SLOWER else ""])
    headings = ["what", "queries before", "after", "CPU ms before", "after", "ratio", ""]
    for row in [headings, ["---"] * len(headings), *rows]:
        print("| " + " | ".join(row) + " |")
    return failed


def _serve(size: int) -> int:
    """Fill a database of the checkout in the working directory; measure on each command."""
    # Python puts the folder of this file first; that is the other checkout.
    sys.path[0] = str(Path.cwd())
    from benchmarks.database import scratch_database, set_up

    set_up()
    with scratch_database():
        questions = _questions(size)
        for ask in questions.values():
            ask()
        print("ready", flush=True)
        for _ in sys.stdin:
            print(json.dumps({name: _measure(ask) for name, ask in questions.items()}), flush=True)
    return 0


def _questions(size: int) -> dict[str, Callable[[], Any]]:
    from django.contrib.auth import get_user_model
    from django.test import Client

    from benchmarks import admin_list, queries

    visitor, editor = Client(), Client()
    found: dict[str, Callable[[], Any]] = {}
    for name, address in queries._screens(size).items():
        found[name] = lambda address=address: visitor.get(address)  # type: ignore[misc]
    editor.force_login(get_user_model().objects.create_superuser("admin", "admin@localhost"))
    for name, address in (("admin list", ""), ("admin list, a word", "?q=koffie")):
        whole = admin_list.OURS + address
        found[name] = lambda whole=whole: editor.get(whole)  # type: ignore[misc]
    found["save and publish"] = _saving()
    return found


def _saving() -> Callable[[], Any]:
    from django.contrib.auth import get_user_model

    from benchmarks import save

    activity = save._activity()
    user = get_user_model().objects.create_superuser("measure", "m@example.org", "x")
    data = save._what_a_browser_sends(activity, user)
    view, _stock = save._views(activity)
    numbers = iter(range(10**9))

    def publish() -> Any:
        data["summary"] = f"Koffie, thee en een praatje, {next(numbers)}."
        return view(save._request(user, data), pk=str(activity.pk))

    return publish


def _measure(ask: Callable[[], Any]) -> tuple[int, float]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        ask()
    # Each request clears the list of queries.
    queries = len(captured)
    begin = time.process_time()
    for _ in range(REPEATS):
        response = ask()
    spent = 1000 * (time.process_time() - begin) / REPEATS
    assert response.status_code in (200, 302), response.status_code
    return queries, spent


if __name__ == "__main__":
    sys.exit(main())
