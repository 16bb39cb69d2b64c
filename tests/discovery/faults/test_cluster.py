"""Three nodes, and one of them dies: nobody notices, and nothing is lost."""

from collections.abc import Callable, Iterator

import pytest
from elasticsearch import ApiError, Elasticsearch, TransportError

from socialekaart_plugin.discovery import health
from tests.discovery.faults.servers import Server, elasticsearch, eventually
from tests.discovery.faults.site import Site

pytestmark = pytest.mark.elasticsearch


@pytest.fixture(scope="module")
def nodes() -> Iterator[list[Server]]:
    elasticsearch("start", "cluster")
    yield [Server(f"node{number}") for number in (1, 2, 3)]
    elasticsearch("wipe", "cluster")


def test_one_of_three_nodes_dies_while_search_and_sync_go_on(
    nodes: list[Server], site_on: Callable[..., Site], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(health, "KEPT_FOR", 0.0)
    site = site_on(*(node.url for node in nodes), shards=2, sync_timeout=20)
    site.rebuild()
    with Elasticsearch([node.url for node in nodes], request_timeout=30) as client:
        client.cluster.health(index=site.configured.alias, wait_for_status="green", timeout="30s")
        eventually(site.finds)
        copies = client.cat.shards(index=site.configured.alias, format="json")
        holder = next(each["node"] for each in copies if each["prirep"] == "p")
    expected = site.answers_of_the_database()
    assert site.answers() == expected
    [dying] = [node for node in nodes if node.name == holder]
    dying.kill()
    # Right at once, whoever answers; and by the two that are left before anyone repairs the third.
    assert site.answers() == expected
    eventually(site.finds, within=40)
    kept = site.publish("Kring van de drie")
    gone = site.publish("Kring van de twee")
    gone.unpublish()
    eventually(lambda: synced(site), within=40)
    site.holds_all_once()
    assert kept.name in str(site.answers("kring")["api"])
    assert site.health() == {"status": "ok", "engine": "elasticsearch"}


def synced(site: Site) -> bool:
    """Follow, as the timer does: what fails is tried again."""
    try:
        site.sync()
    except (ApiError, TransportError):
        return False
    return True
