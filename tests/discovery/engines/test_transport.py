"""Requests end in time, and nothing of a process is left in another; no server is needed."""

import os
import socket
import threading
import time

import pytest
from elastic_transport import (
    ApiResponseMeta,
    ConnectionError,
    ConnectionTimeout,
    HttpHeaders,
    NodeConfig,
)
from elasticsearch import ApiError

from socialekaart_plugin.discovery.engines.elasticsearch.connection import (
    client_of,
    read_configuration,
)
from socialekaart_plugin.discovery.engines.elasticsearch.factory import breaker_of, reason_of
from socialekaart_plugin.discovery.engines.elasticsearch.transport import Patience


@pytest.fixture
def silent_host():
    """Takes connections, and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def seconds_until_given_up(**given):
    client = client_of(read_configuration({"timeout": 0.3, **given}))
    begun = time.monotonic()
    with pytest.raises(ConnectionTimeout):
        client.options(request_timeout=0.3).info()
    return time.monotonic() - begun


def test_a_host_that_is_silent_is_given_up_in_time(silent_host):
    assert 0.25 < seconds_until_given_up(hosts=[silent_host]) < 0.9


def test_several_hosts_have_the_time_of_one(silent_host):
    hosts = [silent_host, silent_host.replace("127.0.0.1", "localhost")]
    assert seconds_until_given_up(hosts=hosts) < 0.9


def test_looking_up_a_name_counts_as_well(monkeypatch):
    def slow(*args, **kwargs):
        time.sleep(2)
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    assert seconds_until_given_up(hosts=["http://search.invalid:9200"]) < 0.9


def test_requests_that_were_given_up_and_never_end_do_not_pile_up(monkeypatch):
    def stuck(*args, **kwargs):
        time.sleep(5)
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", stuck)
    client = client_of(read_configuration({"hosts": ["http://stuck.invalid:9200"]}))
    for _ in range(20):
        with pytest.raises(ConnectionTimeout):
            client.options(request_timeout=0.01).info()
    begun = time.monotonic()
    with pytest.raises(ConnectionTimeout):
        client.options(request_timeout=3).info()
    assert time.monotonic() - begun < 1


def test_all_that_one_visitor_asks_has_the_time_together(silent_host):
    client = client_of(read_configuration({"hosts": [silent_host], "timeout": 30}))
    patience = Patience(0.4)
    patience.spend(lambda: time.sleep(0.3))
    begun = time.monotonic()
    with pytest.raises(ConnectionTimeout):
        patience.spend(client.info)
    assert time.monotonic() - begun < 0.25
    with pytest.raises(ConnectionTimeout):
        patience.spend(client.info)
    assert time.monotonic() - begun < 0.25


def test_who_counts_no_longer_has_the_time_of_the_settings_again(silent_host):
    client = client_of(read_configuration({"hosts": [silent_host], "timeout": 0.6}))
    with pytest.raises(ConnectionTimeout):
        Patience(0.1).spend(client.info)
    begun = time.monotonic()
    with pytest.raises(ConnectionTimeout):
        client.info()
    assert time.monotonic() - begun > 0.5


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
