"""One engine that answers when another one cannot: a resident never sees that it was away."""

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
    """Asks one engine, and another one as soon as that is in trouble; then for the whole request.

    After trouble the first one is left alone; now and then one request tries it
    (`CircuitBreaker`).
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
        """Ask these engines.

        Args:
            first: makes the engine that is asked as long as it answers.
            second: makes the one that is asked then.
            breaker: of this process, for the first engine.
            trouble: what the first engine raises when it cannot answer anybody.
            refusals: what it raises when it cannot answer this one request; goes before trouble.
            reason_of: puts either in words for the log, without anything secret or typed.
        """
        self._first = first
        self._second = second
        self._breaker = breaker
        self._trouble = trouble
        self._refusals = refusals
        self._reason_of = reason_of
        self._leave = breaker.allow_request()
        self._engine: Engine | None = None

    @property
    def decided(self) -> str:
        """Mark of what editors decided, as the index knows it."""
        return self._answer(lambda engine: engine.decided)

    @property
    def is_first(self) -> bool:
        """Whether the first engine answered so far."""
        return self._leave is not None

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
        """Put a question to the first engine, or to the other one once that could not answer.

        What the first one knows by itself does not end its trouble.
        """
        leave = self._leave
        if leave is not None:
            try:
                self._engine = self._engine or self._first()
                answer = ask(self._engine)
            except self._refusals as refusal:
                logger.error("A search that the engine refuses: %s", self._reason_of(refusal))
            except self._trouble as error:
                self._breaker.failed(leave, self._reason_of(error))
            else:
                if self._engine.was_answered:
                    self._breaker.succeeded(leave)
                return answer
            self._leave = self._engine = None
        self._engine = self._engine or self._second()
        return ask(self._engine)
