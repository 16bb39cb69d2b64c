import logging
from threading import Barrier, Thread

import pytest

from socialekaart_plugin.discovery.engines.circuit_breaker import CircuitBreaker


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def breaker(clock):
    return CircuitBreaker(retry_after=5.0, name="The server", clock=clock)


def test_it_lets_everyone_through_until_there_is_trouble(breaker):
    leaves = [breaker.allow_request() for _ in range(3)]
    assert None not in leaves
    breaker.failed(leaves[0], "no answer")
    assert breaker.allow_request() is None
    assert breaker.trouble.reason == "no answer"


def test_after_a_while_one_may_try_and_nobody_else(breaker, clock):
    breaker.failed(breaker.allow_request(), "no answer")
    clock.now += 4.9
    assert breaker.allow_request() is None
    clock.now += 0.1
    assert [breaker.allow_request() is None for _ in range(3)] == [False, True, True]


def test_of_many_threads_at_once_one_may_try(breaker, clock):
    breaker.failed(breaker.allow_request(), "no answer")
    clock.now += 5
    start, leaves = Barrier(16), []

    def ask():
        start.wait()
        leaves.append(breaker.allow_request())

    threads = [Thread(target=ask) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([leave for leave in leaves if leave is not None]) == 1


def test_a_try_that_succeeds_ends_the_trouble_and_one_that_fails_does_not(breaker, clock):
    breaker.failed(breaker.allow_request(), "no answer")
    since = breaker.trouble.since
    clock.now += 5
    breaker.failed(breaker.allow_request(), "503")
    assert (breaker.trouble.reason, breaker.trouble.since) == ("503", since)
    assert breaker.allow_request() is None
    clock.now += 5
    breaker.succeeded(breaker.allow_request())
    assert breaker.trouble is None
    assert breaker.allow_request() is not None


def test_a_try_that_never_ended_is_followed_by_another(breaker, clock):
    breaker.failed(breaker.allow_request(), "no answer")
    clock.now += 5
    assert breaker.allow_request() is not None
    clock.now += 5
    assert breaker.allow_request() is not None


def test_what_began_before_the_trouble_says_nothing_after_it(breaker, clock):
    slow, first = breaker.allow_request(), breaker.allow_request()
    breaker.failed(first, "no answer")
    breaker.succeeded(slow)
    assert breaker.trouble is not None
    clock.now += 5
    breaker.succeeded(breaker.allow_request())
    breaker.failed(slow, "no answer")
    assert breaker.trouble is None


def test_the_log_has_a_line_a_change_and_none_a_request(breaker, clock, caplog):
    caplog.set_level(logging.INFO)
    both = breaker.allow_request(), breaker.allow_request()
    for leave in both:
        breaker.failed(leave, "no answer")
    for reason in ("no answer", "503", "no answer", "503"):
        clock.now += 5
        breaker.failed(breaker.allow_request(), reason)
    clock.now += 5
    breaker.succeeded(breaker.allow_request())
    breaker.succeeded(breaker.allow_request())
    lines = [record.getMessage() for record in caplog.records]
    assert len(lines) == 3
    assert lines[0] == "The server is in trouble, the database finds instead: no answer"
    assert lines[1] == "The server is still in trouble: 503"
    assert lines[2].startswith("The server answers again")
