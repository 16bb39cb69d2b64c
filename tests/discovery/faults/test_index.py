"""The index is gone, of another time, blocked, behind or red, or the server is too busy."""

import threading
import time
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from socialekaart_plugin.discovery import health
from socialekaart_plugin.discovery.engines.elasticsearch.bulk_writer import RefusedError
from socialekaart_plugin.discovery.engines.elasticsearch.connection import client_of
from socialekaart_plugin.discovery.engines.elasticsearch.factory import breaker_of
from socialekaart_plugin.discovery.engines.elasticsearch.indices import Indices
from tests.discovery.faults.proxy import Proxy
from tests.discovery.faults.servers import Server, eventually
from tests.discovery.faults.site import Site

pytestmark = pytest.mark.elasticsearch


@pytest.fixture(autouse=True)
def always_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "KEPT_FOR", 0.0)


@pytest.fixture
def client(site: Site) -> Any:
    return client_of(site.configured).options(request_timeout=30)


@pytest.fixture
def index(site: Site, client: Any) -> str:
    [name] = client.indices.get_alias(name=site.configured.alias)
    return str(name)


def remove(site: Site, client: Any, index: str) -> None:
    client.indices.delete(index=index)


def leave_only_an_earlier_mapping(site: Site, client: Any, index: str) -> None:
    alias = site.configured.alias
    earlier = f"{site.configured.index_prefix}-v0"
    client.indices.update_aliases(
        actions=[
            {"remove": {"index": index, "alias": alias}},
            {"add": {"index": index, "alias": earlier}},
        ]
    )


@pytest.mark.parametrize("lose", [remove, leave_only_an_earlier_mapping])
def test_an_index_that_is_not_there_is_built_while_the_database_finds(
    site: Site, client: Any, index: str, lose: Any
):
    expected = site.answers_of_the_database()
    lose(site, client, index)
    assert site.answers() == expected
    assert not site.finds()
    assert site.health() == {"status": "degraded", "engine": "database"}
    site.publish()
    assert site.follow().is_rebuilt
    eventually(site.finds)
    site.holds_all_once()


def test_an_index_that_takes_no_writes_is_searched_and_catches_up_when_it_does(
    site: Site, client: Any, index: str
):
    """As Elasticsearch blocks it when the disk is full."""

    def block(value: bool | None) -> None:
        client.indices.put_settings(
            index=index, settings={"index.blocks.read_only_allow_delete": value}
        )

    block(True)
    site.publish("Budgetkring Noord")
    eventually(site.finds)
    gone = site.publish("Budgetkring Zuid")
    gone.unpublish()
    assert site.health()["engine"] == "elasticsearch"
    with pytest.raises(RefusedError, match="disk usage"):
        site.sync()
    assert site.finds()
    block(None)
    site.sync()
    site.holds_all_once()


def test_an_index_that_is_too_far_behind_is_left_alone_until_it_is_not(site: Site):
    site.use(max_lag=0.05)
    eventually(site.finds)
    record = site.publish("Budgetkring West")
    time.sleep(0.1)
    assert not site.finds()
    assert record.name in str(site.answers("budgetkring")["api"])
    assert site.health()["status"] == "degraded"
    site.sync()
    eventually(site.finds)
    site.holds_all_once()


def test_an_index_of_which_a_part_is_away_does_not_answer_in_part(
    site: Site, client: Any, index: str
):
    """Red: what the alias leads to has a shard that no node may have."""
    expected = site.answers_of_the_database()
    other, alias = f"{site.configured.index_prefix}-red", site.configured.alias
    nowhere = "index.routing.allocation.require._name"
    client.indices.create(
        index=other, settings={nowhere: "nowhere"}, aliases={alias: {}}, wait_for_active_shards="0"
    )
    assert client.cluster.health(index=other)["status"] == "red"
    assert site.answers() == expected
    assert not site.finds()
    trouble = breaker_of(site.configured).trouble
    assert trouble is not None
    assert trouble.reason.startswith("503")
    assert site.health() == {"status": "degraded", "engine": "database"}
    site.publish()
    client.indices.put_settings(index=other, settings={nowhere: None})
    eventually(site.finds)
    client.indices.delete(index=other)
    site.sync()
    site.holds_all_once()


def limit_requests(server: Server, limit: str | None) -> None:
    """Let the server answer 429 to what is larger, as it does when it has no memory left."""
    settings = {"network.breaker.inflight_requests.limit": limit}
    with Elasticsearch(server.url, request_timeout=30) as client:
        client.cluster.put_settings(persistent=settings)


def test_a_server_that_is_too_busy_is_given_rest_and_then_all_that_it_missed(
    site: Site, server: Server
):
    site.publish("Budgetkring Midden")
    expected = site.answers_of_the_database()
    limit_requests(server, "10b")
    rested = threading.Timer(1.0, limit_requests, [server, None])
    try:
        assert not site.finds()
        trouble = breaker_of(site.configured).trouble
        assert trouble is not None
        assert trouble.reason == "429 circuit_breaking_exception"
        assert site.answers() == expected
    finally:
        rested.start()
    # What is too much now is tried again.
    site.sync()
    rested.join()
    eventually(site.finds)
    site.holds_all_once()


PAGE = b"<html>Bad gateway</html>"
HEAD = b"HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n%s\r\n"


@pytest.mark.parametrize(
    "answer",
    [
        HEAD % (b"502 Bad Gateway", b"text/html", len(PAGE), b"") + PAGE,
        HEAD % (b"200 OK", b"text/html", len(PAGE), b"") + PAGE,
        HEAD % (b"200 OK", b"application/json", 2, b"X-Elastic-Product: Elasticsearch\r\n") + b"{}",
        HEAD % (b"200 OK", b"application/json", 2, b"X-Elastic-Product: Elasticsearch\r\n") + b"[]",
        HEAD % (b"200 OK", b"application/json", 2, b"X-Elastic-Product: Elasticsearch\r\n") + b"{{",
        b"SSH-2.0-OpenSSH_9.2\r\n",
    ],
    ids=["502", "a page", "nothing", "a list", "no JSON", "no HTTP"],
)
def test_whatever_answers_in_place_of_the_server_is_taken_for_no_answer(
    site: Site, proxy: Proxy, answer: bytes
):
    expected = site.answers_of_the_database()
    proxy.cut()
    proxy.answer = answer
    assert site.answers() == expected
    assert site.health()["engine"] == "database"
    proxy.cut()
    proxy.answer = b""
    eventually(site.finds)


def test_a_question_that_is_refused_says_nothing_of_the_server(
    site: Site, client: Any, index: str, caplog: pytest.LogCaptureFixture
):
    client.indices.put_settings(index=index, settings={"index.max_result_window": 1})
    expected = site.answers_of_the_database("hulp")
    assert site.answers("hulp") == expected
    assert "hulp" not in " ".join(r.getMessage() for r in caplog.records if r.levelname == "ERROR")
    assert breaker_of(site.configured).trouble is None
    assert site.finds()


def test_merging_that_takes_longer_than_a_connection_may_is_waited_for(
    site: Site, proxy: Proxy, caplog: pytest.LogCaptureFixture
):
    site.publish()
    site.sync()
    hasty = client_of(site.configured).options(request_timeout=0.2)
    indices = Indices(site.configured, hasty)
    name = indices.live_index()
    proxy.delay = 0.5
    timer = threading.Timer(0.6, setattr, (proxy, "delay", 0.0))
    timer.start()
    indices.merge(name)
    # Until the delay was over no answer could come in time.
    assert proxy.delay == 0.0
    timer.join()
    assert "could not be merged" not in caplog.text
    site.holds_all_once()
