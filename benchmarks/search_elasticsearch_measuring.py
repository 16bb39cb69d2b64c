"""Sends the same search to Elasticsearch in three ways: ours, raw, and through stock Wagtail."""

import gc
import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from unittest.mock import patch

from elasticsearch import Elasticsearch
from elasticsearch.serializer import OrjsonSerializer

from benchmarks.processes import server_cpu_time
from benchmarks.search_measuring import (
    FACETS,
    LATITUDE,
    LONGITUDE,
    RADIUS,
    Measurement,
    ask_stock,
)

Body = dict[str, Any]

#: More values than any facet has.
MOST_VALUES = 20_000
MOST_ROUNDS, LEAST_ROUNDS = 100, 5
#: The warm-up takes as long as the measurement: a Java server is slow on new requests, and
#: optimises for some time.
WARMING = 2.0
MOST_WARMING_ROUNDS = 300


def measure_in_turns(
    asks: Mapping[str, Callable[[], int]],
    seconds: float,
    forget: Callable[[], None] = lambda: None,
) -> dict[str, Measurement]:
    """Measure these searches alternately, so that other load affects all alike; return by name.

    Args:
        asks: each searches, and returns the number of records.
        seconds: time for each.
        forget: called before each search, not timed.
    """
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    hits, queries = {}, {}
    for name, ask in asks.items():
        with CaptureQueriesContext(connection) as captured:
            hits[name] = ask()
        queries[name] = len(captured)
    for _ in _rounds(seconds * WARMING * len(asks), MOST_WARMING_ROUNDS):
        for ask in asks.values():
            ask()
    took: dict[str, list[tuple[float, float]]] = {name: [] for name in asks}
    with _without_the_past():
        for _ in _rounds(seconds * len(asks)):
            for name, ask in asks.items():
                forget()
                # Otherwise one way pays for the garbage of another.
                gc.collect()
                took[name].append(_once(ask))
    return {
        name: Measurement(
            hits=hits[name],
            queries=queries[name],
            cpu=statistics.mean(cpu for _elapsed, cpu in each),
            median=statistics.median(elapsed for elapsed, _cpu in each),
            slowest=sorted(elapsed for elapsed, _cpu in each)[int(len(each) * 0.95)],
        )
        for name, each in took.items()
    }


@contextmanager
def _without_the_past() -> Iterator[None]:
    """Keep Python's garbage collector from scanning older objects, such as the written records."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _rounds(seconds: float, most: int = MOST_ROUNDS) -> Iterator[int]:
    until = time.perf_counter() + seconds
    number = 0
    while number < most and (number < LEAST_ROUNDS or time.perf_counter() < until):
        yield number
        number += 1


def _once(ask: Callable[[], int]) -> tuple[float, float]:
    """Return the elapsed and CPU time of one search in ms, without the time of measuring."""
    servers, own, begin = server_cpu_time(), time.process_time(), time.perf_counter()
    ask()
    elapsed, own = time.perf_counter() - begin, time.process_time() - own
    return 1000 * elapsed, 1000 * (own + server_cpu_time() - servers)


def find(word: str) -> int:
    """Search as channels do: one page with highlights and distances, and counts of every facet."""
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
    assert len(results.options) == len(FACETS)
    return results.total


@dataclass(frozen=True)
class RawRequests:
    """The requests of our search, to be sent by a plain client.

    Attributes:
        client: it has our fast JSON reader, and nothing else of our code.
        index: the name of the index.
        page: header and body of the search for the page.
        others: the searches of every further request, as sent.
    """

    client: Elasticsearch
    index: str
    page: tuple[Body, Body]
    others: list[list[Body]]

    @property
    def number(self) -> int:
        """The number of requests of our search."""
        return 1 + len(self.others)

    def ask(self) -> int:
        """Send the requests, and decode the responses."""
        header, body = self.page
        names = {"_source": "source", "from": "from_"}
        arguments = {names.get(name, name): value for name, value in {**header, **body}.items()}
        answer = self.client.search(index=self.index, **arguments)
        assert answer["aggregations"]
        for searches in self.others:
            self.client.msearch(index=self.index, searches=searches)
        return int(answer["hits"]["total"]["value"])

    def with_an_aggregation_each(self) -> "RawRequests":
        """Return the same requests with one aggregation for each facet.

        This is the usual way, also of Wagtail's `facet()`; ours has one field for all facets.
        """
        header, body = self.page
        return replace(self, page=(header, {**body, "aggs": _an_aggregation_each()}))


def raw_requests(ask: Callable[[], int], hosts: Iterable[str]) -> RawRequests:
    """Return the requests that our search sends, without those about the state of the index."""
    sent: list[tuple[str, list[Body]]] = []
    send = Elasticsearch.msearch

    def listen(client: Elasticsearch, **arguments: Any) -> Any:
        sent.append((arguments["index"], arguments["searches"][2:]))
        return send(client, **arguments)

    with patch.object(Elasticsearch, "msearch", listen):
        ask()
    (index, (header, body)), *others = sent
    assert "aggs" in body
    serializers = {"application/vnd.elasticsearch+json": OrjsonSerializer()}
    client = Elasticsearch(list(hosts), request_timeout=30.0, serializers=serializers)
    return RawRequests(client, index, (header, body), [searches for _index, searches in others])


def _an_aggregation_each() -> Body:
    from socialekaart_plugin.discovery.engines.elasticsearch.query_dsl import question_query
    from socialekaart_plugin.discovery.engines.lexicon import lexicon_keeper
    from socialekaart_plugin.discovery.selectors import current_analyzer

    vocabulary = lexicon_keeper.current(current_analyzer).vocabulary
    gathered = {each.slug: question_query(vocabulary, each.slug) for each in vocabulary.questions}
    by_field = {
        name: {"terms": {"field": f"facets.{name}", "size": MOST_VALUES}}
        for name in FACETS
        if name != "help_question"
    }
    return {**by_field, "help_question": {"filters": {"filters": gathered}}}


@contextmanager
def stock_on_elasticsearch() -> Iterator[None]:
    """Make stock Wagtail search in Elasticsearch instead of in its database."""
    from django.conf import settings
    from django.test import override_settings

    backends = settings.WAGTAILSEARCH_BACKENDS
    with override_settings(WAGTAILSEARCH_BACKENDS={"default": backends["elasticsearch"]}):
        yield


def ask_stock_on_elasticsearch(word: str) -> int:
    """Call the view of the stock API, with the search in Elasticsearch."""
    with stock_on_elasticsearch():
        return ask_stock(word)


def forget_answers() -> None:
    """Clear all caches of responses: ours, and the server's cache of requests without hits."""
    from socialekaart_plugin.discovery.engines.elasticsearch.connection import (
        client_of,
        configuration,
    )

    forget_ours()
    configured = configuration()
    assert configured is not None
    client_of(configured).indices.clear_cache(request=True, query=False, fielddata=False)


def forget_ours() -> None:
    """Clear the cache of our process."""
    from socialekaart_plugin.discovery.engines.elasticsearch.response_cache import response_cache_of

    response_cache_of.cache_clear()
