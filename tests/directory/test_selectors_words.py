"""By what words are used, what help questions gather, which keywords resemble each other."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from socialekaart_plugin.directory.actions import withdraw_record
from socialekaart_plugin.directory.models import HelpQuestion, Organisation
from socialekaart_plugin.directory.selectors.help_questions import numbers_gathered, records_of
from socialekaart_plugin.directory.selectors.merge_preview import merge_preview
from socialekaart_plugin.directory.selectors.references import RecordKey, uses_of
from socialekaart_plugin.models import Area, Place, TargetGroup, Theme
from socialekaart_plugin.vocabulary.actions import merge_words
from socialekaart_plugin.vocabulary.models import Keyword
from tests.factories import (
    ActivityFactory,
    AreaFactory,
    HelpQuestionFactory,
    OrganisationFactory,
    PlaceFactory,
    TargetGroupFactory,
    ThemeFactory,
    at,
    change,
)


def key(record):
    return RecordKey(type(record), record.pk)


@pytest.mark.django_db
def test_a_word_is_used_in_public_in_a_draft_or_in_what_is_scheduled():
    theme = ThemeFactory()
    live = OrganisationFactory(themes=[theme], public=True)
    draft = ActivityFactory(themes=[theme])
    pending = OrganisationFactory(public=True)
    change(pending, themes=[theme])
    scheduled = OrganisationFactory(public=True)
    later = scheduled.get_latest_revision_as_object()
    later.themes = [theme]
    later.go_live_at = timezone.now() + datetime.timedelta(days=3)
    later.save_revision().publish()
    change(scheduled, themes=[], go_live_at=None)
    uses = uses_of(Theme)[theme.pk]
    assert uses.live == {key(live)}
    assert uses.drafts == {key(draft), key(pending), key(scheduled)}


@pytest.mark.django_db
def test_a_theme_taken_off_an_unpublished_record_is_used_no_more_but_still_written_there():
    theme = ThemeFactory()
    record = OrganisationFactory(themes=[theme], public=True)
    withdraw_record(record=record, reason="Gestopt")
    change(record, themes=[])
    uses = uses_of(Theme)[theme.pk]
    assert uses.in_use == set()
    assert uses.everywhere == {key(record)}


@pytest.mark.django_db
def test_every_relation_is_counted_in_public_and_in_drafts():
    group, place, area = TargetGroupFactory(), PlaceFactory(), AreaFactory()
    draft = OrganisationFactory(public=True)
    changed = draft.get_latest_revision_as_object()
    changed.target_groups, changed.areas_served = [group], [area]
    changed.visiting_place = place
    changed.tags.set(["nieuw"])
    changed.save_revision()
    live = ActivityFactory(
        target_groups=[group], sessions=[at(place)], tags=["oud"], public=True, areas_served=[area]
    )
    for model, pk in ((TargetGroup, group.pk), (Place, place.pk), (Area, area.pk)):
        uses = uses_of(model)[pk]
        assert (uses.live, uses.drafts) == ({key(live)}, {key(draft)})
    by_name = {name: uses_of(Keyword)[pk] for pk, name in Keyword.objects.values_list("pk", "name")}
    assert by_name["oud"].live == {key(live)}
    assert by_name["nieuw"].drafts == {key(draft)}
    assert uses_of(Organisation)[live.organisation.pk].live == {key(live)}


@pytest.mark.django_db
def test_counting_takes_as_many_queries_for_many_records_as_for_few():
    theme = ThemeFactory()

    def queries():
        with CaptureQueriesContext(connection) as captured:
            uses_of(Theme)
            uses_of(Keyword)
        return len(captured)

    OrganisationFactory(themes=[theme], tags=["a"], public=True)
    few = queries()
    for number in range(5):
        ActivityFactory(themes=[theme], tags=["a", str(number)])
    assert queries() == few


@pytest.fixture
def asked(db):
    """A theme with a narrower one, a group, and who has which."""
    wide = ThemeFactory()
    narrow = ThemeFactory(parent=wide)
    group = TargetGroupFactory()
    return {
        "wide": wide,
        "narrow": narrow,
        "group": group,
        "theme_and_group": OrganisationFactory(
            name="A", themes=[narrow], target_groups=[group], public=True
        ),
        "theme": OrganisationFactory(name="B", themes=[wide], public=True),
        "group_only": OrganisationFactory(name="C", target_groups=[group], public=True),
        "neither": OrganisationFactory(name="D", public=True),
        "draft": OrganisationFactory(name="E", themes=[wide], target_groups=[group]),
    }


@pytest.mark.parametrize(
    ("themes", "groups", "picked", "expected"),
    [
        (True, False, False, ["A", "B"]),
        (False, True, False, ["A", "C"]),
        (True, True, False, ["A"]),
        (True, True, True, ["A", "D"]),
        (False, False, True, ["D"]),
        (False, False, False, []),
    ],
)
def test_a_help_question_gathers_by_theme_and_group_and_what_was_picked(
    asked, themes, groups, picked, expected
):
    question = HelpQuestionFactory(
        themes=[asked["wide"]] if themes else [],
        target_groups=[asked["group"]] if groups else [],
        organisations=[asked["neither"], asked["draft"]] if picked else [],
    )
    gathered = records_of(question)
    assert [record.name for record in gathered.organisations] == expected
    assert [record.name for record in gathered.first(20)] == expected
    assert gathered.count() == len(expected)
    questions = HelpQuestion.objects.prefetch_related("themes", "target_groups")
    assert numbers_gathered(questions) == {question.pk: len(expected)}


@pytest.mark.django_db
def test_a_preview_tells_what_a_merge_then_does():
    old, new = ThemeFactory(), ThemeFactory()
    child = ThemeFactory(parent=old)
    question = HelpQuestionFactory(themes=[old])
    live = OrganisationFactory(name="Zeta", themes=[old], public=True)
    OrganisationFactory(name="Alfa", themes=[old])
    ActivityFactory(name="Beta", themes=[old], organisation=live)
    preview = merge_preview([old])
    assert [(n.model.__name__, n.live, n.drafts) for n in preview.numbers] == [
        ("Organisation", 1, 1),
        ("Activity", 0, 1),
    ]
    assert [record.name for record in preview.named] == ["Alfa", "Beta", "Zeta"]
    assert (preview.themes, preview.help_questions, preview.total) == ((child,), (question,), 3)
    merge_words(words=[old], into=new)
    assert len(uses_of(Theme)[new.pk].in_use) == 3
