"""The lists and forms of synonyms, stop rules, compounds and rules for queries."""

import csv
import io
import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry

from socialekaart_plugin.directory.actions import withdraw_record
from socialekaart_plugin.discovery.selectors import newest_mark, plan_rules
from socialekaart_plugin.language import STANDARD_COMPOUNDS
from socialekaart_plugin.models import (
    CompoundWord,
    PublishedRecord,
    QueryRule,
    Reanalysis,
    StopRule,
    SynonymGroup,
)
from socialekaart_plugin.moderation.permissions import Role
from tests.factories import ActivityFactory, OrganisationFactory, UserFactory
from tests.snippet_screens import url

pytestmark = pytest.mark.django_db

MODELS = [SynonymGroup, StopRule, CompoundWord, QueryRule]


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def moderator(team, client):
    client.force_login(UserFactory(role=Role.MODERATORS))
    return client


@pytest.fixture
def bureau(db):
    return OrganisationFactory(public=True, name="Bureau Budget")


def text_of(response):
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def typed_for(model, bureau):
    return {
        SynonymGroup: {"terms": "wmo\nhulp thuis", "note": ""},
        StopRule: {"word": "kaart", "does_not_find": "kaarten"},
        CompoundWord: {"word": "zwembad"},
        QueryRule: {
            "query": "Schulden?",
            "effect": "pin",
            "sort_order": "0",
            "record_uuid": str(bureau.uuid),
        },
    }[model]


def make(model, bureau):
    return model.objects.create(**typed_for(model, bureau))


@pytest.mark.parametrize("model", MODELS)
def test_what_is_added_changed_and_deleted_is_in_force_and_in_the_log(model, moderator, bureau):
    before = newest_mark()
    assert moderator.post(url(model, "add"), typed_for(model, bureau)).status_code == 302
    row = model.objects.get()
    added = newest_mark()
    assert added != before
    moderator.post(url(model, "edit", row.pk), typed_for(model, bureau))
    assert newest_mark() != added
    edited = newest_mark()
    assert str(row) in text_of(moderator.get(url(model, "delete", row.pk)))
    assert model.objects.exists()
    moderator.post(url(model, "delete", row.pk))
    assert not model.objects.exists()
    assert newest_mark() != edited
    logged = ModelLogEntry.objects.filter(content_type__model=model._meta.model_name)
    assert {entry.action for entry in logged} == {
        "wagtail.create",
        "wagtail.edit",
        "wagtail.delete",
    }


@pytest.mark.parametrize("model", MODELS)
def test_an_editor_adds_and_changes_but_does_not_delete(model, team, client, bureau):
    client.force_login(UserFactory(role=Role.EDITORS))
    assert client.post(url(model, "add"), typed_for(model, bureau)).status_code == 302
    row = model.objects.get()
    assert client.get(url(model, "edit", row.pk)).status_code == 200
    client.post(url(model, "delete", row.pk))
    assert model.objects.exists()


@pytest.mark.parametrize("model", MODELS)
def test_who_has_no_rights_sees_nothing(model, client):
    client.force_login(UserFactory(is_staff=True))
    assert client.get(url(model, "list")).status_code == 302


@pytest.mark.parametrize("model", MODELS)
def test_an_empty_list_says_what_to_do(model, moderator):
    page = text_of(moderator.get(url(model, "list")))
    assert "Add the first" in page
    assert "There are no" not in page


@pytest.mark.parametrize("model", MODELS)
def test_a_search_without_hits_says_so(model, moderator, bureau):
    make(model, bureau)
    page = text_of(moderator.get(url(model, "list"), {"q": "qqqq"}))
    said = "no such word" if model is CompoundWord else "Nothing was found"
    assert said in page
    assert said not in text_of(moderator.get(url(model, "list")))


@pytest.mark.parametrize("model", MODELS)
def test_a_list_leaves_as_csv_and_xlsx(model, moderator, bureau):
    row = make(model, bureau)
    response = moderator.get(url(model, "list"), {"export": "csv"})
    lines = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode())))
    assert len(lines) == 2
    field = {SynonymGroup: "terms", QueryRule: "query"}.get(model, "word")
    assert lines[1][0] == getattr(row, field)
    response = moderator.get(url(model, "list"), {"export": "xlsx"})
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert next([cell.value for cell in line] for line in sheet.rows) == lines[0]


@pytest.mark.parametrize("model", MODELS)
def test_a_row_leads_to_the_test_bench(model, moderator, bureau):
    make(model, bureau)
    page = moderator.get(url(model, "list")).content.decode()
    query = {SynonymGroup: "wmo", StopRule: "kaart", CompoundWord: "zwembad"}.get(
        model, "Schulden%3F"
    )
    assert f"{reverse('socialekaart_bench:index')}?q={query}" in page


@pytest.mark.parametrize("model", MODELS)
def test_the_number_of_queries_does_not_grow_with_the_list(model, moderator):
    def queries():
        moderator.get(url(model, "list"))
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert moderator.get(url(model, "list")).status_code == 200
        return len(captured)

    make_many(model, range(2))
    few = queries()
    make_many(model, range(2, 14))
    assert queries() == few


def make_many(model, numbers):
    for number in numbers:
        values = {
            SynonymGroup: {"terms": f"woord{number}\nander{number}"},
            StopRule: {"word": f"woord{number}", "does_not_find": "ander"},
            CompoundWord: {"word": f"woord{number}"},
            QueryRule: {"query": f"woord{number}", "record_uuid": uuid.uuid4()},
        }[model]
        model.objects.create(**values)


@pytest.mark.parametrize(
    ("model", "typed", "said"),
    [
        (SynonymGroup, {"terms": "wmo"}, "at least two different words"),
        (SynonymGroup, {"terms": "wmo\nWMO"}, "at least two different words"),
        (SynonymGroup, {"terms": ""}, "required"),
        (StopRule, {"word": "kaart", "does_not_find": "Kaart"}, "same word"),
        (StopRule, {"word": "twee woorden", "does_not_find": "x"}, "one word"),
        (StopRule, {"word": "a\0b", "does_not_find": "x"}, "Null characters"),
        (CompoundWord, {"word": "ab"}, "at least three letters"),
        (CompoundWord, {"word": "!!!"}, "one word"),
        (QueryRule, {"query": "?!", "effect": "pin", "sort_order": "0"}, "at least one word"),
        (QueryRule, {"query": "x", "record_uuid": "no-uuid"}, "not public now"),
        (QueryRule, {"query": "x", "record_uuid": str(uuid.uuid4())}, "not public now"),
        (QueryRule, {"query": "x", "record_uuid": ""}, "Choose one."),
        (QueryRule, {"query": "x", "effect": "burn", "sort_order": "-1"}, "valid choice"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(model, typed, said, moderator):
    page = moderator.post(url(model, "add"), typed)
    assert said in text_of(page)
    field = next(iter(typed))
    assert page.context["form"][field].value() == typed[field]
    assert not model.objects.exists()


def test_a_second_rule_for_the_same_is_refused_however_it_is_written(moderator, bureau):
    make(QueryRule, bureau)
    again = typed_for(QueryRule, bureau) | {"query": "SCHULDEN"}
    assert "There is a rule for this query" in text_of(moderator.post(url(QueryRule, "add"), again))
    assert QueryRule.objects.count() == 1


def test_a_withdrawn_record_shows_as_such_in_list_form_and_file(moderator, bureau):
    rule = make(QueryRule, bureau)
    assert "Bureau Budget" in text_of(moderator.get(url(QueryRule, "list")))
    assert "Bureau Budget" in text_of(moderator.get(url(QueryRule, "edit", rule.pk)))
    withdraw_record(record=bureau, reason="weg", user=UserFactory())
    for page in (
        moderator.get(url(QueryRule, "list")),
        moderator.get(url(QueryRule, "edit", rule.pk)),
    ):
        assert "Bureau Budget" not in text_of(page)
        assert f"withdrawn ({bureau.short_id})" in text_of(page)
    exported = moderator.get(url(QueryRule, "list"), {"export": "csv"})
    assert f"withdrawn ({bureau.short_id})" in b"".join(exported.streaming_content).decode()


def test_a_rule_of_a_withdrawn_record_can_still_be_changed(moderator, bureau):
    rule = make(QueryRule, bureau)
    withdraw_record(record=bureau, reason="weg", user=UserFactory())
    changed = typed_for(QueryRule, bureau) | {"sort_order": "3"}
    assert moderator.post(url(QueryRule, "edit", rule.pk), changed).status_code == 302
    rule.refresh_from_db()
    assert rule.sort_order == 3


def test_rules_that_do_nothing_can_be_listed(moderator, bureau):
    make(QueryRule, bureau)
    QueryRule.objects.create(query="verdwenen", record_uuid=uuid.uuid4())
    listed = text_of(moderator.get(url(QueryRule, "list"), {"state": "withdrawn"}))
    assert "verdwenen" in listed
    assert "Schulden?" not in listed
    listed = text_of(moderator.get(url(QueryRule, "list"), {"state": "public"}))
    assert "Schulden?" in listed
    assert "verdwenen" not in listed


def test_the_words_that_come_with_the_app_are_shown_and_searched(moderator):
    page = text_of(moderator.get(url(CompoundWord, "list")))
    assert f"The {len(STANDARD_COMPOUNDS):,} words" in page
    assert "schuld" in page
    searched = moderator.get(url(CompoundWord, "list_results"), {"q": "SCHULD"})
    assert [word for word, _is_left_out in searched.context["standard"]] == [
        word for word in STANDARD_COMPOUNDS if "schuld" in word
    ]
    assert "no such word in your own list" in text_of(searched)


def test_a_word_that_is_left_out_is_no_part_of_compounds(moderator):
    assert "schuld" in plan_rules(newest_mark()).compounds
    moderator.post(url(CompoundWord, "add"), {"word": "Schuld", "is_left_out": "on"})
    assert "schuld" not in plan_rules(newest_mark()).compounds
    assert "(left out)" in " ".join(text_of(moderator.get(url(CompoundWord, "list"))).split())


def test_the_list_of_compounds_tells_how_far_the_reading_is(moderator):
    run = Reanalysis.objects.create(mark="x", done=1200, total=8000)
    assert "Busy: 1,200 of 8,000 records" in text_of(moderator.get(url(CompoundWord, "list")))
    run.finished_at = "2026-11-23T12:00:00Z"
    run.save()
    assert "All 1,200 records were read" in text_of(moderator.get(url(CompoundWord, "list")))


def test_a_form_opens_filled_in_and_saves_nothing(moderator, bureau):
    page = moderator.get(url(SynonymGroup, "add"), {"terms": "a\nb", "is_one_way": "1"})
    assert page.context["form"]["terms"].value() == "a\nb"
    assert page.context["form"]["is_one_way"].value() is True
    page = moderator.get(url(QueryRule, "add"), {"query": "x", "record_uuid": str(bureau.uuid)})
    assert "Bureau Budget" in text_of(page)
    assert not SynonymGroup.objects.exists()


@pytest.mark.parametrize("nonsense", ["x", "1", "é" * 300])
def test_a_form_that_is_filled_in_with_nonsense_opens(nonsense, moderator):
    for model in MODELS:
        names = ("terms", "word", "query", "record_uuid", "is_one_way", "effect", "is_left_out")
        page = moderator.get(url(model, "add"), dict.fromkeys(names, nonsense))
        assert page.status_code == 200


class TestChoosingARecord:
    def listed(self, client, **asked):
        return text_of(
            client.get(reverse("socialekaart_public_record_chooser:choose_results"), asked)
        )

    def test_organisations_and_activities_are_found_by_part_of_the_name(self, moderator, bureau):
        club = OrganisationFactory(public=True, name="Atletiekvereniging Één")
        ActivityFactory(public=True, name="Cursus rondkomen", organisation=bureau)
        OrganisationFactory(name="Concept")
        page = self.listed(moderator)
        assert "Bureau Budget" in page
        assert "Cursus rondkomen" in page
        assert "Concept" not in page
        assert "Atletiekvereniging" in self.listed(moderator, q="EEN atlet")
        assert "Bureau Budget" not in self.listed(moderator, q="EEN atlet")
        assert "Nothing public was found" in self.listed(moderator, q="qqq")
        withdraw_record(record=club, reason="weg", user=UserFactory())
        assert "Atletiekvereniging" not in self.listed(moderator)

    def test_the_public_id_is_what_comes_back(self, moderator, bureau):
        chosen = reverse("socialekaart_public_record_chooser:chosen", args=[bureau.uuid])
        result = moderator.get(chosen).json()["result"]
        assert result["id"] == str(bureau.uuid)
        assert result["title"] == "Bureau Budget"

    def test_nonsense_is_not_found(self, moderator, bureau):
        key = PublishedRecord.objects.get(uuid=bureau.uuid).pk
        for nonsense in ("x", str(key), str(uuid.uuid4())):
            chosen = reverse("socialekaart_public_record_chooser:chosen", args=[nonsense])
            assert moderator.get(chosen).status_code == 404
        results = reverse("socialekaart_public_record_chooser:choose_results")
        assert moderator.get(results, {"p": "999"}).status_code == 404
        assert moderator.get(results, {"q": "' \" % _ {"}).status_code == 200

    def test_the_dialogue_opens_and_offers_to_make_nothing(self, moderator, bureau):
        dialogue = moderator.get(reverse("socialekaart_public_record_chooser:choose"))
        assert "Bureau Budget" in dialogue.json()["html"]
        assert "<form" in dialogue.json()["html"]
        assert "multipart" not in dialogue.json()["html"]
