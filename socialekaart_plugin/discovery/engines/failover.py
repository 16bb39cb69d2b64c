"""Failover: when the primary engine fails, the secondary answers within the same request."""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from socialekaart_plugin.foundation.audiences import Audience

from .base import Engine, EngineQuery, EngineResults, Named, Value
from .circuit_breaker import CircuitBreaker

logger = logging.getLogger(__name__)

Answer = TypeVar("Answer")
Errors = tuple[type[Exception], ...]


class FailoverEngine(Engine):
    """Uses the first engine until it fails, then the second one for the rest of the request.

    After a failure later requests skip the first engine, except for probes (`CircuitBreaker`).
    """

    def __init__(
        self,
        first: Callable[[], Engine],
        second: Callable[[], Engine],
        breaker: CircuitBreaker,
        *,
        trouble: Errors,
        refusals: Errors,
        reason_of: Callable[[Exception], str],
    ) -> None:
        """Combine two engines.

        Args:
            first: makes the primary engine.
            second: makes the secondary engine.
            breaker: of this process, for the first engine.
            trouble: exceptions of the first engine that open the circuit.
            refusals: exceptions that concern one query only; take precedence over `trouble`.
            reason_of: describes either for the log, without secrets or search text.
        """
        self._first = first
        self._second = second
        self._breaker = breaker
        self._trouble = trouble
        self._refusals = refusals
        self._reason_of = reason_of
        self._permit = breaker.allow_request()
        self._engine: Engine | None = None

    @property
    def decided(self) -> str:
        """Mark of the current rules of editors."""
        return self._answer(lambda engine: engine.decided)

    @property
    def is_first(self) -> bool:
        """Whether the first engine is still in use."""
        return self._permit is not None

    def search(self, query: EngineQuery) -> EngineResults:
        """Find records.

        Raises:
            LookupError: a facet that does not exist.
        """
        return self._answer(lambda engine: engine.search(query))

    def totals(self, queries: Sequence[EngineQuery]) -> list[int]:
        """Return the number of hits of each query."""
        return self._answer(lambda engine: engine.totals(queries))

    def words_like(self, word: str, *, prefix: bool, limit: int) -> list[str]:
        """Return indexed words (folded) that start with `word`, or resemble it."""
        return self._answer(lambda engine: engine.words_like(word, prefix=prefix, limit=limit))

    def names(self, words: Iterable[str], *, audience: Audience, limit: int) -> list[Named]:
        """Return organisations, activities and places whose name has these words."""
        asked = list(words)
        return self._answer(lambda engine: engine.names(asked, audience=audience, limit=limit))

    def values(self, facet: str) -> Mapping[str, Value]:
        """Return the values of a facet."""
        return self._answer(lambda engine: engine.values(facet))

    def point_of(self, postcode: str, *, audience: Audience) -> tuple[float, float] | None:
        """Return the centroid of the places with a postcode."""
        return self._answer(lambda engine: engine.point_of(postcode, audience=audience))

    def _answer(self, ask: Callable[[Engine], Answer]) -> Answer:
        """Call the first engine, or the second one after a failure.

        Only a response of the server closes the circuit; one from memory or cache does not.
        """
        permit = self._permit
        if permit is not None:
            try:
                self._engine = self._engine or self._first()
                answer = ask(self._engine)
            except self._refusals as refusal:
                logger.error("A search that the engine refuses: %s", self._reason_of(refusal))
            except self._trouble as error:
                self._breaker.failed(permit, self._reason_of(error))
            else:
                if self._engine.was_answered:
                    self._breaker.succeeded(permit)
                return answer
            self._permit = self._engine = None
        self._engine = self._engine or self._second()
        return ask(self._engine)
