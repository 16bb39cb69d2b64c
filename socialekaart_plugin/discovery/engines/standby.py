"""Hot standby: keeps the embedded engine in memory, so that failover is instant."""

import logging
from threading import Lock, Thread
from time import monotonic

from django.db import DatabaseError, connections

from .database.engine import DatabaseEngine
from .lexicon import AnalyzerFor

logger = logging.getLogger(__name__)

#: Seconds after which a search refreshes the standby.
_REFRESH_SECONDS = 60.0


class Standby:
    """Loads the embedded engine into memory in a background thread, and refreshes it."""

    def __init__(self) -> None:
        """Start cold."""
        self._lock = Lock()
        self._fresh_until = float("-inf")

    def keep_ready(self, analyzer_for: AnalyzerFor) -> Thread | None:
        """Start a refresh in the background, when it is due.

        Returns:
            The thread; None when the standby is fresh, or being refreshed.
        """
        now = monotonic()
        with self._lock:
            if now < self._fresh_until:
                return None
            self._fresh_until = now + _REFRESH_SECONDS
        thread = Thread(
            target=self._load, args=[analyzer_for], name="socialekaart-standby", daemon=True
        )
        thread.start()
        return thread

    def _load(self, analyzer_for: AnalyzerFor) -> None:
        try:
            DatabaseEngine(analyzer_for)
        except DatabaseError as error:
            # Searches raise the same error.
            logger.warning("The index of the database could not be read: %s", error)
        finally:
            # Nobody else closes the connections of this thread.
            connections.close_all()


#: The standby of this process.
standby = Standby()
