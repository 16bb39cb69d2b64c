"""Requests end in time, and nothing of a process is left in another; no server is needed."""

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from elastic_transport import (
    ApiResponseMeta,
    ConnectionError,
    ConnectionTimeout,
    HttpHeaders,
    NodeConfig,
)
from elasticsearch import ApiError

from socialekaart_plugin.discovery.engines.elasticsearch import transport
from socialekaart_plugin.discovery.engines.elasticsearch.connection import (
    client_of,
    read_configuration,
)
from socialekaart_plugin.discovery.engines.elasticsearch.factory import breaker_of, reason_of
from socialekaart_plugin.discovery.engines.elasticsearch.transport import Patience

#: A host whose name is never found, nor not found.
STUCK = "http://stuck.invalid:9200"


@pytest.fixture
def silent_host():
    """Takes connections, and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


@pytest.fixture
def stuck_names(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A name service that answers nobody before the test is over."""
    over = threading.Event()

    def stuck(*args, **kwargs):
        over.wait(60)
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", stuck)
    yield
    over.set()


def given_up_after(seconds: float, ask: Callable[[], object]) -> None:
    """See that a request is given up because so many seconds were over: it says how many."""
    with pytest.raises(ConnectionTimeout) as given_up:
        ask()
    assert given_up.value.message == f"No whole answer within {seconds:.2f} s"


def info_of(**given: Any) -> Callable[[], object]:
    return client_of(read_configuration(given)).info


def test_a_host_that_is_silent_is_given_up_in_time(silent_host):
    with pytest.raises(ConnectionTimeout):
        info_of(hosts=[silent_host], timeout=0.3)()


def test_several_hosts_have_the_time_of_one(monkeypatch):
    def slow(*args, **kwargs):
        time.sleep(0.2)
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    # Each is in time, both together are not: who waited would be told that neither is there.
    given_up_after(
        0.3, info_of(hosts=["http://a.invalid:9200", "http://b.invalid:9200"], timeout=0.3)
    )


def test_looking_up_a_name_counts_as_well(stuck_names):
    given_up_after(0.3, info_of(hosts=[STUCK], timeout=0.3))


def test_requests_that_were_given_up_and_never_end_do_not_pile_up(stuck_names):
    client = client_of(read_configuration({"hosts": [STUCK]}))
    for _ in range(20):
        with pytest.raises(ConnectionTimeout):
            client.options(request_timeout=0.01).info()
    with pytest.raises(ConnectionTimeout) as given_up:
        client.options(request_timeout=30).info()
    assert given_up.value.message == "Earlier requests still wait for an answer"


def test_all_that_one_visitor_asks_has_the_time_together(stuck_names, monkeypatch):
    seconds = 0.0

    def wait(more: float) -> None:
        nonlocal seconds
        seconds += more

    monkeypatch.setattr(transport, "monotonic", lambda: seconds)
    info = info_of(hosts=[STUCK], timeout=30)
    patience = Patience(0.4)
    patience.spend(lambda: wait(0.3))
    given_up_after(0.1, lambda: patience.spend(info))
    patience.spend(lambda: wait(0.2))
    with pytest.raises(ConnectionTimeout) as given_up:
        patience.spend(info)
    assert given_up.value.message == "Answers came too slowly together"


def test_who_counts_no_longer_has_the_time_of_the_settings_again(stuck_names):
    info = info_of(hosts=[STUCK], timeout=0.6)
    given_up_after(0.1, lambda: Patience(0.1).spend(info))
    given_up_after(0.6, info)


def test_a_thread_asks_one_request_after_the_other():
    with socket.create_server(("127.0.0.1", 0)) as server:
        refused = f"http://127.0.0.1:{server.getsockname()[1]}"
    client = client_of(read_configuration({"hosts": [refused], "timeout": 5}))
    for _ in range(3):
        with pytest.raises(ConnectionError):
            client.info()
    before = {thread for thread in threading.enumerate() if thread.name == "socialekaart-ask"}
    for _ in range(20):
        with pytest.raises(ConnectionError):
            client.info()
    after = {thread for thread in threading.enumerate() if thread.name == "socialekaart-ask"}
    assert before == after


def test_a_process_that_is_split_off_has_connections_and_a_breaker_of_its_own(silent_host):
    configured = read_configuration({"hosts": [silent_host]})
    client, breaker = client_of(configured), breaker_of(configured)
    breaker.failed(breaker.allow_request(), "no answer")
    child = os.fork()
    if not child:
        is_own = client_of(configured) is not client and breaker_of(configured).trouble is None
        os._exit(0 if is_own else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert client_of(configured) is client


@pytest.mark.parametrize(
    ("message", "body", "said"),
    [
        ("circuit_breaking_exception", {"error": {}}, "503 circuit_breaking_exception"),
        ("None", None, "503"),
        ("<html>Bezet</html>", "<html>Bezet</html>", "503"),
        ("Bezet", "Bezet", "503"),
    ],
)
def test_what_a_refusal_says_of_itself_is_told_and_nothing_else(message, body, said):
    meta = ApiResponseMeta(503, "1.1", HttpHeaders(), 0.1, NodeConfig("http", "a", 9200))
    assert reason_of(ApiError(message, meta, body)) == said


def test_what_is_secret_is_in_no_representation():
    configured = read_configuration(
        {"hosts": ["http://site:mum%40home@a:9200", "http://b:9200"], "index_prefix": "x"}
    )
    assert configured.hosts == ("http://a:9200", "http://b:9200")
    assert configured.basic_auth == ("site", "mum@home")
    assert "mum" not in repr(configured)
    assert "secret" not in repr(read_configuration({"hosts": ["http://a:1"], "api_key": "secret"}))
