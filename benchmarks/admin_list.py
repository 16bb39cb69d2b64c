"""What a list of the admin costs, beside a stock Wagtail snippet list of the same model.

`python -m benchmarks.admin_list [--smoke] [--large]`. Requests both lists in turn, in one run, on
the same records, as the same superuser. The stock list is a plain `SnippetViewSet` with columns and
filters of plain fields. Ours also shows the district, what is missing, and what to do next. Fails
when our list needs more queries at a larger size, or more queries than the stock list. Only reports
more CPU time: on a busy machine that proves nothing.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from benchmarks.database import machine, print_table, scratch_database, set_up

OURS, STOCK = "/admin/snippets/socialekaart_plugin/activity/", "/admin/benchmark/activity/"
PER_PAGE = 50

#: Pairs of addresses, ours and that of the stock list; None if the stock list has no such screen.
SCREENS: dict[str, tuple[str, str | None]] = {
    "first page": ("", ""),
    "last page": ("?p={last}", "?p={last}"),
    "last changed first": ("?ordering=-updated", "?ordering=-_updated_at"),
    "a theme": ("?theme={theme}", "?themes={theme}"),
    "a word": ("?q=koffie", None),
    "misses a place": ("?missing=place", None),
    "a district": ("?area={district}", None),
}


@dataclass
class Measurement:
    """The figures of one address at one size."""

    queries: int
    cpu_ms: float
    elapsed_ms: float
    kilobytes: float


def main() -> int:
    """Measure, print tables, and return 1 if our list needs too many queries."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--smoke", action="store_true", help="100 and 300 records, once")
    parser.add_argument("--large", action="store_true", help="10,000 records as well")
    options = parser.parse_args()
    set_up()
    _register_stock_list()
    sizes = [100, 300] if options.smoke else [1000]
    sizes += [10_000] if options.large else []
    print(machine(), flush=True)
    measured: dict[tuple[str, int], tuple[Measurement, Measurement | None]] = {}
    sheets: list[list[str]] = []
    for size in sizes:
        with scratch_database():
            client, words = _fill(size)
            for name, (ours, stock) in SCREENS.items():
                measured[name, size] = measure(
                    client,
                    OURS + ours.format(**words),
                    None if stock is None else STOCK + stock.format(**words),
                    repeats=1 if options.smoke else 20,
                )
            sheets += [_sheet(client, size, file_format) for file_format in ("csv", "xlsx")]
    _print(measured)
    print()
    print_table(["sheet", "activities", "queries", "CPU s", "peak MB", "kB"], sheets)
    return _complain(measured)


def measure(
    client: Any, ours: str, stock: str | None, repeats: int
) -> tuple[Measurement, Measurement | None]:
    """Request two addresses alternately; return the medians."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    addresses = [ours] if stock is None else [ours, stock]
    queries, sizes = {}, {}
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, f"{address}: {response.status_code}"
        sizes[address] = len(response.content) / 1024
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        queries[address] = len(captured)
    cpu: dict[str, list[float]] = {address: [] for address in addresses}
    elapsed: dict[str, list[float]] = {address: [] for address in addresses}
    for _ in range(repeats):
        for address in addresses:
            cpu_begin, begin = time.process_time(), time.perf_counter()
            client.get(address)
            cpu[address].append(1000 * (time.process_time() - cpu_begin))
            elapsed[address].append(1000 * (time.perf_counter() - begin))
    found = [
        Measurement(
            queries[address],
            statistics.median(cpu[address]),
            statistics.median(elapsed[address]),
            sizes[address],
        )
        for address in addresses
    ]
    return found[0], found[1] if stock is not None else None


def _register_stock_list() -> None:
    """Register the list that Wagtail's documentation describes, for this run only."""
    from wagtail.admin.ui.tables import LiveStatusTagColumn, UpdatedAtColumn
    from wagtail.admin.viewsets import viewsets
    from wagtail.snippets.models import get_snippet_models
    from wagtail.snippets.views.snippets import SnippetViewSet

    from socialekaart_plugin.models import Activity

    get_snippet_models()
    nothing: Callable[[Any], None] = lambda self: None  # noqa: E731
    stock = type(
        "StockViewSet",
        (SnippetViewSet,),
        {
            "model": Activity,
            "base_url_path": "benchmark/activity",
            "admin_url_namespace": "benchmark_activity",
            "list_per_page": PER_PAGE,
            "ordering": ("name",),
            "list_display": (
                "name",
                "organisation",
                LiveStatusTagColumn(),
                "verified_on",
                "steward",
                UpdatedAtColumn(),
            ),
            "list_filter": ("live", "themes", "target_groups", "steward", "verified_on"),
            # Our code has already registered the model.
            "on_register": nothing,
        },
    )
    viewsets.register(stock())


def _fill(size: int) -> tuple[Any, dict[str, Any]]:
    """Fill the database; return a signed-in client and the values that the addresses need."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    from benchmarks.generate import generate
    from socialekaart_plugin.models import Activity, Area, Theme

    begin = time.perf_counter()
    town = generate(size)
    stewards = [get_user_model().objects.create(username=f"steward{n}") for n in range(5)]
    for number, steward in enumerate(stewards):
        Activity.objects.filter(pk__contains=str(number)).update(steward=steward)
    _add_revisions()
    print(f"{size} records made in {time.perf_counter() - begin:.1f} s", flush=True)
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("admin", "admin@localhost"))
    return client, {
        "last": -(-town.activities // PER_PAGE),
        "theme": Theme.objects.get(slug=town.theme).pk,
        "district": Area.objects.get(slug=town.district).pk,
    }


def _add_revisions() -> None:
    """Give each activity a revision, as editing does; one in ten has an unpublished change."""
    from django.contrib.contenttypes.models import ContentType
    from django.db.models import CharField, OuterRef, Subquery
    from django.db.models.functions import Cast
    from django.utils import timezone
    from wagtail.models import Revision

    from socialekaart_plugin.models import Activity

    kind = ContentType.objects.get_for_model(Activity)
    Revision.objects.bulk_create(
        [
            Revision(
                content_type=kind,
                base_content_type=kind,
                object_id=str(row["pk"]),
                object_str=row["name"],
                created_at=timezone.now(),
                content=row,
            )
            for row in Activity.objects.values("pk", "name", "summary", "description")
        ],
        batch_size=500,
    )
    own = Revision.objects.filter(
        content_type=kind, object_id=Cast(OuterRef("pk"), CharField())
    ).values("pk")[:1]
    Activity.objects.update(latest_revision=Subquery(own))
    Activity.objects.filter(pk__endswith="7").update(has_unpublished_changes=True)


def _sheet(client: Any, size: int, file_format: str) -> list[str]:
    """Export the whole list: once for time and queries, once for memory."""
    import tracemalloc

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from socialekaart_plugin.models import Activity

    def ask() -> int:
        response = client.get(f"{OURS}?export={file_format}")
        return sum(len(chunk) for chunk in response.streaming_content)

    begin = time.process_time()
    with CaptureQueriesContext(connection) as captured:
        length = ask()
    seconds = time.process_time() - begin
    queries = len(captured)
    tracemalloc.start()
    ask()
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return [
        file_format,
        f"{Activity.objects.count():,}",
        str(queries),
        f"{seconds:.1f}",
        f"{peak / 2**20:.0f}",
        f"{length / 1024:,.0f}",
    ]


def _print(measured: dict[tuple[str, int], tuple[Measurement, Measurement | None]]) -> None:
    rows = []
    for (name, size), (ours, stock) in sorted(
        measured.items(), key=lambda item: list(SCREENS).index(item[0][0])
    ):
        rows.append(
            [
                name,
                f"{size:,}",
                str(ours.queries),
                f"{ours.cpu_ms:.0f}",
                str(stock.queries) if stock else "–",
                f"{stock.cpu_ms:.0f}" if stock else "–",
                f"{ours.cpu_ms / stock.cpu_ms:.2f}" if stock else "–",
                f"{ours.kilobytes:.0f}",
            ]
        )
    print()
    print_table(
        ["list", "records", "queries", "CPU ms", "stock queries", "stock CPU ms", "ratio", "kB"],
        rows,
    )


def _complain(measured: dict[tuple[str, int], tuple[Measurement, Measurement | None]]) -> int:
    failed = 0
    for name in SCREENS:
        numbers = {ours.queries for (other, _), (ours, _stock) in measured.items() if other == name}
        if len(numbers) > 1:
            print(f"error: {name}: {sorted(numbers)} queries at several sizes", file=sys.stderr)
            failed = 1
    for (name, size), (ours, stock) in measured.items():
        if stock and ours.queries > stock.queries:
            print(f"error: {name}, {size}: more queries than a stock list", file=sys.stderr)
            failed = 1
        if stock and ours.cpu_ms > stock.cpu_ms:
            print(f"slower than a stock list: {name}, {size} records")
    return failed


if __name__ == "__main__":
    sys.exit(main())
