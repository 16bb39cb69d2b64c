"""A new index takes over from another one, while people search and publish."""

import threading
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from elasticsearch import ApiError

from socialekaart_plugin.directory.actions import withdraw_record
from socialekaart_plugin.discovery.engines.elasticsearch import indices, mapping
from socialekaart_plugin.discovery.engines.elasticsearch.connection import client_of
from socialekaart_plugin.discovery.engines.elasticsearch.indices import (
    IndexGoneError,
    NotBuiltError,
)
from socialekaart_plugin.discovery.engines.elasticsearch.replication import Index
from socialekaart_plugin.discovery.index_sync import sync_search_index
from socialekaart_plugin.discovery.selectors import current_analyzer
from tests.discovery.elasticsearch.looking import its_indices, kept, names, silent
from tests.factories import OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]


def test_what_is_published_and_withdrawn_meanwhile_is_in_it(index, town):
    OrganisationFactory(public=True, name="Gaat weg")
    leaving = OrganisationFactory(public=True, name="Gaat ook weg")
    done = []

    def meanwhile(_done, _total):
        if not done:
            done.append(OrganisationFactory(public=True, name="Kwam erbij"))
            withdraw_record(record=leaving, reason="Gestopt")

    index.rebuild(progress=meanwhile)
    assert {"kwam erbij", "gaat weg"} <= set(names(index))
    assert "gaat ook weg" not in names(index)
    assert index.sync(progress=silent).documents == 0


def test_the_earlier_one_goes_and_so_does_what_was_left_half_done(index, town):
    index.rebuild(progress=silent)
    first, half = index.indices.live_index(), index.indices.new_name()
    index.indices.create(half)
    index.rebuild(progress=silent)
    [only] = its_indices(index)
    assert only not in (first, half)
    assert index.indices.live_index() == only


def segments(index: Index, name: str) -> list[list[Any]]:
    """The segments with documents of each shard of an index."""
    index.client.indices.refresh(index=name)
    [about] = index.client.indices.segments(index=name)["indices"].values()
    return [
        [each for each in copies[0]["segments"].values() if each["num_docs"]]
        for copies in about["shards"].values()
    ]


def test_it_is_filled_to_one_segment(index, town, in_twos):
    index.rebuild(progress=silent)
    [of_records] = segments(index, index.indices.live_index())
    # With what the index says of itself.
    assert [each["num_docs"] for each in of_records] == [len(kept(index)) + 1]


def test_what_cannot_be_merged_is_searched_as_it_is(index, town, caplog):
    name = index.indices.new_name()
    index.indices.create(name)
    blocked = {"index.blocks.read_only": True}
    index.client.indices.put_settings(index=name, settings=blocked)
    try:
        index.indices.merge(name)
    finally:
        index.client.indices.put_settings(index=name, settings=dict.fromkeys(blocked))
    [line] = caplog.messages
    assert (
        line == f"{name} works, but its segments could not be merged: 403 cluster_block_exception"
    )


def test_one_that_is_gone_before_it_is_merged_is_told(index):
    with pytest.raises(IndexGoneError):
        index.indices.merge(index.indices.new_name())


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_two_that_take_over_at_the_same_moment_the_later_one_stays(index, monkeypatch, order):
    built = index.indices
    both = [built.new_name() for _number in range(2)]
    for name in both:
        built.create(name)
    # Neither sees the other one yet.
    monkeypatch.setattr(built.client.indices, "exists_alias", lambda **_asked: False)
    monkeypatch.setattr(built.client.indices, "exists", lambda **_asked: False)
    for place in order:
        with suppress(IndexGoneError):
            built.move_alias(both[place])
    assert list(built.client.indices.get_alias(name=built.configured.alias)) == both[1:]
    assert built.live_index() == both[1]


def test_while_two_are_searched_the_later_one_is_written_to(index):
    built = index.indices
    both = [built.new_name() for _number in range(2)]
    for name in both:
        built.create(name)
        built.client.indices.put_alias(index=name, name=built.configured.alias)
    assert built.live_index() == both[1]


def test_one_that_fails_leaves_nothing_behind(index, town):
    index.rebuild(progress=silent)
    before = its_indices(index)

    def fails(_done, _total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index.rebuild(progress=fails)
    assert its_indices(index) == before


def test_whoever_began_later_takes_over_from_one_that_is_still_at_it(index, configured, town):
    other = Index(configured, current_analyzer)
    later = []

    def meanwhile(_done, _total):
        if not later:
            later.append(other.rebuild(progress=silent))

    index.rebuild(progress=meanwhile)
    [only] = its_indices(index)
    assert index.indices.live_index() == only
    assert index.sync(progress=silent).documents == 0
    assert "bureau budget" in names(index)


def test_whoever_began_earlier_and_ends_first_lets_the_later_one_go_on(index, configured, town):
    first, done = Index(configured, current_analyzer), []

    def meanwhile(_done, _total):
        if not done:
            # As if it began before: what it made has an older name than ours.
            name = mapping.index_name(configured.index_prefix, "20200101000000000000")
            index.client.indices.create(index=name, aliases={indices.write_alias(name): {}})
            first.indices.take_over(name)
            done.append(name)

    index.rebuild(progress=meanwhile)
    assert its_indices(index) == [index.indices.live_index()]
    assert index.indices.live_index() not in done
    assert "bureau budget" in names(index)


def test_a_sync_that_another_index_takes_over_from_loses_nothing(index, configured, town):
    index.rebuild(progress=silent)
    OrganisationFactory(public=True, name="Koor Een")
    other, done = Index(configured, current_analyzer), []

    def meanwhile(_done, _total):
        if not done:
            done.append(other.rebuild(progress=silent))
            OrganisationFactory(public=True, name="Koor Twee")

    index.sync(progress=meanwhile)
    index.sync(progress=silent)
    assert {"koor een", "koor twee"} <= set(names(index))
    assert its_indices(index) == [index.indices.live_index()]


@pytest.mark.usefixtures("visitors")
def test_searching_never_finds_no_index_while_one_takes_over(index, configured, town):
    index.rebuild(progress=silent)
    stop, answers = threading.Event(), list[int]()
    errors = list[ApiError]()
    client = client_of(configured)

    def search():
        while not stop.is_set():
            try:
                found = client.search(
                    index=configured.alias, query={"term": {"name_literal": "bureau"}}
                )
                answers.append(found["hits"]["total"]["value"])
            except ApiError as error:
                errors.append(error)

    people = [threading.Thread(target=search) for _number in range(2)]
    for each in people:
        each.start()
    for _time in range(3):
        index.rebuild(progress=silent)
    stop.set()
    for each in people:
        each.join()
    assert not errors
    assert set(answers) == {1}
    assert len(answers) > 10


def test_one_of_an_earlier_mapping_serves_until_the_new_one_is_there(
    index, configured, town, monkeypatch
):
    with monkeypatch.context() as before:
        for module in (mapping, indices):
            before.setattr(module, "MAPPING_VERSION", mapping.MAPPING_VERSION - 1)
        old = Index(configured, current_analyzer)
        old.rebuild(progress=silent)
        old_alias = configured.alias
    assert configured.alias != old_alias
    with pytest.raises(NotBuiltError):
        index.sync(progress=silent)
    served = []

    def meanwhile(_done, _total):
        served.append(index.client.count(index=old_alias)["count"])

    index.rebuild(progress=meanwhile)
    assert served
    assert min(served) > 0
    assert its_indices(index) == [index.indices.live_index()]
    assert not index.client.indices.exists_alias(name=old_alias)


def test_an_index_with_the_name_of_the_alias_makes_room(index, configured, town):
    index.client.index(index=configured.alias, id="1", document={"by": "someone else"})
    with pytest.raises(NotBuiltError):
        index.sync(progress=silent)
    index.rebuild(progress=silent)
    assert "bureau budget" in names(index)


@pytest.mark.parametrize("ending", ["-v1", "-v1-20200101000000000000", "-ander"])
def test_two_sites_on_one_server_leave_each_other_alone(index, configured, town, ending):
    neighbour = Index(
        replace(configured, index_prefix=configured.index_prefix + ending), current_analyzer
    )
    neighbour.rebuild(progress=silent)
    theirs = neighbour.indices.live_index()
    index.rebuild(progress=silent)
    index.rebuild(progress=silent)
    OrganisationFactory(public=True, name="Koor Een")
    index.sync(progress=silent)
    assert neighbour.indices.live_index() == theirs
    assert "koor een" not in names(neighbour)
    neighbour.rebuild(progress=silent)
    assert "koor een" in names(index)


@pytest.mark.usefixtures("site")
def test_a_lost_index_is_built_anew_by_whoever_syncs(index, configured, town):
    assert sync_search_index().is_rebuilt
    index.indices.drop(index.indices.live_index())
    assert sync_search_index().is_rebuilt
    assert "bureau budget" in names(index)
    assert not sync_search_index().is_rebuilt


@pytest.mark.usefixtures("site")
def test_a_task_leaves_building_to_whoever_is_at_it(index, town):
    name = index.indices.new_name()
    index.indices.create(name)
    assert not sync_search_index(yields_to_builders=True).is_rebuilt
    index.indices.drop(name)
    assert sync_search_index(yields_to_builders=True).is_rebuilt


def test_a_new_index_has_our_mapping_and_what_searching_needs(index, configured, town):
    index.rebuild(progress=silent)
    name = index.indices.live_index()
    about = index.client.indices.get(index=name)[name]
    assert about["mappings"]["dynamic"] == "strict"
    assert about["settings"]["index"].get("refresh_interval") != "-1"
    assert about["settings"]["index"]["auto_expand_replicas"] == configured.replicas
    assert set(kept(index)) == set(kept(index, name))
