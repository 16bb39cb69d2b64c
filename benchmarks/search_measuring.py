"""Sends the same searches to ours and to stock Wagtail, and measures their time and queries."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from benchmarks.processes import cpu_time, without_parallel_workers

#: Centre of the search, in degrees, and radius in metres: a quarter of the town.
LATITUDE, LONGITUDE, RADIUS = 52.07, 4.49, 2000

#: Facets to count: the same thirteen on both sides, under the names of each side.
FACETS = {
    "theme": "themes",
    "target_group": "target_groups",
    "help_question": "help_questions",
    "tag": "tags",
    "kind": "kind",
    "form": "forms",
    "area": "area",
    "weekday": "weekdays",
    "cost": "cost",
    "registration": "registration",
    "referral": "referral",
    "accessibility": "accessibility",
    "language": "languages",
}

MOST_REPEATS, LEAST_REPEATS = 60, 3
#: Searches that take longer than this, in ms, run once.
LONG = 60_000


@dataclass(frozen=True)
class Measurement:
    """The cost of one search; times in ms."""

    hits: int
    queries: int
    cpu: float
    median: float
    slowest: float


def measure(
    ask: Callable[[], int], seconds: float, forget: Callable[[], None] = lambda: None
) -> Measurement:
    """Repeat a search for some time.

    Args:
        ask: searches, and returns the number of records.
        seconds: how long; less after enough runs, more after too few.
        forget: called before each search, not timed.
    """
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    forget()
    with CaptureQueriesContext(connection) as captured:
        first, hits = _once(ask)
    # The first run includes one-time costs; for a run of a minute these hardly matter.
    took = [first] if first.elapsed > LONG else _repeat(ask, seconds, forget)
    cpu = [each.cpu for each in took]
    if connection.vendor == "postgresql" and first.elapsed <= LONG:
        with without_parallel_workers():
            cpu = [each.cpu for each in _repeat(ask, seconds / 2, forget)]
    elapsed = sorted(each.elapsed for each in took)
    return Measurement(
        hits=hits,
        queries=len(captured),
        cpu=statistics.mean(cpu),
        median=statistics.median(elapsed),
        slowest=elapsed[int(len(elapsed) * 0.95)],
    )


@dataclass(frozen=True)
class _Once:
    """The cost of one run, in ms."""

    elapsed: float
    cpu: float


def _repeat(ask: Callable[[], int], seconds: float, forget: Callable[[], None]) -> list[_Once]:
    """Repeat for a number of seconds, at least 3 and at most 60 times."""
    took: list[_Once] = []
    until = time.perf_counter() + seconds
    while len(took) < MOST_REPEATS and (len(took) < LEAST_REPEATS or time.perf_counter() < until):
        forget()
        took.append(_once(ask)[0])
    return took


def _once(ask: Callable[[], int]) -> tuple[_Once, int]:
    begin, cpu_begin = time.perf_counter(), cpu_time()
    hits = ask()
    cpu, elapsed = cpu_time() - cpu_begin, time.perf_counter() - begin
    return _Once(1000 * elapsed, 1000 * cpu), hits


def ask_ours(word: str) -> int:
    """Search as channels do, and write the response as JSON."""
    from socialekaart_plugin.channels.api.renderers import FastJSONRenderer
    from socialekaart_plugin.discovery.engines.base import Near
    from socialekaart_plugin.discovery.search import SearchRequest, search

    results = search(
        SearchRequest(
            text=word,
            near=Near(LATITUDE, LONGITUDE),
            radius=RADIUS,
            counted=tuple(FACETS),
        )
    )
    facets = {
        name: {option.value: option.count for option in options}
        for name, options in results.options.items()
    }
    answer = {"total": results.total, "items": results.payloads, "facets": facets}
    assert FastJSONRenderer().render(answer)
    return results.total


def ask_stock(word: str) -> int:
    """Call the view of the stock API, without the middleware of the site."""
    from django.test import RequestFactory
    from django.urls import resolve

    question = {
        "search": word,
        "fields": "*",
        "facets": ",".join(FACETS.values()),
        "near": f"{LATITUDE},{LONGITUDE}",
        "radius": RADIUS,
    }
    request = RequestFactory().get(f"/records/?{urlencode(question)}")
    response: Any = resolve("/records/").func(request)
    assert response.render().status_code == 200, response.content
    return int(response.data["meta"]["total_count"])


def suggest_ours(text: str) -> int:
    """Get suggestions for typed text."""
    from socialekaart_plugin.discovery.completion import completions
    from socialekaart_plugin.foundation.audiences import Audience

    return len(completions(text, audience=Audience.PUBLIC))


def suggest_stock(text: str) -> int:
    """Complete the title of a record, as Wagtail does."""
    from wagtail.search.backends import get_search_backend

    from benchmarks.stock.models import StockRecord

    found = get_search_backend().autocomplete(text, StockRecord.objects.only("title", "kind"))
    return len([record.title for record in found[:8]])


def forget_words() -> None:
    """Clear the cache of words that were searched before."""
    from socialekaart_plugin.discovery.engines.database import engine

    held = engine._keeper._snapshot
    if held is not None:
        held.postings.clear()
