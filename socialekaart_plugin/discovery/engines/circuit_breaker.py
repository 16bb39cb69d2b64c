"""A circuit breaker: stops requests to an engine that fails, and probes whether it recovered."""

import datetime
import logging
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from time import monotonic

from django.utils import timezone

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Trouble:
    """Why the circuit is open.

    Attributes:
        reason: the error, without secrets or search text.
        since: the moment of the first failure in this process.
    """

    reason: str
    since: datetime.datetime


class CircuitBreaker:
    """Closed until the first failure; while open, lets one request through per `retry_after`.

    Thread-safe. No lock is held during a request, so requests never wait for each other.
    """

    def __init__(
        self, *, retry_after: float, name: str, clock: Callable[[], float] = monotonic
    ) -> None:
        """Start closed.

        Args:
            retry_after: seconds between two probes.
            name: of the engine, for the log.
            clock: monotonic, in seconds.
        """
        self._retry_after = retry_after
        self._name = name
        self._clock = clock
        self._lock = Lock()
        self._trouble: Trouble | None = None
        self._next_try = 0.0
        #: Increases with every change of state, so that outcomes of older requests are ignored.
        self._turn = 0
        #: Reasons already logged while the circuit is open.
        self._logged: set[str] = set()

    @property
    def trouble(self) -> Trouble | None:
        """Why the circuit is open; None when it is closed."""
        return self._trouble

    def allow_request(self) -> int | None:
        """Return a permit for one request, to pass to `succeeded` or `failed`; None to skip it.

        While open, one request per `retry_after` gets a permit.
        """
        with self._lock:
            if self._trouble is not None:
                now = self._clock()
                if now < self._next_try:
                    return None
                self._next_try = now + self._retry_after
            return self._turn

    def succeeded(self, leave: int) -> None:
        """Close the circuit: the request with this permit succeeded."""
        if self._trouble is None:
            return
        with self._lock:
            over = self._trouble
            if leave != self._turn or over is None:
                return
            self._trouble = None
            self._turn += 1
            self._logged = set()
        logger.info("%s answers again; it did not since %s", self._name, over.since.isoformat())

    def failed(self, leave: int, reason: str) -> None:
        """Open the circuit: the request with this permit failed."""
        with self._lock:
            if leave != self._turn:
                return
            self._next_try = self._clock() + self._retry_after
            before = self._trouble
            self._trouble = Trouble(reason, before.since if before else timezone.now())
            if before is None:
                self._turn += 1
            is_logged = reason in self._logged
            self._logged.add(reason)
        if before is None:
            logger.warning("%s is in trouble, the database finds instead: %s", self._name, reason)
        elif not is_logged:
            logger.warning("%s is still in trouble: %s", self._name, reason)
