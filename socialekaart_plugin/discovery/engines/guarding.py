"""One engine that answers when another one cannot: a resident never sees that it was away."""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

import pybreaker

from socialekaart_plugin.foundation.audiences import Audience

from .base import Engine, EngineQuery, EngineResults, Named, Value

logger = logging.getLogger(__name__)

Answer = TypeVar("Answer")


class GuardedEngine(Engine):
    """Asks one engine, and another one as soon as that is in trouble; for the whole request.

    After trouble the first one is left alone for a while (the breaker is open), then tried again by
    one request (half open).
    """

    def __init__(
        self,
        first: Callable[[], Engine],
        second: Callable[[], Engine],
        breaker: pybreaker.CircuitBreaker,
        trouble: tuple[type[Exception], ...],
    ) -> None:
        """Ask these engines.

        Args:
            first: makes the engine that is asked as long as it answers.
            second: makes the one that is asked then.
            breaker: of this process, for the first engine.
            trouble: what the first engine raises when it cannot answer.
        """
        self._second = second
        self._breaker = breaker
        self._trouble = trouble
        self._engine = first()
        self._is_first = True

    @property
    def decided(self) -> str:
        """Mark of what editors decided, as the index knows it."""
        return self._engine.decided

    @property
    def is_first(self) -> bool:
        """Whether the first engine answered so far."""
        return self._is_first

    def search(self, query: EngineQuery) -> EngineResults:
        """Find records.

        Raises:
            LookupError: a facet that does not exist.
        """
        return self._answer(lambda engine: engine.search(query))

    def totals(self, queries: Sequence[EngineQuery]) -> list[int]:
        """Return how many records fit each query."""
        return self._answer(lambda engine: engine.totals(queries))

    def words_like(self, word: str, *, prefix: bool, limit: int) -> list[str]:
        """Return folded words of the records that begin with `word`, or resemble it."""
        return self._answer(lambda engine: engine.words_like(word, prefix=prefix, limit=limit))

    def names(self, words: Iterable[str], *, audience: Audience, limit: int) -> list[Named]:
        """Return organisations, activities and places whose name has these words."""
        asked = list(words)
        return self._answer(lambda engine: engine.names(asked, audience=audience, limit=limit))

    def values(self, facet: str) -> Mapping[str, Value]:
        """Return what is known of the values of a facet."""
        return self._answer(lambda engine: engine.values(facet))

    def point_of(self, postcode: str, *, audience: Audience) -> tuple[float, float] | None:
        """Return the middle of the places with a postcode."""
        return self._answer(lambda engine: engine.point_of(postcode, audience=audience))

    def _answer(self, ask: Callable[[Engine], Answer]) -> Answer:
        if self._is_first:
            try:
                answer: Answer = self._breaker.call(ask, self._engine)
                return answer
            except pybreaker.CircuitBreakerError:
                pass
            except self._trouble as error:
                logger.warning("Search falls back to the database: %s", error)
            self._is_first = False
            self._engine = self._second()
        return ask(self._engine)
