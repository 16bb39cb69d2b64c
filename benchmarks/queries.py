"""What a page costs: queries and CPU time of list, detail and API at several sizes.

`python -m benchmarks.queries [--smoke] [--large]`. A query is the plugin's own when it reads public
records or search tables. The others are Wagtail's: site, page, session and menu. Fails when a page
needs more than four own queries, or more queries at a larger size.
"""

import argparse
import statistics
import sys
import time
from dataclasses import dataclass

from benchmarks.database import machine, print_table, scratch_database, set_up

OWN = (
    *("publishedrecord", "indexchange", "searchdocument", "searchword", "searchtext"),
    *("synonymgroup", "stoprule", "compoundword", "queryrule", "schoolholiday"),
)
MOST_OWN_QUERIES = 4


@dataclass(frozen=True)
class Measurement:
    """The figures of one screen at one size."""

    queries: int
    own: int
    cpu_ms: float
    elapsed_ms: float
    kilobytes: float


def main() -> int:
    """Measure, print a table, and return 1 if a screen needs too many queries."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--smoke", action="store_true", help="100 and 300 records, once")
    parser.add_argument("--large", action="store_true", help="10,000 records as well")
    options = parser.parse_args()
    set_up()
    sizes = [100, 300] if options.smoke else [100, 1000]
    sizes += [10_000] if options.large else []
    repeats = 1 if options.smoke else 30

    measured: dict[tuple[str, int], Measurement] = {}
    print(machine(), flush=True)
    for size in sizes:
        with scratch_database():
            begin = time.perf_counter()
            screens = _screens(size)
            print(f"{size} records made in {time.perf_counter() - begin:.1f} s", flush=True)
            for name, address in screens.items():
                measured[name, size] = measure(address, repeats)

    print()
    names = list(dict.fromkeys(name for name, _size in measured))
    print_table(
        ["screen", "records", "own queries", "all queries", "CPU ms", "elapsed ms", "kB"],
        [
            [
                name,
                f"{size:,}",
                str(m.own),
                str(m.queries),
                f"{m.cpu_ms:.1f}",
                f"{m.elapsed_ms:.1f}",
                f"{m.kilobytes:.0f}",
            ]
            for name in names
            for size in sizes
            for m in [measured[name, size]]
        ],
    )
    return _complain(measured, names, sizes)


def measure(address: str, repeats: int) -> Measurement:
    """Request a screen once to count queries, then several times for the median time."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    response = client.get(address)
    assert response.status_code == 200, f"{address}: {response.status_code}"
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    asked = [query["sql"] for query in captured.captured_queries]
    cpu, elapsed = [], []
    for _ in range(repeats):
        cpu_begin, begin = time.process_time(), time.perf_counter()
        client.get(address)
        cpu.append(1000 * (time.process_time() - cpu_begin))
        elapsed.append(1000 * (time.perf_counter() - begin))
    return Measurement(
        queries=len(asked),
        own=sum(map(_is_own, asked)),
        cpu_ms=statistics.median(cpu),
        elapsed_ms=statistics.median(elapsed),
        kilobytes=len(response.content) / 1024,
    )


def _is_own(sql: str) -> bool:
    return any(f"socialekaart_plugin_{table}" in sql.partition("FROM")[2][:60] for table in OWN)


def _screens(size: int) -> dict[str, str]:
    """Fill the database; return the addresses to measure."""
    from benchmarks.generate import generate
    from socialekaart_plugin.channels.pages.actions import create_directory_page
    from socialekaart_plugin.models import Activity, Organisation

    page = create_directory_page()
    town = generate(size)
    organisation, activity = Organisation.objects.first(), Activity.objects.first()
    assert organisation is not None and activity is not None  # noqa: PT018
    base = page.get_url() or "/"
    return {
        "list": base,
        "list, last page": f"{base}?page={-(-size // 20)}",
        "list, a word": f"{base}?search=koffie",
        "list, theme and district": f"{base}?theme={town.theme}&area={town.district}",
        "detail of an organisation": f"{base}{organisation.short_id}/{organisation.slug}/",
        "detail of an activity": f"{base}{activity.short_id}/{activity.slug}/",
        "API list": "/api/v2/activities/",
        "API list, all fields": "/api/v2/activities/?fields=*",
        "API list, a word": "/api/v2/activities/?search=koffie",
        "API detail": f"/api/v2/activities/{activity.uuid}/",
    }


def _complain(
    measured: dict[tuple[str, int], Measurement], names: list[str], sizes: list[int]
) -> int:
    failed = 0
    for name in names:
        numbers = [measured[name, size].own for size in sizes]
        # Fewer is fine: the school holidays are read only if the agenda of a shown record needs
        # them.
        if max(numbers) > MOST_OWN_QUERIES or numbers != sorted(numbers, reverse=True):
            print(f"error: {name}: {numbers} own queries at {sizes} records", file=sys.stderr)
            failed = 1
    return failed


if __name__ == "__main__":
    sys.exit(main())
