"""Makes the engine of a site with Elasticsearch: failover to the embedded engine."""

import os
from functools import lru_cache

from elasticsearch import ApiError, BadRequestError, TransportError

from socialekaart_plugin.discovery.engines.circuit_breaker import CircuitBreaker
from socialekaart_plugin.discovery.engines.database.engine import DatabaseEngine
from socialekaart_plugin.discovery.engines.failover import FailoverEngine
from socialekaart_plugin.discovery.engines.lexicon import AnalyzerFor
from socialekaart_plugin.discovery.engines.standby import standby

from .connection import Configuration, UnusableError, configuration
from .engine import ElasticsearchEngine
from .errors import IndexTroubleError, QuestionRefusedError

#: Raised when Elasticsearch cannot answer anybody; all other exceptions are our bugs.
TROUBLE = (ApiError, TransportError, IndexTroubleError, UnusableError)
#: Raised when it rejects one query; says nothing about the health of the server.
REFUSALS = (BadRequestError, QuestionRefusedError)


def failover_engine(analyzer_for: AnalyzerFor) -> FailoverEngine:
    """Return the failover engine of this site."""
    configured = configuration()
    assert configured is not None  # noqa: S101 - the caller looked
    if configured.keep_fallback:
        standby.keep_ready(analyzer_for)
    breaker = breaker_of(configured)
    return FailoverEngine(
        # The request that probes a failed server must not be answered by the cache.
        lambda: ElasticsearchEngine(configured, analyzer_for, use_cache=breaker.trouble is None),
        lambda: DatabaseEngine(analyzer_for),
        breaker,
        trouble=TROUBLE,
        refusals=REFUSALS,
        reason_of=reason_of,
    )


@lru_cache(maxsize=8)
def breaker_of(configured: Configuration) -> CircuitBreaker:
    """Return the circuit breaker of this process: opens at the first failure, then probes."""
    return CircuitBreaker(retry_after=configured.retry_after, name="Elasticsearch")


def reason_of(error: Exception) -> str:
    """Return a short reason, without addresses, credentials or search text."""
    if isinstance(error, ApiError):
        # A proxy may answer a whole page, or nothing.
        is_said = isinstance(error.body, dict) and error.message.isidentifier()
        kind = error.message if is_said else ""
        return f"{error.status_code} {kind}".strip()
    if isinstance(error, TransportError):
        return f"no answer ({type(error).__name__})"
    return str(error)


# A forked process starts with breakers of its own.
os.register_at_fork(after_in_child=breaker_of.cache_clear)
