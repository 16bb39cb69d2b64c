"""What a search costs, beside stock Wagtail on the same records, in the same database and run.

`[DATABASE_URL=…] python -m benchmarks.search [--smoke] [--sizes 1000 10000 100000] [--keep]`. Each
request searches one word within two kilometres of a point, counts every facet, and returns twenty
records as JSON. Ours is `discovery.search.search`. Stock is a snippet with Wagtail's own search
behind a `BaseAPIViewSet`, with prefetching added by hand (`benchmarks/stock/`), in Dutch on
PostgreSQL. CPU time is that of this process plus the server. Fails when a record cannot be found in
the request that published it, or when ours needs more queries at a larger size.
"""

import argparse
import os
import sys
import time
from dataclasses import dataclass
from functools import partial

from benchmarks.database import kept_database, machine, print_table, scratch_database, set_up
from benchmarks.search_index import build, load_anew, publish_and_find
from benchmarks.search_measuring import (
    Measurement,
    ask_ours,
    ask_stock,
    forget_words,
    measure,
    suggest_ours,
    suggest_stock,
)

SMOKE_SIZE = 300
SECONDS = 20.0

#: The goal at 100,000 records: stock CPU time divided by ours.
GOALS = {"common": 5, "middling": 10, "rare": 10}
LARGE = 100_000
SUGGESTING_GOAL = 20
REBUILDING_GOAL = 2000

INDEX_HEADINGS = [
    "records",
    "rebuilt a second",
    "a second of CPU",
    "MB at each quarter",
    "first search of a process, s",
    "CPU s of it",
    "MB held",
]


@dataclass(frozen=True)
class Asked:
    """One word at one size: our search uncached and cached, and stock Wagtail."""

    size: int
    word: str
    ours: Measurement
    again: Measurement
    stock: Measurement

    @property
    def times_less(self) -> float:
        """The ratio of the stock CPU time to ours."""
        return self.stock.cpu / self.ours.cpu

    @property
    def rows(self) -> list[list[str]]:
        """The table rows, one per search."""
        named = {"ours": self.ours, "ours, again": self.again, "stock": self.stock}
        return [
            [
                self.word,
                f"{self.size:,}",
                name,
                f"{measured.hits:,}",
                str(measured.queries),
                f"{measured.cpu:.1f}",
                f"{measured.median:.1f}",
                f"{measured.slowest:.1f}",
                f"{self.stock.cpu / measured.cpu:.1f}",
            ]
            for name, measured in named.items()
        ]


def main() -> int:
    """Measure, print tables, and return 1 if a requirement is not met."""
    options = _options()
    # Always these settings: only they contain the stock directory.
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.stock.settings"
    set_up()
    print(machine(), flush=True)
    sizes = [SMOKE_SIZE] if options.smoke else options.sizes
    asked: list[Asked] = []
    indexes: list[list[str]] = []
    suggested: list[list[str]] = []
    is_right = True
    for size in sizes:
        database = kept_database(f"benchmark_search_{size}") if options.keep else scratch_database()
        with database:
            fill_stock(size)
            indexes.append(_index(size))
            print_table(INDEX_HEADINGS, indexes[-1:])
            asked += _ask(size, 0 if options.smoke else SECONDS)
            suggested += _suggest(size, 0 if options.smoke else SECONDS / 4)
            is_right &= _publish(size)
    _print(asked)
    headings = ["typed", "records", "queries", "CPU ms", "p95 ms", "stock CPU ms"]
    print_table(headings, suggested)
    print()
    print_table(INDEX_HEADINGS, indexes)
    return _complain(asked) | (not is_right)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--smoke", action="store_true", help="300 records, few repeats")
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=[1000, 10_000], help="records (1000 10000)"
    )
    parser.add_argument(
        "--keep",
        action="store_true",
        help="leave the databases, and use those of an earlier run: the stock index of 100,000\n"
        "records takes a quarter of an hour",
    )
    return parser.parse_args()


def fill_stock(size: int) -> None:
    """Write the records and the stock index, unless an earlier run did."""
    from django.contrib.contenttypes.models import ContentType
    from django.core.management import call_command
    from wagtail.search.models import IndexEntry

    from benchmarks.search_data import analyse, fill
    from benchmarks.stock.models import StockRecord

    # Left over from the previous database.
    ContentType.objects.clear_cache()
    if StockRecord.objects.count() != size:
        fill(size)
    kind = ContentType.objects.get_for_model(StockRecord)
    if IndexEntry.objects.filter(content_type=kind).count() == size:
        print(f"The stock index of {size:,} records is there already.", flush=True)
    else:
        begin = time.perf_counter()
        call_command("update_index", backend_name="default", verbosity=0)
        took = time.perf_counter() - begin
        print(f"Stock index: {size / took:.0f} records a second.", flush=True)
    _help_stock()
    # Without it SQLite reads the whole stock index for each facet.
    analyse()


def _help_stock() -> None:
    """Give Wagtail's table the index that its queries need and its migrations do not create."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE INDEX IF NOT EXISTS stock_title_body "
                "ON wagtailsearch_indexentry USING gin ((title || body))"
            )


def _index(size: int) -> list[str]:
    """Build our index, and load it in another process; return a table row."""
    built, loaded = build(), load_anew()
    rate = built.records / built.elapsed
    if rate < REBUILDING_GOAL:
        print(f"under the goal: {rate:.0f} records rebuilt a second, not {REBUILDING_GOAL}")
    return [
        f"{size:,}",
        f"{rate:,.0f}",
        f"{built.records / built.cpu:,.0f}",
        " ".join(f"{each:.0f}" for each in built.megabytes),
        f"{loaded.elapsed:.2f}",
        f"{loaded.cpu:.2f}",
        f"{loaded.megabytes:.0f}",
    ]


def _ask(size: int, seconds: float) -> list[Asked]:
    from benchmarks.search_words import Words

    found = []
    # A process loads the index with its first search; `load_anew` measures that.
    ask_ours("")
    # The slowest goes last.
    for name, word in reversed(Words().wanted().items()):
        ours, stock = partial(ask_ours, word), partial(ask_stock, word)
        found.append(
            Asked(
                size,
                name,
                measure(ours, seconds, forget_words),
                measure(ours, seconds),
                measure(stock, seconds),
            )
        )
        for row in found[-1].rows:
            print(" ".join(row), flush=True)
    return found


def _suggest(size: int, seconds: float) -> list[list[str]]:
    """Complete a word from two letters on, and a misspelt word; return table rows."""
    from benchmarks.search_words import Words

    word = Words().wanted()["common"]
    rows = []
    for text in (word[:2], word[:3], word[:5], f"{word} {word[:2]}", word[:3] + "x" + word[3:]):
        ours = measure(partial(suggest_ours, text), seconds)
        stock = measure(partial(suggest_stock, text), seconds)
        if ours.cpu > SUGGESTING_GOAL:
            print(f"under the goal: completing {text}: {ours.cpu:.0f} ms CPU at {size:,}")
        figures = (ours.cpu, ours.slowest, stock.cpu)
        rows.append([text, f"{size:,}", str(ours.queries), *(f"{each:.1f}" for each in figures)])
    return rows


def _publish(size: int) -> bool:
    published = publish_and_find()
    print(
        f"{size:,}: a save takes {published.save:.0f} ms, the search that finds it "
        f"{published.search:.0f} ms, the next one {published.search_again:.0f} ms",
        flush=True,
    )
    if not published.is_found:
        print(f"error: {size:,}: not found in the request that published it", file=sys.stderr)
    return published.is_found


def _print(asked: list[Asked]) -> None:
    headings = ["word", "records", "search", "hits", "queries", "CPU ms", "p50 ms", "p95 ms"]
    print()
    print_table(
        [*headings, "times less CPU"],
        [
            row
            for each in sorted(asked, key=lambda each: (each.size, each.word))
            for row in each.rows
        ],
    )
    print()


def _complain(asked: list[Asked]) -> int:
    failed = 0
    for word, goal in GOALS.items():
        numbers = {each.ours.queries for each in asked if each.word == word}
        if len(numbers) > 1:
            print(f"error: {word}: {sorted(numbers)} queries at several sizes", file=sys.stderr)
            failed = 1
        for each in asked:
            if each.word == word and each.size >= LARGE and each.times_less < goal:
                print(f"under the goal: {word}: {each.times_less:.1f} times less, not {goal}")
    return failed


if __name__ == "__main__":
    sys.exit(main())
