"""Processes that keep the index: one that is killed, two at once, and one that stays."""

import signal
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from socialekaart_plugin.directory.actions import withdraw_record
from socialekaart_plugin.discovery.engines.elasticsearch.connection import Configuration
from socialekaart_plugin.discovery.engines.elasticsearch.replication import Index
from socialekaart_plugin.discovery.selectors import current_analyzer
from tests.discovery.elasticsearch.looking import its_indices, kept, names, silent
from tests.discovery.elasticsearch.processes import sync_elsewhere
from tests.discovery.faults.proxy import Proxy
from tests.factories import OrganisationFactory, ThemeFactory

pytestmark = [
    pytest.mark.elasticsearch,
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

#: Batches of two, each said to be in; in the middle of the fifth bulk the power goes.
_KILLED = """
import itertools, os, signal
from elasticsearch import Elasticsearch
from socialekaart_plugin.discovery.engines.elasticsearch import replication, source_rows
source_rows.BATCH_SIZE, replication.BATCHES_A_CHECKPOINT = 2, 1
bulk, counting = Elasticsearch.bulk, itertools.count(1)
def dying(self, **options):
    number = next(counting)
    answer = bulk(self, **options)
    if number == 5:
        os.kill(os.getpid(), signal.SIGKILL)
    return answer
Elasticsearch.bulk = dying
"""
_SLOW = """
import time
from elasticsearch import Elasticsearch
from socialekaart_plugin.discovery.engines.elasticsearch import replication, source_rows
source_rows.BATCH_SIZE, replication.BATCHES_A_CHECKPOINT = 1, 1
bulk = Elasticsearch.bulk
def slowly(self, **options):
    time.sleep(0.3)
    return bulk(self, **options)
Elasticsearch.bulk = slowly
"""


@pytest.fixture
def index(configured: Configuration, db: None) -> Index:
    return Index(configured, current_analyzer)


@pytest.fixture
def watching(site: dict[str, Any]) -> Iterator[Callable[..., Any]]:
    """Begins a process that stays; ended at the end."""
    begun = []

    def begin(*options: str, **given: Any) -> Any:
        begun.append(sync_elsewhere(site, "--watch", *options, **given))
        return begun[-1]

    yield begin
    for each in begun:
        each.kill()
        each.communicate()


def eventually(is_so: Callable[[], bool], seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if is_so():
            return True
        time.sleep(0.02)
    return False


def is_found(index: Index, name: str) -> bool:
    answer = index.client.options(ignore_status=404).search(
        index=index.indices.configured.alias, query={"term": {"sort_name": name}}, size=0
    )
    return bool(answer.get("hits") and answer["hits"]["total"]["value"])


def koren(number: int) -> list[Any]:
    theme = ThemeFactory()
    return [
        OrganisationFactory(public=True, name=f"Koor {n}", themes=[theme]) for n in range(number)
    ]


def test_one_that_is_killed_in_the_middle_of_a_bulk_is_followed_without_loss(index, site):
    index.rebuild(progress=silent)
    first, *_others = koren(12)
    withdraw_record(record=first, reason="Gestopt")
    killed = sync_elsewhere(site, meanwhile=_KILLED)
    killed.communicate(timeout=60)
    assert killed.returncode == -signal.SIGKILL
    halfway = index.state().synced_to
    assert 0 < halfway < index.lexicon().change.number
    assert index.sync(progress=silent).documents < 12
    assert names(index) == sorted(f"koor {number}" for number in range(1, 12))
    followed = kept(index)
    index.rebuild(progress=silent)
    assert kept(index) == followed


def test_a_rebuild_that_is_killed_leaves_the_old_index_and_the_next_one_clears_up(index, site):
    koren(12)
    index.rebuild(progress=silent)
    before = index.indices.live_index()
    killed = sync_elsewhere(site, "--rebuild", meanwhile=_KILLED)
    killed.communicate(timeout=60)
    assert killed.returncode == -signal.SIGKILL
    assert index.indices.live_index() == before
    assert len(its_indices(index)) == 2
    done = sync_elsewhere(site, "--rebuild")
    out, errors = done.communicate(timeout=60)
    assert done.returncode == 0, errors
    assert "12/12" in out
    assert its_indices(index) == [index.indices.live_index()]
    assert len(names(index)) == 12


def test_two_processes_at_once_send_everything(index, site):
    index.rebuild(progress=silent)
    koren(8)
    both = [sync_elsewhere(site, meanwhile=_SLOW) for _number in range(2)]
    for each in both:
        _out, errors = each.communicate(timeout=90)
        assert each.returncode == 0, errors
    assert names(index) == [f"koor {number}" for number in range(8)]
    assert index.state().synced_to == index.lexicon().change.number


def test_two_that_build_at_once_leave_one_index_with_everything(index, site):
    koren(6)
    both = [sync_elsewhere(site, meanwhile=_SLOW) for _number in range(2)]
    for each in both:
        _out, errors = each.communicate(timeout=90)
        assert each.returncode == 0, errors
    assert its_indices(index) == [index.indices.live_index()]
    assert names(index) == [f"koor {number}" for number in range(6)]


def test_what_is_saved_is_found_by_itself(index, watching):
    watching("0.2")
    assert eventually(lambda: its_indices(index) != [], 30)
    theme = ThemeFactory()
    OrganisationFactory(public=True, name="Koor van voor", themes=[theme])
    assert eventually(lambda: is_found(index, "koor van voor"), 30)
    for number in range(3):
        record = OrganisationFactory(public=True, name=f"Koor {number}", themes=[theme])
        assert eventually(lambda: is_found(index, f"koor {number}"), 30)  # noqa: B023
        withdraw_record(record=record, reason="Gestopt")
        assert eventually(lambda: not is_found(index, f"koor {number}"), 30)  # noqa: B023


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_cleanly_in_the_middle_of_a_batch(index, site, watching, number):
    index.rebuild(progress=silent)
    koren(12)
    process = watching("0.2", meanwhile=_SLOW)
    before = index.state().synced_to
    assert eventually(lambda: index.state().synced_to > before + 4, 60)
    process.send_signal(number)
    out, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    assert "Traceback" not in errors
    assert out.strip()
    assert index.state().synced_to < index.lexicon().change.number
    assert 0 < index.sync(progress=silent).documents < 12
    assert len(names(index)) == 12


def test_it_stops_cleanly_in_the_middle_of_a_rebuild_and_takes_the_half_one_along(
    index, site, watching
):
    koren(12)
    process = watching("0.2", meanwhile=_SLOW)
    assert eventually(lambda: its_indices(index) != [], 30)
    process.send_signal(signal.SIGTERM)
    _out, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    assert its_indices(index) == []


def test_trouble_is_said_once_and_waited_for(index, site, watching):
    index.rebuild(progress=silent)
    host = site["hosts"][0]
    with Proxy(int(host.rpartition(":")[2])) as proxy:
        site["hosts"] = [proxy.url]
        process = watching("0.2")
        koren(1)
        assert eventually(lambda: is_found(index, "koor 0"), 30)
        proxy.answer = b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n"
        proxy.cut()
        OrganisationFactory(public=True, name="Koor van daarna")
        time.sleep(4)
        assert not is_found(index, "koor van daarna")
        proxy.answer = b""
        proxy.cut()
        assert eventually(lambda: is_found(index, "koor van daarna"), 30)
        time.sleep(0.5)
        process.send_signal(signal.SIGTERM)
        _out, errors = process.communicate(timeout=60)
    assert errors.count("does not follow now") == 1, errors
    assert errors.count("follows again") == 1


def test_an_index_that_is_lost_comes_back_although_nothing_changes(index, site, watching):
    koren(2)
    process = watching(
        "0.2",
        meanwhile=(
            "from socialekaart_plugin.discovery import index_sync\n"
            "index_sync._LOOKED_AT_EVERY = 1.0"
        ),
    )
    assert eventually(lambda: is_found(index, "koor 0"), 30)
    index.indices.drop(index.indices.live_index())
    assert eventually(lambda: is_found(index, "koor 0"), 30)
    assert process.poll() is None
