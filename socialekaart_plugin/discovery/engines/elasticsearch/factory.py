"""Elasticsearch with the embedded engine behind it, and the breaker between them."""

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

#: What Elasticsearch raises when it cannot answer; all else is a fault of ours.
TROUBLE = (ApiError, TransportError, IndexTroubleError, UnusableError)
#: What it raises for one question; of the server that says nothing.
REFUSALS = (BadRequestError, QuestionRefusedError)


def failover_engine(analyzer_for: AnalyzerFor) -> FailoverEngine:
    """Return the engine of a site that has an Elasticsearch; it answers also without."""
    configured = configuration()
    assert configured is not None  # noqa: S101 - the caller looked
    if configured.keep_fallback:
        standby.keep_ready(analyzer_for)
    breaker = breaker_of(configured)
    return FailoverEngine(
        # Whoever tries whether trouble is over asks the server itself.
        lambda: ElasticsearchEngine(configured, analyzer_for, keeps=breaker.trouble is None),
        lambda: DatabaseEngine(analyzer_for),
        breaker,
        trouble=TROUBLE,
        refusals=REFUSALS,
        reason_of=reason_of,
    )


@lru_cache(maxsize=8)
def breaker_of(configured: Configuration) -> CircuitBreaker:
    """Return the breaker of this process: open after the first trouble, then tried now and then."""
    return CircuitBreaker(retry_after=configured.retry_after, name="Elasticsearch")


def reason_of(error: Exception) -> str:
    """Return what is wrong, in a few words; without addresses, keys, or what someone typed."""
    if isinstance(error, ApiError):
        # A proxy in between answers whole pages, or nothing at all.
        is_said = isinstance(error.body, dict) and error.message.isidentifier()
        kind = error.message if is_said else ""
        return f"{error.status_code} {kind}".strip()
    if isinstance(error, TransportError):
        return f"no answer ({type(error).__name__})"
    return str(error)


# Of another process are its threads, and what they hold.
os.register_at_fork(after_in_child=breaker_of.cache_clear)
