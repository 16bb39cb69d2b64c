"""The breaker between an engine that may be in trouble and the one that stands in for it."""

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
    """Why an engine is left alone.

    Attributes:
        reason: what it answered, without anything secret and without what visitors typed.
        since: the moment of the first trouble, as this process saw it.
    """

    reason: str
    since: datetime.datetime


class CircuitBreaker:
    """Lets requests through to an engine until it is in trouble; then one now and then, to try.

    For all threads of a process. Nothing is held while an engine works: requests never wait for one
    another here, also not for the one that tries.
    """

    def __init__(
        self, *, retry_after: float, name: str, clock: Callable[[], float] = monotonic
    ) -> None:
        """Let everything through, until the first trouble.

        Args:
            retry_after: seconds from one try to the next.
            name: of the engine, for the log.
            clock: seconds that only go up.
        """
        self._retry_after = retry_after
        self._name = name
        self._clock = clock
        self._lock = Lock()
        self._trouble: Trouble | None = None
        self._next_try = 0.0
        #: Raised with every change of state: what began before it has nothing to say after it.
        self._turn = 0
        #: Reasons of this trouble that the log has.
        self._told: set[str] = set()

    @property
    def trouble(self) -> Trouble | None:
        """Why the engine is left alone; None when it is not."""
        return self._trouble

    def allow_request(self) -> int | None:
        """Return leave to ask the engine; None to leave it alone.

        In trouble one request has leave, and no other until `retry_after` later.
        """
        with self._lock:
            if self._trouble is not None:
                now = self._clock()
                if now < self._next_try:
                    return None
                self._next_try = now + self._retry_after
            return self._turn

    def succeeded(self, leave: int) -> None:
        """Note that the engine answered who had this leave; trouble is over."""
        if self._trouble is None:
            return
        with self._lock:
            over = self._trouble
            if leave != self._turn or over is None:
                return
            self._trouble = None
            self._turn += 1
            self._told = set()
        logger.info("%s answers again; it did not since %s", self._name, over.since.isoformat())

    def failed(self, leave: int, reason: str) -> None:
        """Note that the engine did not answer who had this leave."""
        with self._lock:
            if leave != self._turn:
                return
            self._next_try = self._clock() + self._retry_after
            before = self._trouble
            self._trouble = Trouble(reason, before.since if before else timezone.now())
            if before is None:
                self._turn += 1
            is_told = reason in self._told
            self._told.add(reason)
        if before is None:
            logger.warning("%s is in trouble, the database finds instead: %s", self._name, reason)
        elif not is_told:
            logger.warning("%s is still in trouble: %s", self._name, reason)
