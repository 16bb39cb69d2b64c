"""What editors decided, as search reads it."""

import uuid

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from socialekaart_plugin.directory.actions import withdraw_record
from socialekaart_plugin.discovery.query.wording_rules import Synonyms
from socialekaart_plugin.discovery.selectors import (
    current_analyzer,
    named_records,
    newest_mark,
    plan_rules,
)
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.language import STANDARD_COMPOUNDS
from socialekaart_plugin.models import (
    CompoundWord,
    PublishedRecord,
    QueryRule,
    StopRule,
    SynonymGroup,
)
from tests.factories import HelpQuestionFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


def rules():
    return plan_rules(newest_mark())


def key_of(record):
    return PublishedRecord.objects.get(uuid=record.uuid).pk


def test_synonyms_are_read_line_by_line_in_the_order_in_which_they_were_made():
    SynonymGroup.objects.create(terms="Wmo\n\n hulp thuis ", is_one_way=True)
    SynonymGroup.objects.create(terms="baby\nzuigeling")
    assert rules().synonyms == (
        Synonyms(("Wmo", "hulp thuis"), is_one_way=True),
        Synonyms(("baby", "zuigeling")),
    )


def test_stop_rules_of_one_word_come_together_folded():
    StopRule.objects.create(word="Kaart", does_not_find="kaarten")
    StopRule.objects.create(word="kaart", does_not_find="Kaartje")
    assert rules().stop_rules == {"kaart": frozenset({"kaarten", "kaartje"})}


def test_compounds_are_the_standard_list_with_what_was_added_and_without_what_was_left_out():
    standard = set(STANDARD_COMPOUNDS)
    assert rules().compounds == standard
    CompoundWord.objects.create(word="wielewaal")
    CompoundWord.objects.create(word="schuld", is_left_out=True)
    assert rules().compounds == (standard | {"wielewaal"}) - {"schuld"}


def test_records_of_a_query_come_in_the_order_of_the_editor():
    one, two, three = (OrganisationFactory(public=True, name=f"Bureau {n}") for n in range(3))
    QueryRule.objects.create(query="Schulden?", record_uuid=one.uuid, sort_order=2)
    QueryRule.objects.create(query="schulden", record_uuid=two.uuid, sort_order=1)
    QueryRule.objects.create(query="schulden", record_uuid=three.uuid, effect="exclude")
    QueryRule.objects.create(query="schulden", record_uuid=uuid.uuid4())
    assert rules().pinned == {"schulden": (key_of(two), key_of(one))}
    assert rules().excluded == {"schulden": (key_of(three),)}


def test_help_questions_come_with_their_explanation_as_soon_as_they_are_public():
    question = HelpQuestionFactory(name="Ik kan niet rondkomen", explanation="Geld is op.")
    assert rules().questions == ((question.slug, "Ik kan niet rondkomen\nGeld is op."),)
    question.name = "Ik heb te weinig geld"
    question.save()
    assert rules().questions[0][1] == "Ik heb te weinig geld\nGeld is op."
    question.delete()
    assert rules().questions == ()


def test_rules_are_read_once_and_anew_after_any_change():
    SynonymGroup.objects.create(terms="a\nb")
    first = rules()
    with CaptureQueriesContext(connection) as captured:
        assert rules() is first
    assert len(captured) == 1
    group = SynonymGroup.objects.get()
    group.terms = "a\nc"
    group.save()
    assert rules().synonyms == (Synonyms(("a", "c")),)
    group.delete()
    assert rules().synonyms == ()


def test_a_change_that_was_rolled_back_leaves_nothing_behind():
    SynonymGroup.objects.create(terms="a\nb")
    kept = rules()
    with transaction.atomic():
        SynonymGroup.objects.create(terms="c\nd")
        assert len(rules().synonyms) == 2
        transaction.set_rollback(True)
    assert rules() is kept
    SynonymGroup.objects.create(terms="e\nf")
    assert rules().synonyms == (Synonyms(("a", "b")), Synonyms(("e", "f")))


def test_the_number_of_queries_for_the_rules_is_constant():
    def queries():
        with CaptureQueriesContext(connection) as captured:
            plan_rules("")
        return len(captured)

    few = queries()
    for number in range(5):
        SynonymGroup.objects.create(terms=f"a{number}\nb{number}")
        QueryRule.objects.create(query=f"a{number}", record_uuid=uuid.uuid4())
        HelpQuestionFactory(name=f"Vraag {number}")
    assert queries() <= few + 2


def test_the_analysis_follows_the_compounds():
    before = current_analyzer()
    assert current_analyzer() is before
    assert before.term("wielewaalkwijl").parts == ()
    CompoundWord.objects.create(word="wielewaal")
    CompoundWord.objects.create(word="kwijl")
    assert "kwijl" in current_analyzer().term("wielewaalkwijl").parts


def test_a_record_is_named_for_who_may_read_it_and_not_after_it_was_withdrawn():
    bureau = OrganisationFactory(public=True, name="Bureau Budget")
    named = named_records(uuids=[bureau.uuid, uuid.uuid4()], audience=Audience.PUBLIC)
    assert set(named) == {bureau.uuid, key_of(bureau)}
    assert named[bureau.uuid].name == "Bureau Budget"
    assert named[bureau.uuid].is_public
    withdraw_record(record=bureau, reason="weg", user=UserFactory())
    named = named_records(pks=[key_of(bureau)], audience=Audience.REFERRER)
    assert named[key_of(bureau)].name == ""
    assert not named[key_of(bureau)].is_public
