"""Replication to Elasticsearch as actions: sync, rebuild, check, watch."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ImproperlyConfigured
from django.db import InterfaceError, OperationalError, close_old_connections
from django.utils.translation import gettext as _

from socialekaart_plugin.foundation.conf import conf

from .models import IndexChange
from .selectors import current_analyzer

if TYPE_CHECKING:
    # Its packages are an optional extra.
    from .engines.elasticsearch.consistency import ConsistencyReport
    from .engines.elasticsearch.replication import Index, Progress

logger = logging.getLogger(__name__)

#: Seconds between checks without a change: the index may be lost.
_LOOKED_AT_EVERY = 10.0
_FIRST_WAIT, _LONGEST_WAIT = 1.0, 30.0


class IndexUnavailableError(Exception):
    """The index could not be written to; holds a reason for display."""


class NoIndexError(IndexUnavailableError):
    """The settings of Elasticsearch are missing or invalid; a retry does not help."""


@dataclass(frozen=True)
class SyncOutcome:
    """The outcome of a sync.

    Attributes:
        documents: how many were sent.
        is_rebuilt: whether the index was rebuilt.
    """

    documents: int
    is_rebuilt: bool = False


def _silent(_done: int, _total: int) -> None:
    """Report no progress."""


def sync_search_index(
    *, progress: "Progress" = _silent, yields_to_builders: bool = False
) -> SyncOutcome:
    """Send what is newer than the index; rebuild a missing index, or one of another database.

    Args:
        progress: called after every batch with how many documents are sent, and of how many.
        yields_to_builders: do not rebuild while another process does.

    Raises:
        IndexUnavailableError: the server is down, refuses, or is not configured.
    """
    from .engines.elasticsearch.indices import NotBuiltError

    with _index_of_site() as index:
        try:
            return SyncOutcome(index.sync(progress=progress).documents)
        except NotBuiltError as error:
            if yields_to_builders and index.indices.is_being_built():
                return SyncOutcome(0)
            logger.info("The search index is rebuilt: %s", error)
        return SyncOutcome(index.rebuild(progress=progress).documents, is_rebuilt=True)


def rebuild_search_index(*, progress: "Progress" = _silent) -> SyncOutcome:
    """Build a new index beside the live one, then switch to it.

    Args:
        progress: called after every batch with how many documents are sent, and of how many.

    Raises:
        IndexUnavailableError: the server is down, refuses, or is not configured.
    """
    with _index_of_site() as index:
        return SyncOutcome(index.rebuild(progress=progress).documents, is_rebuilt=True)


def check_search_index(*, progress: "Progress" = _silent) -> "ConsistencyReport | None":
    """Compare the index with the table, and repair what differs.

    Args:
        progress: called while all is compared with how many rows are done, and of how many.

    Returns:
        The report; None when the index had to be rebuilt.

    Raises:
        IndexUnavailableError: the server is down, refuses, or is not configured.
    """
    from .engines.elasticsearch.consistency import check
    from .engines.elasticsearch.indices import NotBuiltError

    with _index_of_site() as index:
        try:
            return check(index, progress=progress)
        except NotBuiltError as error:
            logger.info("The search index is rebuilt: %s", error)
        index.rebuild(progress=progress)
        return None


def watch_search_index(
    *,
    seconds: float,
    tell: Callable[[SyncOutcome], None],
    progress: "Progress" = _silent,
) -> None:
    """Sync continuously until the process is stopped; retry errors with backoff.

    Args:
        seconds: between two polls of the database, one query each.
        tell: called after each sync that sent something.
        progress: as `sync_search_index`.

    Raises:
        NoIndexError: the settings are missing or invalid.
    """
    # Fail at once on invalid settings.
    with _index_of_site():
        pass
    seen: object = None
    looked_at, wait, trouble = 0.0, seconds, _Trouble()
    while True:
        try:
            close_old_connections()
            newest = IndexChange.objects.order_by("-pk").values_list("pk", "mark").first()
            if trouble.reasons or newest != seen or time.monotonic() - looked_at > _LOOKED_AT_EVERY:
                outcome = sync_search_index(progress=progress)
                seen, looked_at = newest, time.monotonic()
                if outcome.documents or outcome.is_rebuilt:
                    tell(outcome)
            trouble.end()
            wait = seconds
        except NoIndexError:
            raise
        except (IndexUnavailableError, OperationalError, InterfaceError) as error:
            wait = min(2 * wait, _LONGEST_WAIT) if trouble.reasons else max(_FIRST_WAIT, seconds)
            trouble.report(str(error))
        time.sleep(wait)


class _Trouble:
    """Logs each reason of failure once, and the recovery."""

    def __init__(self) -> None:
        self.reasons: set[str] = set()

    def report(self, reason: str) -> None:
        if not self.reasons:
            logger.warning("The search index does not follow now: %s", reason)
        elif reason not in self.reasons:
            logger.info("Nor does it for another reason: %s", reason)
        self.reasons.add(reason)

    def end(self) -> None:
        if self.reasons:
            logger.info("The search index follows again.")
        self.reasons.clear()


@contextmanager
def _index_of_site() -> "Iterator[Index]":
    """Yield the index of this site; translate errors into messages for display."""
    if not conf.ELASTICSEARCH:
        raise NoIndexError(
            _(
                "This site has no Elasticsearch: SOCIALEKAART_ELASTICSEARCH is empty. "
                "The database finds, and there is no index to keep."
            )
        )
    from elasticsearch import ApiError, TransportError

    from .engines.elasticsearch.bulk_writer import RefusedError
    from .engines.elasticsearch.connection import UnusableError, configuration
    from .engines.elasticsearch.factory import reason_of
    from .engines.elasticsearch.indices import IndexGoneError, NotBuiltError
    from .engines.elasticsearch.replication import Index

    try:
        configured = configuration()
        assert configured is not None  # noqa: S101 - looked at above
        yield Index(configured, current_analyzer)
    except (ImproperlyConfigured, UnusableError) as error:
        raise NoIndexError(
            _("The settings of Elasticsearch are not right: %(reason)s") % {"reason": error}
        ) from error
    except RefusedError as error:
        raise IndexUnavailableError(
            _("Elasticsearch takes no documents: %(reason)s") % {"reason": error}
        ) from error
    except (NotBuiltError, IndexGoneError) as error:
        raise IndexUnavailableError(
            _("The index is removed while it is written to: %(reason)s") % {"reason": error}
        ) from error
    except (ApiError, TransportError) as error:
        raise IndexUnavailableError(
            _("Elasticsearch does not answer as it should: %(reason)s")
            % {"reason": reason_of(error)}
        ) from error
