"""A whole country on one node: builds and searches a million records in three shards.

`ELASTICSEARCH_URL=… python -m benchmarks.search_elasticsearch_country [--records 1000000]
[--keep] [--smoke]`. The server needs a heap of 1 GB. Of the embedded index it writes only the rows,
from which the Elasticsearch documents are made, not the full-text table. It sends the request of
`benchmarks/search.py` beside the same raw request, and the request of the autocomplete. `--keep`
leaves the database and the index, and uses those of an earlier run.
"""

import argparse
import os
import sys
from functools import partial
from typing import TYPE_CHECKING

from benchmarks.database import kept_database, machine, print_table, scratch_database, set_up
from benchmarks.search_elasticsearch_server import elasticsearch
from benchmarks.search_measuring import Measurement

if TYPE_CHECKING:
    from socialekaart_plugin.discovery.engines.elasticsearch.connection import Configuration

RECORDS, SHARDS = 1_000_000, 3
SMOKE_SIZE = 300
SECONDS = 20.0


def main() -> int:
    """Fill, build, search, and print tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--records", type=int, default=RECORDS)
    parser.add_argument("--keep", action="store_true", help="use what an earlier run left")
    parser.add_argument("--smoke", action="store_true", help="300 records, few repeats")
    options = parser.parse_args()
    size = SMOKE_SIZE if options.smoke else options.records
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.stock.settings"
    set_up()
    print(machine(), flush=True)
    name = f"benchmark_elasticsearch_{size}"
    with (
        kept_database(name) if options.keep else scratch_database(),
        elasticsearch("benchmark-country", is_kept=options.keep, shards=SHARDS) as configured,
    ):
        _fill(size)
        _build(configured)
        _ask(configured, 0 if options.smoke else SECONDS)
        _tell_heap(configured)
    return 0


def _fill(size: int) -> None:
    from benchmarks.search_elasticsearch_data import fill_without_texts
    from socialekaart_plugin.models import SearchDocument

    if not SearchDocument.objects.exists():
        fill_without_texts(size)


def _build(configured: "Configuration") -> None:
    """Build the index, unless it exists."""
    from benchmarks.search_elasticsearch_index import rebuild
    from socialekaart_plugin.discovery.engines.elasticsearch.connection import client_of
    from socialekaart_plugin.models import SearchDocument

    wanted = SearchDocument.objects.filter(audiences__gt=0).count()
    client = client_of(configured)
    if client.indices.exists(index=configured.alias):
        held = client.count(index=configured.alias, query={"exists": {"field": "record"}})["count"]
        if held == wanted:
            print(f"The index of {wanted:,} documents is there already.", flush=True)
            return
    built = rebuild(configured)
    print(
        f"{built.documents:,} documents in {built.elapsed:,.0f} s: {built.rate:,.0f} a second; "
        f"{1000 * built.cpu / built.documents:.2f} ms CPU of ours and "
        f"{1000 * built.server_cpu / built.documents:.2f} of the server for each; "
        f"{' '.join(f'{each:.0f}' for each in built.megabytes)} MB at each quarter; "
        f"{built.size / 1e9:.2f} GB on disk",
        flush=True,
    )


def _ask(configured: "Configuration", seconds: float) -> None:
    from benchmarks.search_elasticsearch_measuring import (
        find,
        forget_ours,
        measure_in_turns,
        raw_requests,
    )
    from benchmarks.search_measuring import suggest_ours
    from benchmarks.search_words import Words

    find("")
    words = Words().wanted()
    rows = []
    for name, word in words.items():
        raw = raw_requests(partial(find, word), configured.hosts)
        ways = {"raw": raw.ask, "found": partial(find, word)}
        by = measure_in_turns(ways, seconds, forget_ours)
        by["again"] = measure_in_turns({"": partial(find, word)}, seconds / 4)[""]
        rows += [[name, way, f"{each.hits:,}", *_figures(each)] for way, each in by.items()]
    typed = words["common"]
    for text in (
        typed[:2],
        typed[:3],
        typed[:5],
        f"{typed} {typed[:2]}",
        f"{typed[:3]}x{typed[3:]}",
    ):
        ways = {"": partial(suggest_ours, text)}
        [completed] = measure_in_turns(ways, seconds / 4, forget_ours).values()
        rows.append([text, "completed", f"{completed.hits:,}", *_figures(completed)])
    print_table(["word", "search", "hits", "CPU ms", "p50 ms", "p95 ms"], rows)


def _figures(measured: Measurement) -> list[str]:
    return [f"{each:.1f}" for each in (measured.cpu, measured.median, measured.slowest)]


def _tell_heap(configured: "Configuration") -> None:
    """Print the used heap of the server, and the memory of its index."""
    from socialekaart_plugin.discovery.engines.elasticsearch.connection import client_of

    client = client_of(configured)
    for node in client.nodes.stats(metric="jvm")["nodes"].values():
        memory = node["jvm"]["mem"]
        print(
            f"heap: {memory['heap_used_in_bytes'] / 1e6:,.0f} of "
            f"{memory['heap_max_in_bytes'] / 1e6:,.0f} MB in use, of which long-lived "
            f"{memory['pools']['old']['used_in_bytes'] / 1e6:,.0f}"
        )
    sizes = client.cat.indices(index=f"{configured.index_prefix}-*", format="json", bytes="b")
    for each in sizes:
        size = int(each["pri.store.size"]) / 1e9
        print(f"{each['index']}: {each['docs.count']} documents, {size:.2f} GB")


if __name__ == "__main__":
    sys.exit(main())
