"""How search is: whether it answers, what answers, and how far behind the index is."""

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

#: So many seconds one look holds for all who ask.
KEPT_FOR = 1.0


class Status(StrEnum):
    """How search is."""

    OK = "ok"
    #: Visitors find all the same; someone should have a look.
    DEGRADED = "degraded"
    #: Visitors find nothing.
    DOWN = "down"


@dataclass(frozen=True)
class SearchHealth:
    """How search is, as this process sees it.

    Attributes:
        status: in a word.
        engine: what answers now: `elasticsearch` or `database`.
        documents: how many the index of the database holds for somebody.
        changes: number of the last change of it.
        index: of the server that finds; None on a site without one.
        behind: how many changes are not in that yet; None when unknown.
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
        """Why the server that should find does not."""
        return self.index.trouble if self.index else None

    @property
    def is_late(self) -> bool:
        """Whether the index is behind for longer than half of what it may be."""
        if self.index is None or self.behind_since is None:
            return False
        return timezone.now() - self.behind_since > datetime.timedelta(
            seconds=self.index.max_lag / 2
        )


class _Kept:
    """The last look of this process."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.until = float("-inf")
        self.of: object = None
        self.health: SearchHealth | None = None


_kept = _Kept()


def search_health() -> SearchHealth:
    """Return how search is; looked at no more than once a second, whoever asks.

    Raises:
        ImproperlyConfigured: the settings name no server that can be asked.
    """
    with _kept.lock:
        settings = conf.ELASTICSEARCH
        if _kept.health is None or monotonic() >= _kept.until or _kept.of != settings:
            _kept.health = _looked()
            _kept.until, _kept.of = monotonic() + KEPT_FOR, settings
        return _kept.health


def _looked() -> SearchHealth:
    try:
        documents = SearchDocument.objects.filter(audiences__gt=0).count()
        changes = IndexChange.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        if not conf.ELASTICSEARCH:
            return SearchHealth(Status.OK, "database", documents, changes)
        # Its packages are an extra: only a site that chose it has them.
        from .engines.elasticsearch.health import index_health

        index = index_health(current_analyzer)
        behind, since = _behind(index.synced_to, changes)
    except DatabaseError:
        # Every search asks the database what changed, whatever finds.
        return SearchHealth(Status.DOWN, "")
    engine = "database" if index.trouble else "elasticsearch"
    health = SearchHealth(Status.OK, engine, documents, changes, index, behind, since)
    if index.trouble or health.is_late:
        return SearchHealth(Status.DEGRADED, engine, documents, changes, index, behind, since)
    return health


def _behind(synced_to: int | None, changes: int) -> tuple[int | None, datetime.datetime | None]:
    """Return how many changes an index misses, and since when."""
    if synced_to is None:
        return None, None
    waiting = IndexChange.objects.filter(pk__gt=synced_to).order_by("pk")
    return max(0, changes - synced_to), waiting.values_list("at", flat=True).first()
