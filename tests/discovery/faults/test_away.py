"""The server is not there, dies, hangs, comes back or is slow: visitors do not see it."""

import logging
import threading
from typing import Any

import pytest

from socialekaart_plugin.directory.actions import withdraw_record
from socialekaart_plugin.discovery import health
from socialekaart_plugin.discovery.engines import current_engine
from socialekaart_plugin.discovery.engines.base import EngineQuery
from socialekaart_plugin.discovery.engines.elasticsearch.factory import breaker_of
from socialekaart_plugin.discovery.selectors import current_analyzer
from tests.discovery.faults.proxy import Proxy
from tests.discovery.faults.servers import Server, closed_port, eventually
from tests.discovery.faults.site import Site, no_connection, seconds_granted

pytestmark = pytest.mark.elasticsearch


@pytest.fixture(autouse=True)
def always_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is seen in one step is not kept for the next."""
    monkeypatch.setattr(health, "KEPT_FOR", 0.0)


def test_a_server_that_was_never_started_is_not_missed(site_on, caplog):
    caplog.set_level(logging.INFO)
    site = site_on(f"http://127.0.0.1:{closed_port()}", retry_after=60)
    assert site.answers() == site.answers_of_the_database()
    site.publish()
    assert "Budgetkring" in str(site.answers("budgetkring")["api"])
    assert site.health() == {"status": "degraded", "engine": "database"}
    ours = [r.getMessage() for r in caplog.records if r.name.startswith("socialekaart_plugin")]
    assert len(ours) == 1
    assert "in trouble" in ours[0]


def test_saving_and_publishing_open_no_connection(site: Site, proxy: Proxy):
    with no_connection(lambda: proxy.opened):
        proxy.cut()
        record = site.publish()
        record.summary = "Elke dinsdag."
        record.save()
        record.unpublish()
        record.delete()


def test_a_server_that_is_frozen_costs_one_visitor_the_time_out_and_the_others_nothing(
    site: Site, server: Server, proxy: Proxy
):
    expected = site.answers_of_the_database()
    site.use(retry_after=2.0)
    eventually(site.finds)
    server.pause()
    try:
        assert not site.finds()
        with no_connection(lambda: proxy.opened):
            assert site.answers() == expected
            record = site.publish("Kring van de pauze")
            assert site.health()["status"] == "degraded"
        # The next try costs no more.
        eventually(lambda: site.health() and True)
        opened = proxy.opened
        eventually(lambda: not site.finds() and proxy.opened > opened)
        assert proxy.opened == opened + 1
        assert "pauze" in str(site.answers("pauze")["api"])
    finally:
        server.resume()
    eventually(site.finds)
    assert site.health() == {"status": "ok", "engine": "elasticsearch"}
    site.sync()
    site.holds_all_once()
    assert record.name in str(site.answers("pauze")["api"])


def test_what_was_answered_before_is_right_while_the_server_is_away(site: Site, server: Server):
    def found() -> tuple[set[str], bool]:
        engine = current_engine(current_analyzer)
        hits = engine.search(EngineQuery()).hits
        return {hit.payload["name"] for hit in hits}, engine.is_first

    site.use(kept_answers=32)
    record = site.publish("Kring die stopt")
    site.sync()
    before, is_of_elasticsearch = found()
    assert is_of_elasticsearch
    assert "Kring die stopt" in before
    server.pause()
    try:
        # Without the server: it would not have answered.
        with seconds_granted() as granted:
            assert found() == (before, True)
        assert granted == []
        withdraw_record(record=record, reason="Gestopt")
        assert found() == (before - {"Kring die stopt"}, False)
    finally:
        server.resume()
    eventually(site.finds)
    site.sync()
    assert found() == (before - {"Kring die stopt"}, True)
    assert site.health() == {"status": "ok", "engine": "elasticsearch"}


def test_a_server_that_dies_while_it_is_asked_comes_back_with_all_it_had(
    site: Site, server: Server, proxy: Proxy
):
    expected = site.answers_of_the_database()
    site.use(timeout=30)
    eventually(site.finds)
    proxy.halves = True
    dying = threading.Timer(0.1, server.kill)
    dying.start()
    assert not site.finds()
    # As soon as it is dead, not after the time-out.
    dying.join()
    trouble = breaker_of(site.configured).trouble
    assert "no answer" in str(trouble)
    assert "Timeout" not in str(trouble)
    proxy.halves = False
    site.use(timeout=0.5)
    assert site.answers() == expected
    kept = site.publish("Kring van de nacht")
    gone = site.publish("Kring die ophield")
    gone.unpublish()
    assert site.health() == {"status": "degraded", "engine": "database"}
    server.start()
    eventually(site.finds)
    assert site.health()["engine"] == "elasticsearch"
    assert site.answers("ophield")["api"]["meta"]["total_count"] == 0
    site.sync()
    site.sync()
    site.holds_all_once()
    assert kept.name in str(site.answers("nacht")["api"])


def test_a_server_that_lost_everything_is_filled_anew(site: Site, server: Server):
    expected = site.answers_of_the_database()
    server.wipe()
    assert site.answers() == expected
    server.start()
    assert not site.finds()
    assert site.answers() == expected
    assert site.follow().is_rebuilt
    eventually(site.finds)
    site.holds_all_once()
    assert site.health() == {"status": "ok", "engine": "elasticsearch"}


@pytest.mark.parametrize(
    "slowness", [{"delay": 0.7}, {"delay": 0.3}, {"drips": 0.05}], ids=["all", "each", "bytes"]
)
def test_a_slow_server_is_not_waited_for(site: Site, proxy: Proxy, slowness: dict[str, Any]):
    """Whether all of an answer is late, each of several is, or every byte of one."""
    expected = site.answers_of_the_database()
    site.use(retry_after=60)
    for name, value in slowness.items():
        setattr(proxy, name, value)
    assert site.answers() == expected
    # An answer that was waited for would have come from the server.
    assert site.health()["engine"] == "database"
    for name in slowness:
        setattr(proxy, name, 0)
    site.use(retry_after=0.1)
    eventually(site.finds)
