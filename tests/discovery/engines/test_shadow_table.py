from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from django.db import OperationalError, connection, connections, transaction

from socialekaart_plugin.directory.actions import withdraw_record
from socialekaart_plugin.discovery import actions
from socialekaart_plugin.discovery.actions import rebuild_search_documents
from socialekaart_plugin.discovery.engines.database.schema import TABLE
from socialekaart_plugin.discovery.engines.database.shadow_table import unfinished_tables
from socialekaart_plugin.discovery.models import SearchDocument, SearchWord
from socialekaart_plugin.discovery.search import SearchRequest, search
from tests.factories import OrganisationFactory, change, publish

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

NAMES = ["Koor", "Orkest", "Fanfare", "Harmonie", "Toneel", "Ballet"]


@pytest.fixture
def records(monkeypatch):
    """Records whose texts are all wrong, and a rebuild that has two in a batch."""
    monkeypatch.setattr(actions, "BATCH_SIZE", 2)
    monkeypatch.setattr(actions, "SHADOW_TABLE_FROM", 1)
    monkeypatch.setattr(actions, "PAUSE", 0.1)
    found = {name: OrganisationFactory(public=True, name=name) for name in NAMES}
    spoil()
    return found


def spoil() -> None:
    SearchDocument.objects.update(fingerprint="x")
    run(f"UPDATE {TABLE} SET tokens = 'ronzin'")  # noqa: S608


def run(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchall() if cursor.description else []


def rebuild(after_batch: Callable[[int], object] = lambda number: None) -> None:
    """Rebuild, and do something after each batch, from 1 on."""
    batches: list[int] = []

    def progress(done: int, _total: int) -> None:
        batches.append(done)
        after_batch(len(batches))

    rebuild_search_documents(progress=progress)


def elsewhere(do: Callable[[], object]) -> None:
    """Do it with a connection of its own."""

    def done() -> None:
        try:
            do()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as other:
        other.submit(done).result(timeout=60)


def names(text: str) -> list[str]:
    return [p["name"] for p in search(SearchRequest(text=text, correct=False)).payloads]


def oid() -> int:
    return run("SELECT to_regclass(%s)::oid", TABLE)[0][0]


def indexes() -> dict[str, str]:
    return dict(run("SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s", TABLE))


def test_when_all_differs_the_table_is_another_one_with_the_same_indexes(records):
    before, index_names = oid(), indexes()
    # A process remembers what it was told of the old table.
    assert [names(name) for name in NAMES] == [[]] * 6
    SearchWord.objects.create(word="onzin", version=0)
    rebuild()
    assert [names(name) for name in NAMES] == [[name] for name in NAMES]
    assert oid() != before
    assert indexes() == index_names
    assert unfinished_tables() == []
    assert not SearchWord.objects.filter(word="onzin").exists()
    assert SearchWord.objects.filter(word="koor").exists()


def test_the_index_of_the_new_table_is_used(records):
    rebuild()
    with transaction.atomic():
        run("SET LOCAL enable_seqscan = off")
        plan = run(f"EXPLAIN SELECT id FROM {TABLE} WHERE tokens @@ 'akoor'::tsquery")  # noqa: S608
    assert f"Index Scan on {TABLE}_idx" in " ".join(line for (line,) in plan)


def test_when_nothing_differs_the_table_stays(records):
    rebuild()
    before = oid(), list(SearchDocument.objects.order_by("pk").values())
    rebuild()
    assert (oid(), list(SearchDocument.objects.order_by("pk").values())) == before


def test_searches_go_on_meanwhile(records):
    rebuild()
    SearchDocument.objects.update(fingerprint="x")
    found = []
    rebuild(lambda number: found.append([names(name) for name in NAMES]))
    assert found == [[[name] for name in NAMES]] * 3


def test_what_others_write_meanwhile_is_kept(records):
    def write() -> None:
        change(records["Koor"], name="Sopraan")
        publish(records["Koor"])
        withdraw_record(record=records["Orkest"], reason="Gestopt")
        change(records["Ballet"], name="Dans")
        publish(records["Ballet"])
        OrganisationFactory(public=True, name="Circus")

    def after_batch(number: int) -> None:
        if number == 1:
            elsewhere(write)

    before = oid()
    rebuild(after_batch)
    assert oid() != before
    found = {name: names(name) for name in (*NAMES, "Sopraan", "Dans", "Circus")}
    there = ("Fanfare", "Harmonie", "Toneel", "Sopraan", "Dans", "Circus")
    assert found == {name: [name] if name in there else [] for name in found}


def test_one_that_was_ended_half_way_is_made_anew_by_the_next(records):
    def end(number: int) -> None:
        raise KeyboardInterrupt

    rebuild()
    right = dict(SearchDocument.objects.values_list("pk", "fingerprint"))
    spoil()
    with pytest.raises(KeyboardInterrupt):
        rebuild(end)
    assert len(unfinished_tables()) == 1
    assert names("koor") == []
    # Of what was written already the rows say that nothing differs; let that be all of them.
    assert SearchDocument.objects.exclude(fingerprint="x").count() == 2
    for key, fingerprint in right.items():
        SearchDocument.objects.filter(pk=key).update(fingerprint=fingerprint)
    rebuild()
    assert [names(name) for name in NAMES] == [[name] for name in NAMES]
    assert unfinished_tables() == []


def test_of_two_at_once_both_end_well(records):
    rebuild(lambda number: elsewhere(rebuild) if number == 2 else None)
    assert [names(name) for name in NAMES] == [[name] for name in NAMES]
    assert unfinished_tables() == []


def hold(begun: Event, until: Event) -> None:
    """Search within a transaction that goes on."""
    try:
        with transaction.atomic():
            run(f"SELECT count(*) FROM {TABLE}")  # noqa: S608
            begun.set()
            until.wait(30)
    finally:
        connections.close_all()


@pytest.fixture
def held():
    """Gives a function by which a search takes hold of the table, and one by which it lets go."""
    begun, until = Event(), Event()
    with ThreadPoolExecutor(1) as other:
        started: list[Future[None]] = []

        def take() -> None:
            started.append(other.submit(hold, begun, until))
            assert begun.wait(30)

        yield take, until.set
        until.set()
        for each in started:
            each.result(timeout=30)


def test_it_lets_a_search_that_takes_long_go_first(records, held, monkeypatch):
    take, let_go = held
    tries = []

    def tell(error: OperationalError) -> bool:
        tries.append(error)
        let_go()
        return True

    monkeypatch.setattr(actions, "is_lock_timeout", tell)
    rebuild(lambda number: take() if number == 3 else None)
    assert len(tries) == 1
    assert names("koor") == ["Koor"]


def test_and_says_so_when_that_never_ends(records, held, monkeypatch):
    take, let_go = held
    monkeypatch.setattr(actions, "TRIES", 2)
    with pytest.raises(OperationalError, match="lock timeout"):
        rebuild(lambda number: take() if number == 3 else None)
    let_go()
    rebuild()
    assert names("koor") == ["Koor"]
    assert unfinished_tables() == []
