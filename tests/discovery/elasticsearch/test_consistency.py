"""The check finds each kind of difference between index and table, and mends it."""

from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from socialekaart_plugin.discovery.engines.elasticsearch import consistency
from socialekaart_plugin.discovery.engines.elasticsearch.consistency import check
from socialekaart_plugin.discovery.engines.elasticsearch.indices import NotBuiltError
from socialekaart_plugin.models import PublishedRecord, SearchDocument
from tests.discovery.elasticsearch.looking import kept, silent
from tests.factories import OrganisationFactory, change, publish

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]


@pytest.fixture
def built(index, town):
    index.rebuild(progress=silent)
    return index


def key_of(record):
    return 2 * PublishedRecord.objects.get(uuid=record.uuid).pk


def write(index, key, source, version):
    name = index.indices.live_index()
    index.client.index(
        index=name, id=str(key), document=source, version=version, version_type="external_gte"
    )


def loses(index, town):
    index.client.delete(index=index.indices.live_index(), id=str(key_of(town.bureau)))


def keeps_too_much(index, town):
    source = next(iter(kept(index).values())) | {"key": 999_998}
    write(index, 999_998, source, 1)


def is_for_others(index, town):
    key = key_of(town.bureau)
    source = kept(index)[key] | {"audiences": ["referrer"]}
    write(index, key, source, index.lexicon().change.number)


def test_an_index_that_is_right_is_left_alone(built):
    before = kept(built)
    found = check(built, progress=silent)
    assert not found.faults
    assert not found.is_compared
    assert found.documents == len(before)
    assert kept(built) == before


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (loses, "missing"),
        (keeps_too_much, "left over"),
        (is_for_others, "altered"),
    ],
)
def test_each_difference_is_found_named_and_mended(built, town, spoil, fault):
    before = kept(built)
    spoil(built, town)
    assert kept(built) != before
    found = check(built, progress=silent)
    assert dict(found.faults) == {fault: 1}
    [(key, named)] = found.examples
    assert named == fault
    assert key in (key_of(town.bureau), 999_998)
    assert kept(built) == before
    assert not check(built, progress=silent).faults


def test_one_that_is_older_is_found_and_mended(built, town):
    change(town.bureau, name="Geldloket")
    publish(town.bureau)
    # It says to hold what it does not, as after a part was put back from a backup.
    latest = built.lexicon().change
    told = replace(built.state(), synced_to=latest.number, change_mark=str(latest))
    built.indices.write_checkpoint(built.indices.live_index(), told)
    assert built.sync(progress=silent).documents == 0
    assert dict(check(built, progress=silent).faults)["older"] >= 1
    assert kept(built)[key_of(town.bureau)]["sort_name"] == "geldloket"
    assert not check(built, progress=silent).faults


def test_other_words_under_the_same_version_are_found_in_the_sample_and_all_are_mended(built, town):
    before, number = kept(built), built.lexicon().change.number
    for key in before:
        write(built, key, before[key] | {"sort_name": "iets anders"}, number)
    found = check(built, progress=silent)
    assert found.is_compared
    assert dict(found.faults) == {"altered": len(before)}
    assert len(found.examples) <= 10
    assert kept(built) == before


def test_a_document_outside_the_sample_is_mended_when_counts_differ(built, town, monkeypatch):
    monkeypatch.setattr(consistency, "_SAMPLE", 0)
    before = kept(built)
    loses(built, town)
    assert dict(check(built, progress=silent).faults) == {"missing": 1}
    assert kept(built) == before


def test_more_than_a_page_is_compared(built, town, monkeypatch):
    monkeypatch.setattr(consistency, "_PAGE", 2)
    monkeypatch.setattr(consistency, "BATCH_SIZE", 2)
    before = kept(built)
    OrganisationFactory(public=True)
    built.sync(progress=silent)
    gone = list(before)[::2]
    before = kept(built)
    for key in gone:
        built.client.delete(index=built.indices.live_index(), id=str(key))
    keeps_too_much(built, town)
    told = []
    found = check(built, progress=lambda done, total: told.append((done, total)))
    assert dict(found.faults) == {"missing": len(gone), "left over": 1}
    assert told[-1] == (len(before), len(before))
    assert kept(built) == before


def test_what_is_published_while_it_checks_is_no_difference(built, town):
    loses(built, town)
    done = []

    def meanwhile(_done, _total):
        if not done:
            done.append(OrganisationFactory(public=True, name="Kwam erbij"))

    assert dict(check(built, progress=meanwhile).faults) == {"missing": 1}
    assert not check(built, progress=silent).faults


def test_what_this_database_never_had_means_building_anew(built, town):
    write(built, key_of(town.bureau), kept(built)[key_of(town.bureau)], 1_000_000)
    with pytest.raises(NotBuiltError):
        check(built, progress=silent)


def test_what_cannot_be_mended_in_place_means_building_anew(built):
    last = OrganisationFactory(public=True)
    built.sync(progress=silent)
    # By hand, with a number that the next change of the database will have.
    built.client.delete(index=built.indices.live_index(), id=str(key_of(last)))
    with pytest.raises(NotBuiltError):
        check(built, progress=silent)


def run(*options: str) -> str:
    out = StringIO()
    call_command("sync_search_index", *options, stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("site")
def test_the_command_says_with_its_exit_code_what_it_found(index, town: Any):
    with pytest.raises(CommandError) as built_now:
        run("--check")
    assert built_now.value.returncode == 2
    assert str(len(kept(index))) in run("--check")
    loses(index, town)
    with pytest.raises(CommandError, match="1 missing") as mended:
        run("--check")
    assert mended.value.returncode == 2
    assert run("--check")


@pytest.mark.usefixtures("site")
def test_the_command_builds_sends_and_rebuilds_with_progress(index, town: Any):
    number = len(SearchDocument.objects.filter(audiences__gt=0))
    assert f"{number}/{number}" in run()
    first = index.indices.live_index()
    OrganisationFactory(public=True)
    assert "1/1" in run()
    run("--rebuild")
    assert index.indices.live_index() != first


@pytest.mark.usefixtures("site")
def test_the_command_tells_in_a_line_that_the_server_refuses(index, town: Any):
    run()
    OrganisationFactory(public=True)
    name = index.indices.live_index()
    index.client.indices.put_settings(index=name, settings={"index.blocks.write": True})
    with pytest.raises(CommandError, match="block") as refused:
        run()
    assert refused.value.returncode == 1


@pytest.mark.parametrize("option", [[], ["--check"], ["--rebuild"]])
def test_the_command_tells_in_a_line_that_the_server_is_away(site, option):
    site["hosts"] = ["http://127.0.0.1:1"]
    with pytest.raises(CommandError, match="Elasticsearch") as away:
        run(*option)
    assert away.value.returncode == 1
    assert away.value.__cause__ is not None
