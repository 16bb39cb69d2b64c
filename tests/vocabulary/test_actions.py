"""Putting words in order and making one of several."""

import pytest
from django.contrib.contenttypes.models import ContentType
from wagtail.models import ModelLogEntry

from socialekaart_plugin.models import PublishedRecord
from socialekaart_plugin.publication.signals import published_records_changed
from socialekaart_plugin.vocabulary.actions import (
    MergeError,
    OrderingError,
    delete_unused_keywords,
    merge_words,
    move_theme,
    shift_word,
)
from socialekaart_plugin.vocabulary.models import Keyword, TargetGroup, Theme
from tests.factories import (
    ActivityFactory,
    HelpQuestionFactory,
    OrganisationFactory,
    TargetGroupFactory,
    ThemeFactory,
    UserFactory,
    change,
    publish,
)

pytestmark = pytest.mark.django_db


def lines_about(row):
    lines = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(row), object_id=str(row.pk)
    )
    return [line.action for line in lines.order_by("pk")]


def names(model, **conditions):
    words = model.objects.filter(**conditions).order_by("sort_order", "name", "pk")
    return [word.name for word in words]


def public_themes(record):
    payload = PublishedRecord.objects.get(uuid=record.uuid).public_payload
    return [theme["name"] for theme in payload["themes"]]


def draft_of(record):
    record.refresh_from_db()
    return record.get_latest_revision_as_object()


def test_a_word_moves_one_place_among_those_of_its_level_only():
    geld, wonen = ThemeFactory(name="Geld"), ThemeFactory(name="Wonen")
    schulden = ThemeFactory(name="Schulden", parent=geld)
    shift_word(word=wonen, by=-1)
    assert names(Theme, parent=None) == ["Wonen", "Geld"]
    schulden.refresh_from_db()
    assert (schulden.parent, schulden.sort_order) == (geld, 0)


def test_words_that_had_no_order_yet_are_numbered_from_one():
    for name in ("Jongeren", "Ouderen", "Statushouders"):
        TargetGroupFactory(name=name)
    shift_word(word=TargetGroup.objects.get(name="Statushouders"), by=-1)
    assert names(TargetGroup) == ["Jongeren", "Statushouders", "Ouderen"]
    assert sorted(TargetGroup.objects.values_list("sort_order", flat=True)) == [1, 2, 3]


def test_the_first_word_does_not_move_up_and_nothing_is_logged():
    first, _second = HelpQuestionFactory(name="A"), HelpQuestionFactory(name="B")
    shift_word(word=first, by=-1)
    assert lines_about(first) == []


def test_moving_writes_one_line_and_tells_the_gate():
    user, first, second = UserFactory(), ThemeFactory(name="A"), ThemeFactory(name="B")
    shift_word(word=second, by=-1, user=user)
    assert lines_about(first) == []
    line = ModelLogEntry.objects.get(action="socialekaart.reorder")
    assert (line.object_id, line.user, line.data) == (str(second.pk), user, {"from": 2, "to": 1})
    assert PublishedRecord.objects.get(uuid=second.uuid).public_payload["sort_order"] == 1


def test_a_theme_goes_below_another_with_all_that_is_part_of_it_and_comes_last_there():
    wonen = ThemeFactory(name="Wonen")
    ThemeFactory(name="Huren", parent=wonen, sort_order=4)
    geld = ThemeFactory(name="Geld")
    schulden = ThemeFactory(name="Schulden", parent=geld)
    record = ActivityFactory(themes=[schulden], public=True)
    move_theme(theme=geld, parent=wonen)
    assert names(Theme, parent=wonen) == ["Huren", "Geld"]
    payload = PublishedRecord.objects.get(uuid=record.uuid).public_payload
    assert [step["name"] for step in payload["themes"][0]["path"]] == ["Wonen", "Geld", "Schulden"]
    assert lines_about(geld) == ["socialekaart.move_theme"]


def test_a_theme_comes_back_to_the_top():
    wide = ThemeFactory()
    narrow = ThemeFactory(parent=wide)
    move_theme(theme=narrow, parent=None)
    narrow.refresh_from_db()
    assert narrow.parent is None


def test_a_theme_cannot_go_below_itself_nor_below_what_is_part_of_it():
    wide = ThemeFactory()
    narrow = ThemeFactory(parent=ThemeFactory(parent=wide))
    for parent in (wide, narrow):
        with pytest.raises(OrderingError):
            move_theme(theme=wide, parent=parent)
    wide.refresh_from_db()
    assert wide.parent is None


def test_a_theme_that_stands_there_already_leaves_no_line():
    wide = ThemeFactory()
    narrow = ThemeFactory(parent=wide)
    move_theme(theme=narrow, parent=wide)
    assert lines_about(narrow) == []


def test_merging_changes_the_public_row_the_draft_and_never_publishes_it():
    old, new, other = ThemeFactory(name="Oud"), ThemeFactory(name="Nieuw"), ThemeFactory(name="X")
    record = OrganisationFactory(themes=[other, old], public=True, summary="Zoals het was.")
    change(record, summary="Zoals het wordt.")
    merge_words(words=[old], into=new)
    assert sorted(public_themes(record)) == ["Nieuw", "X"]
    draft = draft_of(record)
    assert sorted(theme.name for theme in draft.themes.all()) == ["Nieuw", "X"]
    assert record.has_unpublished_changes
    assert (record.summary, draft.summary) == ("Zoals het was.", "Zoals het wordt.")
    assert not Theme.objects.filter(pk=old.pk).exists()
    assert PublishedRecord.objects.get(uuid=old.uuid).withdrawn_at is not None


def test_a_draft_that_only_just_took_the_theme_keeps_the_target_when_it_is_published():
    old, new = ThemeFactory(name="Oud"), ThemeFactory(name="Nieuw")
    record = OrganisationFactory(public=True)
    change(record, themes=[old])
    merge_words(words=[old], into=new)
    record.refresh_from_db()
    assert public_themes(publish(record)) == ["Nieuw"]


def test_a_record_that_has_both_keeps_one():
    old, new = ThemeFactory(name="Oud"), ThemeFactory(name="Nieuw")
    record = OrganisationFactory(themes=[old, new], public=True)
    merge_words(words=[old], into=new)
    assert public_themes(record) == ["Nieuw"]


def test_narrower_themes_and_help_questions_go_along():
    old, new = ThemeFactory(name="Oud"), ThemeFactory(name="Nieuw")
    child = ThemeFactory(name="Kind", parent=old)
    question = HelpQuestionFactory(themes=[old])
    merge_words(words=[old], into=new)
    child.refresh_from_db()
    question.refresh_from_db()
    assert child.parent == new
    assert list(question.themes.all()) == [new]
    assert lines_about(child) == ["socialekaart.move_theme"]
    assert lines_about(question) == ["socialekaart.replace_word"]


def test_the_log_has_a_line_with_numbers_one_for_each_record_and_one_for_what_is_gone():
    user, old, new = UserFactory(), ThemeFactory(name="Oud"), ThemeFactory(name="Nieuw")
    record = OrganisationFactory(themes=[old], public=True)
    ActivityFactory(themes=[old], organisation=record)
    merge_words(words=[old], into=new, user=user)
    line = ModelLogEntry.objects.get(action="socialekaart.merge")
    assert (line.object_id, line.user) == (str(new.pk), user)
    assert line.data == {
        "merged": [{"pk": old.pk, "name": "Oud"}],
        "organisation": 1,
        "activity": 1,
        "help_question": 0,
        "theme": 0,
    }
    replaced = ModelLogEntry.objects.filter(action="socialekaart.replace_word")
    assert {entry.data["to"] for entry in replaced} == {"Nieuw"}
    assert replaced.count() == 2
    gone = ModelLogEntry.objects.get(action="wagtail.delete")
    assert (gone.label, gone.deleted, gone.user) == ("Oud", True, user)


def test_a_merge_that_fails_half_way_changes_nothing():
    old, new = ThemeFactory(name="Oud"), ThemeFactory(name="Nieuw")
    records = [OrganisationFactory(themes=[old], public=True) for _ in range(3)]

    def fail_at_the_last(records, **kwargs):
        if any(row.uuid == last.uuid for row in records):
            raise RuntimeError

    last = max(records, key=lambda record: record.pk)
    published_records_changed.connect(fail_at_the_last)
    try:
        with pytest.raises(RuntimeError):
            merge_words(words=[old], into=new)
    finally:
        published_records_changed.disconnect(fail_at_the_last)
    assert [public_themes(record) for record in records] == [["Oud"]] * 3
    assert not ModelLogEntry.objects.filter(action__startswith="socialekaart.").exists()


def test_a_theme_is_not_merged_into_itself_nor_into_what_is_part_of_it():
    wide = ThemeFactory()
    narrow = ThemeFactory(parent=wide)
    for into in (wide, narrow):
        with pytest.raises(MergeError):
            merge_words(words=[wide], into=into)
    assert Theme.objects.filter(pk=wide.pk).exists()


def test_a_theme_is_merged_into_the_wider_one():
    wide = ThemeFactory(name="Breed")
    narrow = ThemeFactory(parent=wide)
    record = OrganisationFactory(themes=[narrow], public=True)
    merge_words(words=[narrow], into=wide)
    assert public_themes(record) == ["Breed"]


def test_a_theme_and_what_is_part_of_it_are_merged_together():
    wide, into = ThemeFactory(), ThemeFactory(name="Nieuw")
    narrow = ThemeFactory(parent=wide)
    below = ThemeFactory(parent=narrow)
    merge_words(words=[wide, narrow], into=into)
    below.refresh_from_db()
    assert below.parent == into
    assert not Theme.objects.filter(pk__in=[wide.pk, narrow.pk]).exists()


@pytest.mark.parametrize("gone", ["word", "target"])
def test_what_someone_else_deleted_meanwhile_cannot_be_merged(gone):
    word, target = ThemeFactory(), ThemeFactory()
    (word if gone == "word" else target).__class__.objects.filter(
        pk=(word if gone == "word" else target).pk
    ).delete()
    with pytest.raises(MergeError):
        merge_words(words=[word], into=target)


def test_target_groups_are_merged_in_the_same_way():
    old, new = TargetGroupFactory(name="Senioren"), TargetGroupFactory(name="Ouderen")
    record = OrganisationFactory(target_groups=[old], public=True)
    question = HelpQuestionFactory(target_groups=[old])
    merge_words(words=[old], into=new)
    payload = PublishedRecord.objects.get(uuid=record.uuid).public_payload
    assert [group["name"] for group in payload["target_groups"]] == ["Ouderen"]
    question.refresh_from_db()
    assert list(question.target_groups.all()) == [new]


def test_several_keywords_become_one_in_public_and_in_drafts():
    live = OrganisationFactory(tags=["wandelen", "lopen"], public=True)
    draft = OrganisationFactory(tags=["Wandelen"])
    stay, capital, walk = (Keyword.objects.get(name=n) for n in ("wandelen", "Wandelen", "lopen"))
    merge_words(words=[capital, walk], into=stay)
    assert PublishedRecord.objects.get(uuid=live.uuid).public_payload["tags"] == ["wandelen"]
    assert [tag.name for tag in draft_of(draft).tags.all()] == ["wandelen"]
    assert [keyword.name for keyword in Keyword.objects.all()] == ["wandelen"]


def test_only_keywords_that_neither_the_public_nor_a_draft_uses_are_cleared_away():
    OrganisationFactory(tags=["openbaar"], public=True)
    Keyword.objects.create(name="ongebruikt")
    Keyword.objects.create(name="alleen in concept")
    record = OrganisationFactory(public=True)
    draft = record.get_latest_revision_as_object()
    draft.tags.set(["alleen in concept"])
    draft.save_revision()
    assert delete_unused_keywords() == ["ongebruikt"]
    assert set(Keyword.objects.values_list("name", flat=True)) == {"openbaar", "alleen in concept"}
    assert ModelLogEntry.objects.get(action="wagtail.delete").label == "ongebruikt"
