"""Connects a benchmark to Elasticsearch: settings, server processes, temporary indices."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from elasticsearch import Elasticsearch

from benchmarks.processes import counting

if TYPE_CHECKING:
    from socialekaart_plugin.discovery.engines.elasticsearch.connection import Configuration


@contextmanager
def stock_indices(prefix: str, *, is_kept: bool) -> Iterator[None]:
    """Give the indices of stock Wagtail these names; remove them afterwards unless kept."""
    from django.conf import settings
    from django.test import override_settings
    from wagtail.search.backends import get_search_backend

    own = {**settings.WAGTAILSEARCH_BACKENDS["elasticsearch"], "INDEX_PREFIX": prefix}
    backends = {**settings.WAGTAILSEARCH_BACKENDS, "elasticsearch": own}
    with override_settings(WAGTAILSEARCH_BACKENDS=backends):
        try:
            yield
        finally:
            if not is_kept:
                _remove(get_search_backend("elasticsearch").es, f"{prefix}*")


def _remove(client: Elasticsearch, names: str) -> None:
    """Remove indices; a server may reject removal by pattern."""
    for name in client.indices.get(index=names):
        client.indices.delete(index=name)


@contextmanager
def elasticsearch(
    prefix: str, *, is_kept: bool = False, **options: Any
) -> Iterator["Configuration"]:
    """Make the search of this process use Elasticsearch.

    Args:
        prefix: prefix of the index names.
        is_kept: whether to keep the indices afterwards.
        options: further keys of `SOCIALEKAART_ELASTICSEARCH`.

    Raises:
        AssertionError: another engine had to answer.
    """
    from django.test import override_settings

    from socialekaart_plugin.discovery.engines.elasticsearch.connection import (
        Configuration,
        client_of,
    )
    from socialekaart_plugin.discovery.engines.elasticsearch.factory import breaker_of

    hosts = tuple(os.environ["ELASTICSEARCH_URL"].split(","))
    given = {"hosts": hosts, "index_prefix": prefix, "timeout": 30.0, **options}
    # The fallback, which it renews every minute, is not part of a search.
    configured = Configuration(**given, keep_fallback=False)
    client = client_of(configured)
    try:
        with (
            override_settings(SOCIALEKAART_ELASTICSEARCH=asdict(configured)),
            counting(server_processes(client)),
        ):
            yield configured
        trouble = breaker_of(configured).trouble
        assert trouble is None, f"the embedded engine answered: {trouble}"
    finally:
        if not is_kept:
            _remove(client, f"{prefix}-*")


def server_processes(client: Elasticsearch) -> list[int]:
    """Return the process ids of a server on this machine, or of all nodes of a cluster."""
    nodes: Iterable[dict[str, Any]] = client.nodes.info(metric="process")["nodes"].values()
    return [int(node["process"]["id"]) for node in nodes]
