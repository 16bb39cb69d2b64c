"""How good the search is: judged queries on the demonstration directory, by class and half.

`[ELASTICSEARCH_URL=…] python -m benchmarks.quality [--half open|sealed|both] [--misses] [--keep]
[--engine elasticsearch]`. `--misses` shows the queries with less than the full score. It refuses
the sealed half, on which nobody tunes. Fails when a half scores less than its floor, so that a
later change cannot make it worse unnoticed. `--engine elasticsearch` also scores that engine, and
fails when a half differs from the embedded engine by more than the tolerance.
"""

import argparse
import datetime
import os
import sys
from collections import defaultdict
from statistics import fmean

import time_machine

from benchmarks.database import kept_database, machine, print_table, scratch_database, set_up
from benchmarks.sequence import gate_disconnected

#: The day on which the records were judged, at noon.
_TODAY = datetime.datetime(2026, 11, 23, 12, 0, tzinfo=datetime.UTC)
#: Minimum mean score of each half; a lower score means that something broke.
FLOORS = {"open": 0.87, "sealed": 0.80}
#: Maximum difference between the mean score of a half and that of the embedded engine.
TOLERANCE = 0.02

#: By class, for a half: nDCG@10 (or the measure of the class) and recall@20 of every query.
Scores = dict[str, list[tuple[float, float]]]


def main() -> int:
    """Score, print a table, and return 1 if a half scores below its floor."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--half", choices=["open", "sealed", "both"], default="both")
    parser.add_argument(
        "--misses", action="store_true", help="show queries with less than the full score"
    )
    parser.add_argument("--keep", action="store_true", help="use the directory of an earlier run")
    parser.add_argument(
        "--engine",
        choices=["database", "elasticsearch"],
        default="database",
        help="engine to score",
    )
    options = parser.parse_args()
    if options.engine == "elasticsearch" and "ELASTICSEARCH_URL" not in os.environ:
        parser.error("ELASTICSEARCH_URL names no server; see scripts/elasticsearch")
    halves = ["open", "sealed"] if options.half == "both" else [options.half]
    if options.misses and "sealed" in halves:
        parser.error("nobody looks at the queries of the sealed half: add --half open")
    set_up()
    from socialekaart_plugin.discovery.actions import rebuild_search_documents
    from socialekaart_plugin.management.demo import load_demo_directory
    from socialekaart_plugin.publication.rebuild import rebuild_public_records

    print(machine(), flush=True)
    database = kept_database("judged") if options.keep else scratch_database()
    with time_machine.travel(_TODAY, tick=False), database:
        # Once for all records instead of at every save.
        with gate_disconnected("record", "word", "place"):
            load_demo_directory(today=_TODAY.date(), progress=lambda *_args: None)
        rebuild_public_records(restart=True, progress=lambda *_args: None)
        rebuild_search_documents(progress=lambda *_args: None)
        scores = {"database": _scored(halves, shows_misses=options.misses)}
        if options.engine == "elasticsearch":
            scores["elasticsearch"] = _scored_on_elasticsearch(halves, options.misses)
    for engine, by_half in scores.items():
        print(f"\n{engine}", flush=True)
        print_scores(by_half)
    return _complain(scores)


def _scored(halves: list[str], *, shows_misses: bool) -> dict[str, Scores]:
    return {half: scores_of(half, shows_misses=shows_misses) for half in halves}


def _scored_on_elasticsearch(halves: list[str], shows_misses: bool) -> dict[str, Scores]:
    from benchmarks.search_elasticsearch_server import elasticsearch
    from socialekaart_plugin.discovery.engines.elasticsearch.replication import Index
    from socialekaart_plugin.discovery.selectors import current_analyzer

    with elasticsearch("benchmark-quality") as configured:
        Index(configured, current_analyzer).rebuild(progress=lambda *_args: None)
        return _scored(halves, shows_misses=shows_misses)


def _complain(scores: dict[str, dict[str, Scores]]) -> int:
    """Report each half below its floor or with too large a difference; return 1 if there is any."""
    means = {
        (engine, half): fmean(n for n, _r in _flat(found))
        for engine, by_half in scores.items()
        for half, found in by_half.items()
    }
    wrong = [
        f"{engine}, {half}: {mean:.3f} is below {FLOORS[half]}"
        for (engine, half), mean in means.items()
        if mean < FLOORS[half]
    ]
    wrong += [
        f"{engine}, {half}: {mean:.3f} differs more than {TOLERANCE} from the embedded engine"
        for (engine, half), mean in means.items()
        if abs(mean - means["database", half]) > TOLERANCE
    ]
    for each in wrong:
        print(f"error: {each}", file=sys.stderr)
    return 1 if wrong else 0


def scores_of(half: str, *, shows_misses: bool) -> Scores:
    """Return nDCG@10 (or the measure of the class) and recall@20 of every query, by class."""
    from socialekaart_plugin.discovery.search import SearchRequest, search
    from tests.discovery.judged import metrics

    found: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for judged in metrics.read_queries(half):
        results = search(SearchRequest(text=judged["query"], limit=300))
        slugs = [payload["slug"] for payload in results.payloads]
        score = metrics.score(judged["class"], slugs, judged["relevant"], judged["not"])
        recall = metrics.recall_at(slugs, judged["relevant"])
        found[judged["class"]].append((score, recall))
        if shows_misses and (score < 0.9 or recall < 1):
            print(f"\n{score:.2f} {recall:.2f} {judged['class']}: {judged['query']!r}")
            print("  found  ", [(s, judged["relevant"].get(s, 0)) for s in slugs[:10]], len(slugs))
            wanted = judged["relevant"].items()
            print("  missed ", [(s, g) for s, g in wanted if s not in slugs[:20] and g > 1])
            print("  not    ", sorted(set(judged["not"]) & set(slugs)))
            print(
                "  plan   ",
                list(map(_described, results.plan.clauses)),
                results.plan.when,
            )
    return dict(found)


def _described(clause: object) -> str:
    alternatives = getattr(clause, "alternatives", ())
    reasons = [f"{'+'.join(a.tokens) or a.clauses}:{a.reason}" for a in alternatives]
    return f"{getattr(clause, 'typed', '')}={reasons}"


def print_scores(scores: dict[str, Scores]) -> None:
    """Print one line per class and one for all, with two columns per half."""
    halves = list(scores)
    classes = list(next(iter(scores.values())))
    headings = [
        "class",
        *(f"{half}, {what}" for half in halves for what in ("nDCG@10", "recall@20")),
    ]
    rows = [[name, *_means(scores, name)] for name in classes]
    print_table(headings, [*rows, ["**all**", *_means(scores, None)]])


def _means(scores: dict[str, Scores], name: str | None) -> list[str]:
    cells = []
    for half in scores.values():
        pairs = half.get(name, []) if name else _flat(half)
        cells += [f"{fmean(n for n, _r in pairs):.3f}", f"{fmean(r for _n, r in pairs):.3f}"]
    return cells


def _flat(half: Scores) -> list[tuple[float, float]]:
    return [pair for pairs in half.values() for pair in pairs]


if __name__ == "__main__":
    sys.exit(main())
