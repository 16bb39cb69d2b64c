"""Keeping the embedded engine ready beside another one, so that it answers at once when needed."""

import logging
from threading import Lock, Thread
from time import monotonic

from django.db import DatabaseError, connections

from .database.engine import DatabaseEngine
from .lexicon import AnalyzerFor

logger = logging.getLogger(__name__)

#: What a process holds is renewed after so many seconds, as long as it is searched.
_READY_FOR = 60.0


class Standby:
    """Lets a thread read the index of the embedded engine into the process, and renew it."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self._lock = Lock()
        self._ready_until = float("-inf")

    def keep_ready(self, analyzer_for: AnalyzerFor) -> Thread | None:
        """Begin reading when it is time; nobody waits for it.

        Returns:
            The thread that reads; None when what is held is fresh, or is being read.
        """
        now = monotonic()
        with self._lock:
            if now < self._ready_until:
                return None
            self._ready_until = now + _READY_FOR
        thread = Thread(
            target=self._read, args=[analyzer_for], name="socialekaart-standby", daemon=True
        )
        thread.start()
        return thread

    def _read(self, analyzer_for: AnalyzerFor) -> None:
        try:
            DatabaseEngine(analyzer_for)
        except DatabaseError as error:
            # Whoever searches meets it too, and is told.
            logger.warning("The index of the database could not be read: %s", error)
        finally:
            # Of this thread; nobody else closes them.
            connections.close_all()


#: Of this process.
standby = Standby()
