"""The screens of themes, target groups, keywords and help questions in the admin."""

import re

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape
from wagtail.models import ModelLogEntry

from socialekaart_plugin.directory.models import HelpQuestion
from socialekaart_plugin.models import PublicationEvent
from socialekaart_plugin.moderation.permissions import Role
from socialekaart_plugin.vocabulary.models import Keyword, TargetGroup, Theme
from tests.factories import (
    ActivityFactory,
    HelpQuestionFactory,
    OrganisationFactory,
    TargetGroupFactory,
    ThemeFactory,
    UserFactory,
)
from tests.snippet_screens import rows, text_of, url

pytestmark = pytest.mark.django_db

MODELS = [Theme, TargetGroup, Keyword, HelpQuestion]
WORDS = [Theme, TargetGroup, Keyword]


def make(model, name, **kwargs):
    return model.objects.create(name=name, **kwargs)


def users_of(word):
    """An organisation that has the word."""
    field = {Theme: "themes", TargetGroup: "target_groups", Keyword: "tags"}[type(word)]
    value = [word.name] if field == "tags" else [word]
    return OrganisationFactory(name="Stichting Samen", public=True, **{field: value})


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.fixture
def manager(team, client):
    client.force_login(UserFactory(role=Role.MANAGERS))
    return client


@pytest.fixture
def editor(team, client):
    client.force_login(UserFactory(role=Role.EDITORS))
    return client


def test_the_tree_shows_public_records_those_of_narrower_themes_and_drafts(manager):
    geld = ThemeFactory(name="Geld")
    schulden = ThemeFactory(name="Schulden", parent=geld)
    both = OrganisationFactory(themes=[geld, schulden], public=True)
    ActivityFactory(themes=[schulden], organisation=both, public=True)
    ActivityFactory(themes=[schulden], organisation=both)
    listed = rows(manager.get(url(Theme, "list")))
    assert [row[1].split()[0] for row in listed] == ["Geld", "Schulden"]
    assert [[int(cell.split()[0]) for cell in row[2:5]] for row in listed] == [[1, 2, 0], [2, 2, 1]]


def test_a_search_among_themes_shows_the_path_and_no_buttons_to_move(manager):
    ThemeFactory(name="Schulden", parent=ThemeFactory(name="Geld"))
    text = text_of(manager.get(url(Theme, "list"), {"q": "Schulden"}))
    assert "sk-tree__path" in text
    assert 'name="direction"' not in text


@pytest.mark.parametrize("model", MODELS)
def test_a_list_takes_as_many_queries_for_many_words_as_for_few(manager, model):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert manager.get(url(model, "list")).status_code == 200
        return len(captured)

    def word(number):
        made = make(model, f"Woord {number}")
        if model in WORDS:
            users_of(made)

    word(0), word(1)
    queries()
    few = queries()
    for number in range(2, 9):
        word(number)
    assert queries() == few


@pytest.mark.parametrize("model", [Theme, TargetGroup, HelpQuestion])
def test_the_buttons_move_a_word_and_return_to_it(manager, model):
    make(model, "Eerste", sort_order=1)
    second = make(model, "Tweede", sort_order=2)
    address = url(model, "shift", second.pk)
    assert address in text_of(manager.get(url(model, "list")))
    response = manager.post(address, {"direction": "up"})
    assert response["Location"] == f"{url(model, 'list')}#shift-{second.pk}"
    assert [word.name for word in model.objects.all()] == ["Tweede", "Eerste"]


def test_a_list_out_of_order_has_no_buttons_to_move(manager):
    TargetGroupFactory()
    assert 'name="direction"' in text_of(manager.get(url(TargetGroup, "list")))
    sorted_by_name = manager.get(url(TargetGroup, "list"), {"ordering": "-name"})
    assert 'name="direction"' not in text_of(sorted_by_name)


def test_a_theme_is_moved_below_another_on_a_screen_that_does_not_offer_itself(manager):
    geld, wonen = ThemeFactory(name="Geld"), ThemeFactory(name="Wonen")
    ThemeFactory(name="Huren", parent=wonen)
    address = url(Theme, "move", wonen.pk)
    offered = re.findall(r"<option[^>]*>([^<]*)</option>", text_of(manager.get(address)))
    assert [name for name in offered if name in ("Geld", "Wonen", "Wonen › Huren")] == ["Geld"]
    manager.post(address, {"parent": geld.pk})
    wonen.refresh_from_db()
    assert wonen.parent == geld


def test_a_theme_that_someone_moved_meanwhile_is_not_put_below_itself(manager):
    wide = ThemeFactory(name="Breed")
    narrow = ThemeFactory(parent=wide)
    response = manager.post(url(Theme, "move", wide.pk), {"parent": narrow.pk})
    assert "onderdeel van zichzelf" in text_of(response)
    wide.refresh_from_db()
    assert wide.parent is None


def test_a_new_theme_comes_last_on_its_level(manager):
    parent = ThemeFactory(sort_order=1)
    ThemeFactory(name="Eerste", parent=parent, sort_order=7)
    manager.post(
        url(Theme, "add"), {"name": "Nieuw", "parent": parent.pk, "description": "", "slug": ""}
    )
    assert [theme.name for theme in parent.children.all()] == ["Eerste", "Nieuw"]


@pytest.mark.parametrize("model", WORDS)
def test_a_merge_shows_what_will_change_and_changes_it_at_the_button(manager, model):
    old, new = make(model, "Oud"), make(model, "Nieuw")
    record = users_of(old)
    address = url(model, "merge")
    given = {"word": old.pk, "into": new.pk}
    shown = text_of(manager.get(address, given))
    assert record.name in shown
    assert model.objects.filter(pk=old.pk).exists()
    response = manager.post(address, given)
    assert response["Location"] == url(model, "list")
    assert not model.objects.filter(pk=old.pk).exists()
    assert any("Nieuw" in message for message in said(response))
    after = text_of(manager.get(url(model, "usage", new.pk)))
    assert record.name in after


def test_several_words_that_were_ticked_are_merged_into_one_of_them(manager):
    keywords = [make(Keyword, name) for name in ("wandelen", "Wandelen", "lopen")]
    bulk = reverse("wagtail_bulk_action", args=["socialekaart_plugin", "keyword", "merge"])
    response = manager.get(bulk, {"id": [k.pk for k in keywords]}, follow=True)
    assert "Wandelen" in text_of(response)
    pks = [keyword.pk for keyword in keywords]
    manager.post(url(Keyword, "merge"), {"word": pks, "into": keywords[0].pk})
    assert [keyword.name for keyword in Keyword.objects.all()] == ["wandelen"]


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"word": "x"},
        {"word": "99999999999999999999999"},
        {"word": "1", "into": "99999999999999999999999"},
        {"word": "1", "into": "x"},
        {"word": "1", "into": "1"},
        {"word": "987654"},
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_merge_of_nothing_or_into_nothing_is_told_in_words(manager, given, method):
    word = make(Theme, "Enige")
    given = {key: str(word.pk) if value == "1" else value for key, value in given.items()}
    response = getattr(manager, method)(url(Theme, "merge"), given)
    assert response.status_code in (200, 302)
    assert Theme.objects.filter(pk=word.pk).exists()
    if response.status_code == 302:
        assert said(response)


def test_a_merge_of_very_many_records_goes_to_a_task(manager, settings):
    settings.SOCIALEKAART_FANOUT_LIMIT = 0
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    old, new = make(Theme, "Oud"), make(Theme, "Nieuw")
    users_of(old)
    given = {"word": old.pk, "into": new.pk}
    assert "enkele minuten" in text_of(manager.get(url(Theme, "merge"), given))
    response = manager.post(url(Theme, "merge"), given)
    assert "wordt uitgevoerd" in said(response)[0]
    assert Theme.objects.filter(pk=old.pk).exists()


def test_a_task_that_is_carried_out_at_once_says_so(manager, settings):
    settings.SOCIALEKAART_FANOUT_LIMIT = 0
    old, new = make(Theme, "Oud"), make(Theme, "Nieuw")
    users_of(old)
    response = manager.post(url(Theme, "merge"), {"word": old.pk, "into": new.pk})
    assert "Samengevoegd" in said(response)[0]
    assert not Theme.objects.filter(pk=old.pk).exists()
    assert ModelLogEntry.objects.get(action="socialekaart.merge").user is not None


@pytest.mark.parametrize("model", WORDS)
def test_a_word_in_use_is_not_deleted_and_it_is_told_by_what_it_is_used(manager, model):
    word = make(model, "Woord")
    record = users_of(word)
    for response, status in (
        (manager.get(url(model, "delete", word.pk)), 200),
        (manager.post(url(model, "delete", word.pk)), 409),
    ):
        text = text_of(response)
        assert response.status_code == status
        assert record.name in text
        assert "samenvoegen" in text.lower()
    assert model.objects.filter(pk=word.pk).exists()
    record.refresh_from_db()
    assert record.live


@pytest.mark.parametrize("model", WORDS)
def test_a_word_that_only_a_draft_uses_is_not_deleted_either(manager, model):
    word = make(model, "Woord")
    record = OrganisationFactory(name="Stichting Concept", public=True)
    draft = record.get_latest_revision_as_object()
    if model is Keyword:
        draft.tags.set(["Woord"])
    else:
        setattr(draft, {Theme: "themes", TargetGroup: "target_groups"}[model], [word])
    draft.save_revision()
    text = text_of(manager.post(url(model, "delete", word.pk)))
    assert "Stichting Concept" in text
    assert "alleen in een concept" in text
    assert model.objects.filter(pk=word.pk).exists()


def test_a_theme_with_narrower_themes_or_a_help_question_is_not_deleted(manager):
    theme = ThemeFactory()
    ThemeFactory(name="Smaller", parent=theme)
    HelpQuestionFactory(name="Ik kom niet rond", themes=[theme])
    text = text_of(manager.post(url(Theme, "delete", theme.pk)))
    assert "Smaller" in text
    assert "Ik kom niet rond" in text
    assert Theme.objects.filter(pk=theme.pk).exists()


@pytest.mark.parametrize("model", WORDS)
def test_bulk_deletion_with_one_in_use_deletes_none(manager, model):
    used, unused = make(model, "Gebruikt"), make(model, "Ongebruikt")
    users_of(used)
    bulk = reverse(
        "wagtail_bulk_action", args=["socialekaart_plugin", model._meta.model_name, "delete"]
    )
    address = f"{bulk}?id={used.pk}&id={unused.pk}"
    assert "Stichting Samen" in text_of(manager.get(address))
    assert manager.post(address).status_code == 409
    assert model.objects.filter(pk__in=[used.pk, unused.pk]).count() == 2


def test_bulk_deletion_of_what_nothing_uses_is_logged(manager):
    word = make(Keyword, "Ongebruikt")
    bulk = reverse("wagtail_bulk_action", args=["socialekaart_plugin", "keyword", "delete"])
    manager.post(f"{bulk}?id={word.pk}")
    assert not Keyword.objects.exists()
    assert ModelLogEntry.objects.get(action="wagtail.delete").label == "Ongebruikt"


@pytest.mark.parametrize("model", MODELS)
def test_what_nothing_uses_is_deleted_after_confirmation(manager, model):
    word = make(model, "Woord")
    assert manager.get(url(model, "delete", word.pk)).status_code == 200
    assert model.objects.filter(pk=word.pk).exists()
    manager.post(url(model, "delete", word.pk))
    assert not model.objects.filter(pk=word.pk).exists()


def test_where_a_theme_is_used_names_drafts_narrower_themes_and_help_questions(manager):
    theme = ThemeFactory()
    ThemeFactory(name="Smaller", parent=theme)
    HelpQuestionFactory(name="Ik kom niet rond", themes=[theme])
    OrganisationFactory(name="Openbaar", themes=[theme], public=True)
    OrganisationFactory(name="Concept", themes=[theme])
    listed = rows(manager.get(url(Theme, "usage", theme.pk)))
    assert {row[0]: row[2] for row in listed} == {
        "Openbaar": "",
        "Concept": "alleen in een concept",
        "Smaller": "",
        "Ik kom niet rond": "",
    }


def test_keywords_are_searched_and_those_unused_or_used_once_are_found(manager):
    make(Keyword, "ongebruikt")
    OrganisationFactory(tags=["eenmaal", "vaker"], public=True)
    OrganisationFactory(tags=["vaker"])

    def listed(**query):
        text = text_of(manager.get(url(Keyword, "list"), query))
        return [name for name in ("ongebruikt", "eenmaal", "vaker") if f">{name}<" in text]

    assert listed() == ["ongebruikt", "eenmaal", "vaker"]
    assert listed(q="een") == ["eenmaal"]
    assert listed(use="unused") == ["ongebruikt"]
    assert listed(use="once") == ["eenmaal"]
    assert listed(use="nonsense") == ["ongebruikt", "eenmaal", "vaker"]


def test_keywords_that_resemble_each_other_lead_to_where_they_are_merged(manager):
    first, second = make(Keyword, "taal"), make(Keyword, "talen")
    text = text_of(manager.get(url(Keyword, "list")))
    assert escape(f"{url(Keyword, 'merge')}?word={first.pk}&word={second.pk}") in text


def test_a_keyword_is_renamed_but_not_to_one_that_exists(manager):
    word = make(Keyword, "wandellen")
    make(Keyword, "Fietsen")
    address = url(Keyword, "edit", word.pk)
    manager.post(address, {"name": "wandelen", "slug": "wandelen"})
    word.refresh_from_db()
    assert word.name == "wandelen"
    response = manager.post(address, {"name": "fietsen", "slug": "wandelen"})
    assert "Er is al een trefwoord “Fietsen”" in text_of(response)


def test_unused_keywords_are_shown_before_they_are_cleared_away(manager):
    make(Keyword, "ongebruikt")
    OrganisationFactory(tags=["gebruikt"])
    address = url(Keyword, "unused")
    shown = text_of(manager.get(address))
    assert "ongebruikt" in shown
    assert ">gebruikt<" not in shown
    assert Keyword.objects.count() == 2
    manager.post(address)
    assert [keyword.name for keyword in Keyword.objects.all()] == ["gebruikt"]


def addresses(word, other):
    """What only some may see, with what is sent there."""
    model = type(word)
    found = [
        (url(model, "list"), None),
        (url(model, "edit", word.pk), {"name": "X", "slug": "x"}),
        (url(model, "delete", word.pk), {}),
    ]
    if model is not Keyword:
        found.append((url(model, "shift", word.pk), {"direction": "up"}))
    if model in WORDS:
        found.append((url(model, "merge"), {"word": word.pk, "into": other.pk}))
    if model is Theme:
        found.append((url(model, "move", word.pk), {"parent": other.pk}))
    if model is Keyword:
        found.append((url(model, "unused"), {}))
    return found


@pytest.mark.parametrize("model", MODELS)
def test_who_may_not_gets_nowhere_and_changes_nothing(editor, model):
    word, other = make(model, "A"), make(model, "B")
    before = list(model.objects.values())
    for address, sent in addresses(word, other):
        assert editor.get(address, {"word": word.pk}).status_code in (302, 405)
        if sent is not None:
            response = editor.post(address, sent)
            assert response.status_code == 302
            assert response["Location"] == reverse("wagtailadmin_home")
    assert list(model.objects.values()) == before


@pytest.mark.parametrize("model", MODELS)
def test_looking_changes_nothing(manager, model):
    word, other = make(model, "A"), make(model, "B")
    before = list(model.objects.values())
    events, lines = PublicationEvent.objects.count(), ModelLogEntry.objects.count()
    for address, sent in addresses(word, other):
        assert manager.get(address, sent).status_code in (200, 405)
    assert list(model.objects.values()) == before
    assert PublicationEvent.objects.count() == events
    assert ModelLogEntry.objects.count() == lines
