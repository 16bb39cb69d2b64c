"""Health of search: status, the engine that answers, and the lag of the index."""

import datetime
from dataclasses import dataclass
from enum import StrEnum
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

from django.db import DatabaseError
from django.utils import timezone

from socialekaart_plugin.foundation.conf import conf

from .models import IndexChange, SearchDocument
from .selectors import current_analyzer

if TYPE_CHECKING:
    from .engines.circuit_breaker import Trouble
    from .engines.elasticsearch.health import IndexHealth

#: Seconds for which a result is cached.
KEPT_FOR = 1.0


class Status(StrEnum):
    """The status of search."""

    OK = "ok"
    #: Search works, but needs attention.
    DEGRADED = "degraded"
    #: Search does not work.
    DOWN = "down"


@dataclass(frozen=True)
class SearchHealth:
    """Health of search, as this process sees it.

    Attributes:
        status: overall.
        engine: that answers now: `elasticsearch` or `database`.
        documents: findable documents in the embedded index.
        changes: number of its last change.
        index: health of Elasticsearch; None on a site without it.
        behind: number of changes not replicated yet; None when unknown.
        behind_since: the moment of the first of those.
    """

    status: Status
    engine: str
    documents: int = 0
    changes: int = 0
    index: "IndexHealth | None" = None
    behind: int | None = None
    behind_since: datetime.datetime | None = None

    @property
    def trouble(self) -> "Trouble | None":
        """Why Elasticsearch does not answer."""
        return self.index.trouble if self.index else None

    @property
    def is_late(self) -> bool:
        """Whether the lag is more than half of `max_lag`."""
        if self.index is None or self.behind_since is None:
            return False
        return timezone.now() - self.behind_since > datetime.timedelta(
            seconds=self.index.max_lag / 2
        )


class _Kept:
    """The cached health of this process."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.until = float("-inf")
        self.of: object = None
        self.health: SearchHealth | None = None


_kept = _Kept()


def search_health() -> SearchHealth:
    """Return the health of search; checked at most once a second per process.

    Raises:
        ImproperlyConfigured: the settings of Elasticsearch are invalid.
    """
    with _kept.lock:
        settings = conf.ELASTICSEARCH
        if _kept.health is None or monotonic() >= _kept.until or _kept.of != settings:
            _kept.health = _check()
            _kept.until, _kept.of = monotonic() + KEPT_FOR, settings
        return _kept.health


def _check() -> SearchHealth:
    try:
        documents = SearchDocument.objects.filter(audiences__gt=0).count()
        changes = IndexChange.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        if not conf.ELASTICSEARCH:
            return SearchHealth(Status.OK, "database", documents, changes)
        # Imported late: its packages are an optional extra.
        from .engines.elasticsearch.health import index_health

        index = index_health(current_analyzer)
        behind, since = _behind(index.synced_to, changes)
    except DatabaseError:
        # Every engine needs the database.
        return SearchHealth(Status.DOWN, "")
    engine = "database" if index.trouble else "elasticsearch"
    health = SearchHealth(Status.OK, engine, documents, changes, index, behind, since)
    if index.trouble or health.is_late:
        return SearchHealth(Status.DEGRADED, engine, documents, changes, index, behind, since)
    return health


def _behind(synced_to: int | None, changes: int) -> tuple[int | None, datetime.datetime | None]:
    """Return how many changes are not replicated, and since when."""
    if synced_to is None:
        return None, None
    waiting = IndexChange.objects.filter(pk__gt=synced_to).order_by("pk")
    return max(0, changes - synced_to), waiting.values_list("at", flat=True).first()
