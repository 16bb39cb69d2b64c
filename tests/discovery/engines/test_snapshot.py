import random

import pytest
from django.db import transaction

from socialekaart_plugin.directory.actions import withdraw_record
from socialekaart_plugin.discovery.actions import rebuild_search_documents
from socialekaart_plugin.discovery.engines import DatabaseEngine
from socialekaart_plugin.discovery.engines.base import EngineQuery
from socialekaart_plugin.discovery.engines.database import engine as database_engine
from socialekaart_plugin.discovery.engines.database import snapshot as held_index
from socialekaart_plugin.discovery.engines.database.snapshot_loader import SnapshotKeeper
from socialekaart_plugin.discovery.engines.lexicon import LexiconKeeper
from socialekaart_plugin.discovery.index import writer
from socialekaart_plugin.discovery.models import (
    CompoundWord,
    IndexChange,
    SynonymGroup,
)
from socialekaart_plugin.discovery.search import SearchRequest, search
from socialekaart_plugin.discovery.selectors import current_analyzer
from tests.factories import (
    ActivityFactory,
    HelpQuestionFactory,
    OrganisationFactory,
    PlaceFactory,
    ThemeFactory,
    at,
    change,
    publish,
    weekly,
)

pytestmark = pytest.mark.django_db


def held_by(keeper):
    return keeper.current(current_analyzer)


def contents(snapshot):
    """Return all that a snapshot holds, of documents that someone may find."""
    documents = sorted(snapshot.names)
    points, times, columns = snapshot.points, snapshot.times, snapshot.columns
    return {
        "change": (snapshot.lexicon.change, snapshot.lexicon.decided),
        "audiences": {name: sorted(found) for name, found in snapshot.audiences.items()},
        "facets": {
            name: {value: sorted(found) for value, found in values.items()}
            for name, values in snapshot.facets.items()
            if values
        },
        "areas": {value: sorted(found) for value, found in snapshot.values("area").items()},
        "questions": {
            value: sorted(found) for value, found in snapshot.values("help_question").items()
        },
        "names": snapshot.names,
        "points": sorted(zip(points.documents.tolist(), points.on_globe.tolist(), strict=True)),
        "times": sorted(zip(*map(list, (times.documents, times.starts, times.ends)), strict=True)),
        "columns": [
            (columns.upkeep[d], columns.min_age[d], columns.max_age[d], columns.verified[d])
            for d in documents
        ],
        "vocabulary": snapshot.lexicon.vocabulary,
        "order": sorted(documents, key=lambda document: snapshot.order[document]),
    }


@pytest.fixture
def elsewhere(town):
    """What another process holds, from before what the test does."""
    keeper = SnapshotKeeper(LexiconKeeper())
    held_by(keeper)
    return keeper


def differences(keeper):
    """Return what differs between what a process holds and what one that starts now would read."""
    mine, new = held_by(keeper), held_by(SnapshotKeeper(LexiconKeeper()))
    # Words that went with their records may stay a while: whoever offers one looks what it finds.
    assert set(mine.lexicon.words) >= set(new.lexicon.words)
    assert mine.lexicon.stems >= new.lexicon.stems
    held, read = contents(mine), contents(new)
    return {name: (held[name], read[name]) for name in read if held[name] != read[name]}


def found_by(keeper, monkeypatch, text="", **request):
    with monkeypatch.context() as patch:
        patch.setattr(database_engine, "_keeper", keeper)
        return [p["name"] for p in search(SearchRequest(text=text, **request)).payloads]


def rename(record, name):
    change(record, name=name)
    publish(record)


CHANGES = {
    "a new record": lambda town: OrganisationFactory(public=True, name="Nieuw"),
    "a new name": lambda town: rename(town.club, "Anders"),
    "a withdrawal": lambda town: withdraw_record(record=town.bureau, reason="Gestopt"),
    "a deletion": lambda town: town.course.delete(),
    "a moved place": lambda town: setattr_and_save(town.in_centre, location=town.in_east.location),
    "a theme with another name": lambda town: setattr_and_save(
        town.money, name="Inkomen", slug="inkomen"
    ),
    "a theme elsewhere in the tree": lambda town: setattr_and_save(town.debts, parent=town.sport),
    "a help question": lambda town: HelpQuestionFactory(themes=[town.money]),
    "an area with another name": lambda town: setattr_and_save(town.east, slug="o", name="O"),
    "an activity with times and tags": lambda town: ActivityFactory(
        public=True,
        organisation=town.club,
        tags=["Nieuw"],
        sessions=[at(PlaceFactory(), schedule=weekly())],
        areas_served=[town.centre],
    ),
    "a synonym": lambda town: SynonymGroup.objects.create(terms="a\nb"),
    "a rebuild": lambda town: rebuild_search_documents(progress=lambda *_row: None),
}


def setattr_and_save(thing, **values):
    for name, value in values.items():
        setattr(thing, name, value)
    thing.save()


@pytest.mark.parametrize("name", CHANGES)
def test_every_process_holds_a_change_with_its_next_search(town, elsewhere, name):
    CHANGES[name](town)
    assert differences(elsewhere) == {}


def test_and_many_changes_one_after_another_in_any_order(town, elsewhere):
    names = [name for name in CHANGES if name != "a deletion"]
    random.Random(5).shuffle(names)
    for name in names:
        CHANGES[name](town)
        assert differences(elsewhere) == {}


def test_and_all_of_them_at_once(town, elsewhere):
    for make in CHANGES.values():
        make(town)
    assert differences(elsewhere) == {}


def test_also_when_more_changed_than_is_remembered(town, elsewhere, monkeypatch):
    monkeypatch.setattr(writer, "_CHANGES_KEPT", 2)
    for number in range(6):
        rename(town.club, f"Naam {number}")
    assert IndexChange.objects.filter(changes_vocabulary=False).count() <= 3
    assert differences(elsewhere) == {}


def test_also_when_more_was_decided_than_is_remembered(town, elsewhere, monkeypatch):
    monkeypatch.setattr(writer, "_CHANGES_KEPT", 2)
    for number in range(6):
        setattr_and_save(town.sport, name=f"Beweging {number}")
    assert 1 <= IndexChange.objects.count() <= 4
    assert differences(elsewhere) == {}


def test_the_log_stays_bounded_and_keeps_the_newest_decision(town, elsewhere, monkeypatch):
    monkeypatch.setattr(writer, "_CHANGES_KEPT", 2)
    setattr_and_save(town.sport, name="Beweging")
    decided = IndexChange.objects.filter(changes_vocabulary=True).latest("pk")
    held_by(elsewhere)
    for number in range(6):
        rename(town.club, f"Naam {number}")
        assert IndexChange.objects.count() <= 4
    assert IndexChange.objects.filter(changes_vocabulary=True).get() == decided
    assert differences(elsewhere) == {}


def test_without_a_change_nothing_is_read(elsewhere, django_assert_num_queries):
    before = held_by(elsewhere)
    with django_assert_num_queries(1):
        assert held_by(elsewhere) is before


def test_what_others_hold_is_not_altered_by_a_change(town, elsewhere):
    before = held_by(elsewhere)
    was = contents(before)
    for name in ("a new record", "a withdrawal", "an activity with times and tags"):
        CHANGES[name](town)
        assert held_by(elsewhere) is not before
    assert contents(before) == was


def test_a_change_of_words_is_found_elsewhere(town, elsewhere, monkeypatch):
    assert found_by(elsewhere, monkeypatch, "hardlopen") == ["Atletiekvereniging Één"]
    setattr_and_save(town.sport, name="Beweging")
    change(town.club, summary="Samen zwemmen.")
    publish(town.club)
    assert found_by(elsewhere, monkeypatch, "hardlopen", correct=False) == []
    assert found_by(elsewhere, monkeypatch, "zwemmen") == ["Atletiekvereniging Één"]
    assert found_by(elsewhere, monkeypatch, "beweging") == ["Atletiekvereniging Één"]


def test_what_is_rolled_back_leaves_no_trace(town, elsewhere, monkeypatch):
    with transaction.atomic():
        OrganisationFactory(public=True, name="Spookhuis", themes=[ThemeFactory(name="Spook")])
        assert found_by(elsewhere, monkeypatch, "spookhuis") == ["Spookhuis"]
        transaction.set_rollback(True)
    assert found_by(elsewhere, monkeypatch, "spookhuis", correct=False) == []
    assert differences(elsewhere) == {}


def test_nor_when_another_change_gets_its_number(town, elsewhere):
    with transaction.atomic():
        OrganisationFactory(public=True, name="Spookhuis")
        ghost = held_by(elsewhere).lexicon.change.number
        transaction.set_rollback(True)
    while IndexChange.objects.order_by("pk").last().pk < ghost:
        SynonymGroup.objects.create(terms="a\nb")
    assert held_by(elsewhere).lexicon.change.number == ghost
    assert differences(elsewhere) == {}


def test_a_record_that_is_gone_takes_no_place_and_comes_back_whole(town, elsewhere):
    withdraw_record(record=town.bureau, reason="Gestopt")
    held_by(elsewhere)
    publish(town.bureau)
    assert differences(elsewhere) == {}


def test_there_is_room_for_what_comes_after(town, elsewhere):
    before = held_by(elsewhere).size
    for _number in range(5):
        OrganisationFactory(public=True)
    assert held_by(elsewhere).size > before
    assert differences(elsewhere) == {}


def test_a_help_question_gathers_what_was_picked_once_it_is_public(town, elsewhere):
    draft = OrganisationFactory(name="Later")
    question = HelpQuestionFactory(name="Ik zoek later", organisations=[draft])
    publish(draft)
    facets = {"help_question": (question.slug,)}
    found = DatabaseEngine(current_analyzer).search(EngineQuery(facets=facets))
    assert [hit.payload["name"] for hit in found.hits] == ["Later"]
    assert differences(elsewhere) == {}


def test_another_analysis_is_read_anew(
    town, elsewhere, monkeypatch, django_capture_on_commit_callbacks
):
    OrganisationFactory(public=True, name="Bloemenzee")
    assert found_by(elsewhere, monkeypatch, "zee", correct=False) == []
    with django_capture_on_commit_callbacks(execute=True):
        CompoundWord.objects.create(word="bloem")
        CompoundWord.objects.create(word="zee")
    assert found_by(elsewhere, monkeypatch, "zee", correct=False) == ["Bloemenzee"]
    assert differences(elsewhere) == {}


def test_answers_are_forgotten_without_harm_to_who_is_reading_them(town, monkeypatch):
    monkeypatch.setattr(held_index, "_MOST_POSTINGS", 1)
    for _time in range(3):
        results = search(SearchRequest(text="formulieren geldzaken"))
        assert [payload["name"] for payload in results.payloads] == ["Bureau Budget"]
