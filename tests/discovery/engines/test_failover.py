from collections.abc import Callable, Sequence

import pytest

from socialekaart_plugin.discovery.engines.base import EngineQuery, EngineResults
from socialekaart_plugin.discovery.engines.circuit_breaker import CircuitBreaker
from socialekaart_plugin.discovery.engines.database.engine import DatabaseEngine
from socialekaart_plugin.discovery.engines.failover import FailoverEngine
from socialekaart_plugin.discovery.selectors import current_analyzer

pytestmark = pytest.mark.django_db


class AwayError(Exception):
    """Nobody answers."""


class RefusedError(Exception):
    """Not this question."""


class Shaky(DatabaseEngine):
    """Raises what it is told to, once each."""

    raises: list[Exception] = []
    asked = 0
    was_answered = False

    def search(self, query: EngineQuery) -> EngineResults:
        type(self).asked += 1
        if self.raises:
            raise self.raises.pop(0)
        self.was_answered = True
        return super().search(query)

    def totals(self, queries: Sequence[EngineQuery]) -> list[int]:
        type(self).asked += 1
        return super().totals(queries)


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> CircuitBreaker:
    return CircuitBreaker(retry_after=60, name="It", clock=clock)


@pytest.fixture
def engine(
    breaker: CircuitBreaker, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., FailoverEngine]:
    monkeypatch.setattr(Shaky, "asked", 0)

    def make(*raises: Exception) -> FailoverEngine:
        monkeypatch.setattr(Shaky, "raises", list(raises))
        return FailoverEngine(
            lambda: Shaky(current_analyzer),
            lambda: DatabaseEngine(current_analyzer),
            breaker,
            trouble=(AwayError,),
            refusals=(RefusedError,),
            reason_of=str,
        )

    return make


def test_a_request_that_fell_back_stays_there(engine, breaker, clock, town):
    failover = engine(AwayError("gone"))
    assert failover.search(EngineQuery()).total == 3
    assert not failover.is_first
    # Also when all is well again meanwhile.
    clock.now += 60
    breaker.succeeded(breaker.allow_request())
    assert breaker.trouble is None
    assert failover.totals([EngineQuery()]) == [3]
    assert Shaky.asked == 1


def test_the_next_request_does_not_ask_the_first_engine_at_all(engine, town):
    engine(AwayError("gone")).search(EngineQuery())
    assert engine().search(EngineQuery()).total == 3
    assert Shaky.asked == 1


def test_what_is_refused_is_answered_by_the_other_and_is_no_trouble(engine, breaker, caplog, town):
    assert engine(RefusedError("too long")).search(EngineQuery()).total == 3
    assert breaker.trouble is None
    assert engine().search(EngineQuery()).total == 3
    assert Shaky.asked == 2
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def test_a_fault_of_who_asks_is_neither_hidden_nor_trouble(engine, breaker, town):
    with pytest.raises(LookupError):
        engine().search(EngineQuery(counted=("nonsense",)))
    assert breaker.trouble is None


def test_what_the_first_engine_knows_by_itself_does_not_end_its_trouble(
    engine, breaker, clock, town
):
    engine(AwayError("gone")).search(EngineQuery())
    clock.now += 60
    trying = engine()
    assert trying.is_first
    assert trying.words_like("budget", prefix=True, limit=1)
    assert trying.decided
    assert breaker.trouble is not None
    trying.search(EngineQuery())
    assert breaker.trouble is None


def test_an_engine_that_cannot_be_made_is_in_trouble(breaker, town):
    def fail():
        raise AwayError("no certificate")

    failover = FailoverEngine(
        fail,
        lambda: DatabaseEngine(current_analyzer),
        breaker,
        trouble=(AwayError,),
        refusals=(),
        reason_of=str,
    )
    assert failover.decided
    assert breaker.trouble.reason == "no certificate"
