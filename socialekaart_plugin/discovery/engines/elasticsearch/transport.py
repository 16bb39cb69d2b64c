"""Requests to Elasticsearch that end in time, whatever server, network or name service do."""

from collections.abc import Callable
from concurrent.futures import Future
from contextvars import copy_context
from functools import partial
from threading import Thread
from time import monotonic
from typing import Any

from elastic_transport import ConnectionTimeout, Transport
from elastic_transport.client_utils import DEFAULT

#: So many requests that were given up may still be under way; a server that lets a byte through
#: now and then would else gather threads.
_MOST_GIVEN_UP = 20


class BoundedTransport(Transport):
    """Gives up after the time-out of a request in all.

    The time-out of the connections beneath is one of each step: to connect, and for every piece of
    an answer. Finding the address of a host has none at all, and a second host begins anew.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        """Make the transport with the options of `elastic_transport.Transport`."""
        super().__init__(*args, **options)
        self._given_up: list[Thread] = []

    def perform_request(self, *args: Any, **options: Any) -> Any:
        """Ask, in a thread; as `elastic_transport.Transport.perform_request`.

        Raises:
            elastic_transport.ConnectionTimeout: no whole answer in time.
        """
        seconds = options.get("request_timeout", DEFAULT)
        ask: Callable[[], Any] = partial(super().perform_request, *args, **options)
        if not isinstance(seconds, int | float):
            return ask()
        self._given_up = [thread for thread in self._given_up if thread.is_alive()]
        if len(self._given_up) >= _MOST_GIVEN_UP:
            raise ConnectionTimeout("Earlier requests still wait for an answer")
        outcome: Future[Any] = Future()
        thread = Thread(
            target=copy_context().run, args=[_answer, outcome, ask], name="socialekaart-ask"
        )
        # Whoever ends the process does not wait for a server that does not answer.
        thread.daemon = True
        thread.start()
        try:
            return outcome.result(seconds)
        except TimeoutError:
            if outcome.done():
                return outcome.result()
            self._given_up.append(thread)
            raise ConnectionTimeout(f"No whole answer within {seconds:.2f} s") from None


def _answer(outcome: Future[Any], ask: Callable[[], Any]) -> None:
    try:
        outcome.set_result(ask())
    except BaseException as error:  # whoever waits raises it
        outcome.set_exception(error)


class Patience:
    """What is left of the time that one request of a visitor may wait for Elasticsearch, in all."""

    def __init__(self, seconds: float) -> None:
        """Begin with so many seconds."""
        self._left = seconds

    def spend(self, ask: Callable[[float], Any]) -> Any:
        """Ask with what is left.

        Args:
            ask: is given seconds, and keeps to them.

        Raises:
            elastic_transport.ConnectionTimeout: nothing is left.
        """
        if self._left <= 0:
            raise ConnectionTimeout("Answers came too slowly together")
        begun = monotonic()
        try:
            return ask(self._left)
        finally:
            self._left -= monotonic() - begun
