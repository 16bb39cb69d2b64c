"""Health of Elasticsearch, checked by a search, so that it shows what visitors experience."""

from dataclasses import dataclass

from elasticsearch import ApiError, TransportError

from socialekaart_plugin.discovery.engines.circuit_breaker import Trouble
from socialekaart_plugin.discovery.engines.lexicon import AnalyzerFor

from .connection import Configuration, client_of, configuration
from .engine import ElasticsearchEngine
from .errors import IndexTroubleError
from .factory import REFUSALS, TROUBLE, breaker_of, reason_of


@dataclass(frozen=True)
class IndexHealth:
    """Health of the index, as this process sees it.

    Attributes:
        trouble: why the embedded engine answers instead; None when Elasticsearch answers.
        synced_to: number of the last replicated `IndexChange`; None when unknown.
        index: its own name, behind the alias; empty when unknown.
        documents: how many it holds; None when unknown.
        server: version of the server; empty when unknown, or not permitted to know.
        max_lag: seconds that it may lag.
    """

    trouble: Trouble | None
    synced_to: int | None
    index: str
    documents: int | None
    server: str
    max_lag: float


def index_health(analyzer_for: AnalyzerFor) -> IndexHealth:
    """Check the index, unless the circuit breaker is open.

    Raises:
        ImproperlyConfigured: the settings are invalid.
    """
    configured = configuration()
    assert configured is not None  # noqa: S101 - the caller looked
    breaker = breaker_of(configured)
    permit = breaker.allow_request()
    synced_to = documents = None
    index = server = ""
    if permit is not None:
        try:
            status = ElasticsearchEngine(configured, analyzer_for).status()
        except (*TROUBLE, *REFUSALS) as error:
            breaker.failed(permit, reason_of(error))
            if isinstance(error, IndexTroubleError) and error.checkpoint is not None:
                synced_to = error.checkpoint.synced_to
        else:
            breaker.succeeded(permit)
            index, documents, synced_to = (
                status.index,
                status.documents,
                status.checkpoint.synced_to,
            )
            server = _version(configured)
    return IndexHealth(breaker.trouble, synced_to, index, documents, server, configured.max_lag)


def _version(configured: Configuration) -> str:
    """Return the version of the server; empty when the credentials do not permit it."""
    try:
        return str(client_of(configured).info()["version"]["number"])
    except (ApiError, TransportError, LookupError, TypeError):
        return ""
