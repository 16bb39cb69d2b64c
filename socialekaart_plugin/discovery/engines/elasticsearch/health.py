"""How Elasticsearch is: asked as a search asks it, so that the answer is that of a search."""

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
    """How the index of a site is, as this process sees it.

    Attributes:
        trouble: why the database finds instead; None when Elasticsearch finds.
        synced_to: number of the last `IndexChange` that is in it; None when it could not be asked.
        index: its own name, behind the alias; empty when it could not be asked.
        documents: how many it holds; None when it could not be asked.
        server: version of the server; empty when it could not, or may not, be asked.
        max_lag: seconds that it may be behind.
    """

    trouble: Trouble | None
    synced_to: int | None
    index: str
    documents: int | None
    server: str
    max_lag: float


def index_health(analyzer_for: AnalyzerFor) -> IndexHealth:
    """Ask how the index is; while it is left alone, nothing is asked (`CircuitBreaker`).

    Raises:
        ImproperlyConfigured: the settings name no server that can be asked.
    """
    configured = configuration()
    assert configured is not None  # noqa: S101 - the caller looked
    breaker = breaker_of(configured)
    leave = breaker.allow_request()
    synced_to = documents = None
    index = server = ""
    if leave is not None:
        try:
            seen = ElasticsearchEngine(configured, analyzer_for).look()
        except (*TROUBLE, *REFUSALS) as error:
            breaker.failed(leave, reason_of(error))
            if isinstance(error, IndexTroubleError) and error.state is not None:
                synced_to = error.state.synced_to
        else:
            breaker.succeeded(leave)
            index, documents, synced_to = seen.index, seen.documents, seen.state.synced_to
            server = _version(configured)
    return IndexHealth(breaker.trouble, synced_to, index, documents, server, configured.max_lag)


def _version(configured: Configuration) -> str:
    """Return the version of the server; empty when the key is not allowed to know."""
    try:
        return str(client_of(configured).info()["version"]["number"])
    except (ApiError, TransportError, LookupError, TypeError):
        return ""
