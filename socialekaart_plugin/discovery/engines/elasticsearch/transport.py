"""Requests to Elasticsearch that end in time, whatever server, network or name service do.

They run in threads of our own, because the time-outs of the client bound neither the look-up of a
host name nor several hosts together: without threads, 5 tests of `test_transport.py` fail.
"""

import os
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextvars import Context, ContextVar, copy_context
from queue import SimpleQueue
from threading import Thread
from time import monotonic
from typing import Any, TypeVar

from elastic_transport import ConnectionTimeout, Transport
from elastic_transport.client_utils import DEFAULT

Answer = TypeVar("Answer")

#: So many requests that were given up may still be under way; a server that lets a byte through
#: now and then would else gather threads.
_MOST_GIVEN_UP = 20

#: Seconds that are left to whoever asks now; None where nobody counts.
_left: ContextVar[float | None] = ContextVar("socialekaart_seconds_left", default=None)


class BoundedTransport(Transport):
    """Gives up after the time-out of a request in all, or after what `Patience` has left.

    The connections below have a time-out for each step: to connect, and for each piece of an
    answer. Finding the address of a host has none, and a second host starts a new time-out.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        """Make the transport with the options of `elastic_transport.Transport`."""
        super().__init__(*args, **options)
        self._given_up: list[Future[Any]] = []

    def perform_request(self, *args: Any, **options: Any) -> Any:
        """Ask, in a thread; as `elastic_transport.Transport.perform_request`.

        Raises:
            elastic_transport.ConnectionTimeout: no whole answer in time.
        """
        seconds = _seconds(options.get("request_timeout", DEFAULT))
        ask = super().perform_request
        if seconds is None:
            return ask(*args, **options)
        self._given_up = [outcome for outcome in self._given_up if not outcome.done()]
        if len(self._given_up) >= _MOST_GIVEN_UP:
            raise ConnectionTimeout("Earlier requests still wait for an answer")
        options["request_timeout"] = seconds
        outcome = _in_thread(lambda: ask(*args, **options))
        try:
            return outcome.result(seconds)
        except TimeoutError:
            if outcome.done():
                return outcome.result()
            self._given_up.append(outcome)
            raise ConnectionTimeout(f"No whole answer within {seconds:.2f} s") from None


def _seconds(given: Any) -> float | None:
    """Return how long a request may take; None when nothing bounds it."""
    left = _left.get()
    if not isinstance(given, int | float):
        return left
    return given if left is None else min(given, left)


class _Asker(Thread):
    """A thread that asks one thing after the other: to start one costs more than to keep it.

    There are never more than requests at once.
    """

    def __init__(self) -> None:
        """Have nothing to do yet."""
        # Whoever ends the process does not wait for a server that does not answer.
        super().__init__(name="socialekaart-ask", daemon=True)
        self.work: SimpleQueue[tuple[Context, Callable[[], Any], Future[Any]]] = SimpleQueue()

    def run(self) -> None:
        """Ask whatever is put into `work`."""
        while True:
            self._ask(*self.work.get())

    def _ask(self, context: Context, ask: Callable[[], Any], outcome: Future[Any]) -> None:
        answer, error = None, None
        try:
            answer = context.run(ask)
        except BaseException as raised:  # whoever waits raises it
            error = raised
        # First, so that who goes on by the outcome finds this thread again.
        _idle.append(self)
        if error is None:
            outcome.set_result(answer)
        else:
            outcome.set_exception(error)


#: The threads of this process that have nothing to do.
_idle: deque[_Asker] = deque()


def _in_thread(ask: Callable[[], Any]) -> Future[Any]:
    try:
        asker = _idle.pop()
    except IndexError:
        asker = _Asker()
        asker.start()
    outcome: Future[Any] = Future()
    asker.work.put((copy_context(), ask, outcome))
    return outcome


# Of another process are its threads.
os.register_at_fork(after_in_child=_idle.clear)


class Patience:
    """What is left of the time that one request of a visitor may wait for Elasticsearch, in all."""

    def __init__(self, seconds: float) -> None:
        """Begin with so many seconds."""
        self._left = seconds

    def spend(self, ask: Callable[[], Answer]) -> Answer:
        """Ask with what is left: `BoundedTransport` keeps to it.

        Raises:
            elastic_transport.ConnectionTimeout: nothing is left.
        """
        if self._left <= 0:
            raise ConnectionTimeout("Answers came too slowly together")
        begun = monotonic()
        before = _left.set(self._left)
        try:
            return ask()
        finally:
            _left.reset(before)
            self._left -= monotonic() - begun
