"""Elasticsearch with the embedded engine behind it, and the breaker between them."""

from functools import lru_cache

import pybreaker
from elasticsearch import ApiError, TransportError

from socialekaart_plugin.discovery.engines.database.engine import DatabaseEngine
from socialekaart_plugin.discovery.engines.guarding import GuardedEngine
from socialekaart_plugin.discovery.engines.lexicon import AnalyzerFor

from .connection import Configuration, configuration
from .engine import ElasticsearchEngine, IndexTroubleError

#: What Elasticsearch raises when it cannot answer; all else is a fault of ours.
TROUBLE = (ApiError, TransportError, IndexTroubleError)


def guarded_engine(analyzer_for: AnalyzerFor) -> GuardedEngine:
    """Return the engine of a site that has an Elasticsearch; it answers also without."""
    configured = configuration()
    assert configured is not None  # noqa: S101 - the caller looked
    return GuardedEngine(
        lambda: ElasticsearchEngine(configured, analyzer_for),
        lambda: DatabaseEngine(analyzer_for),
        breaker_of(configured),
        TROUBLE,
    )


@lru_cache(maxsize=8)
def breaker_of(configured: Configuration) -> pybreaker.CircuitBreaker:
    """Return the breaker of this process: open after the first trouble, then tried now and then."""
    return pybreaker.CircuitBreaker(
        fail_max=1,
        reset_timeout=configured.retry_after,
        # What was asked wrongly says nothing of the server.
        exclude=[lambda error: not isinstance(error, TROUBLE)],
        name=configured.alias,
    )
