"""The test bench: a query, its plan, its results, and what a change would do."""

import re
import uuid

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.models import (
    CompoundWord,
    IndexChange,
    PublishedRecord,
    QueryRule,
    StopRule,
    SynonymGroup,
)
from socialekaart_plugin.moderation.permissions import Role
from tests.factories import HelpQuestionFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def editor(team, client):
    client.force_login(UserFactory(role=Role.EDITORS))
    return client


@pytest.fixture
def moderator(team, client):
    client.force_login(UserFactory(role=Role.MODERATORS))
    return client


@pytest.fixture
def town(db):
    return {
        name: OrganisationFactory(public=True, name=name, summary=summary)
        for name, summary in (
            ("Voedselbank", "Pakketten voor wie te weinig geld heeft."),
            ("Voedselpunt", "Eten tegen een kleine prijs."),
            ("Kaartclub", "Een kaart leggen met buren."),
            ("Kaarten maken", "Kaarten knutselen."),
        )
    }


def ask(client, q="", **typed):
    response = client.get(reverse("socialekaart_bench:index"), {"q": q, **typed})
    assert response.status_code == 200
    return response


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def names(response, side=0):
    lines = response.context["sides"][side]["lines"]
    return [line.found.payload["name"] for line in lines]


def changes(response, side):
    lines = response.context["sides"][side]["lines"]
    return {line.found.payload["name"]: (line.code, line.change) for line in lines}


def test_it_opens_empty_and_invites(editor):
    page = ask(editor)
    assert "sides" not in page.context
    assert "For example:" in text_of(page)


def test_who_may_see_no_rules_may_not_try(client, team):
    response = client.get(reverse("socialekaart_bench:index"))
    assert response.status_code == 302
    user = UserFactory()
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    assert client.get(reverse("socialekaart_bench:index")).status_code == 302


def test_it_is_in_the_menu_of_who_may(editor):
    page = editor.get("/admin/").content.decode()
    for label in ("Synonyms", "Stop rules", "Parts of compounds", "Rules for queries"):
        assert f'"{label}"' in page
    assert reverse("socialekaart_bench:index") in page
    assert "choose-public-record" not in page


def test_a_query_shows_its_plan_and_its_results_with_why(editor, town):
    SynonymGroup.objects.create(terms="honger\nvoedselbank")
    page = ask(editor, "honger")
    assert names(page) == ["Voedselbank"]
    (word,) = page.context["sides"][0]["words"]
    assert word.typed == "honger"
    assert ("voedselbank", "synonym") in [(way.words, way.code) for way in word.ways]
    assert "Why here?" in text_of(page)
    assert page.context["sides"][0]["lines"][0].found.explanation


def test_the_help_question_that_fits_is_named(editor, town):
    HelpQuestionFactory(name="Ik heb geen geld voor eten", organisations=[town["Voedselbank"]])
    page = text_of(ask(editor, "ik heb geen geld voor eten"))
    assert "Help questions that fit Ik heb geen geld voor eten (1)" in page


def test_days_are_shown_as_they_were_read(editor, town):
    page = ask(editor, "kaartclub dinsdagavond")
    assert "Tuesday, in the evening" in text_of(page)


def test_synonyms_can_be_tried_and_nothing_is_kept(editor, town):
    page = ask(editor, "honger", terms="honger\nvoedselbank\nvoedselpunt")
    assert names(page, 0) == []
    assert set(names(page, 1)) == {"Voedselbank", "Voedselpunt"}
    assert changes(page, 1)["Voedselbank"] == ("came", "new")
    assert "2 came" in text_of(page)
    assert not SynonymGroup.objects.exists()
    assert names(ask(editor, "honger")) == []


def test_one_way_synonyms_work_one_way(editor, town):
    both = {"terms": "honger\nvoedselbank"}
    tried = {**both, "is_one_way": "on"}
    assert names(ask(editor, "honger", **tried), 1) == ["Voedselbank"]
    OrganisationFactory(public=True, name="Honger naar meer")
    assert "Honger naar meer" in names(ask(editor, "voedselbank", **both), 1)
    assert "Honger naar meer" not in names(ask(editor, "voedselbank", **tried), 1)


def test_a_stop_rule_can_be_tried(editor, town):
    page = ask(editor, "kaart", word="kaart", does_not_find="kaarten")
    assert "Kaarten maken" in names(page, 0)
    assert "Kaarten maken" not in names(page, 1)
    assert changes(page, 0)["Kaarten maken"] == ("went", "is no longer found")


def test_a_part_of_compounds_can_be_tried_on_the_query(editor, town):
    OrganisationFactory(public=True, name="Wielewaal", summary="Kwijl en meer.")
    page = ask(editor, "wielewaalkwijl", compound="wielewaal")
    assert len(page.context["sides"]) == 2
    assert not CompoundWord.objects.exists()


def test_a_record_can_be_tried_on_top_and_left_out(editor, town):
    OrganisationFactory(public=True, name="Voedsel en voedsel", summary="Voedsel.")
    first, *_others, last = names(ask(editor, "voedsel"))
    record = PublishedRecord.objects.get(public_payload__name=last)
    page = ask(editor, "Voedsel", record_uuid=str(record.uuid), effect="pin")
    assert names(page, 1)[0] == last
    assert changes(page, 1)[last][0] == "up"
    assert changes(page, 0)[first][0] == "down"
    assert last in page.context["sides"][1]["pinned"]
    page = ask(editor, "voedsel", record_uuid=str(record.uuid), effect="exclude")
    assert last not in names(page, 1)
    assert not QueryRule.objects.exists()


def test_a_change_that_does_nothing_is_said_to_do_nothing(editor, town):
    page = ask(editor, "voedselbank", terms="iets\nanders")
    assert "This change makes no difference" in text_of(page)


def test_what_was_tried_can_be_added_by_who_may(editor, town):
    page = ask(editor, "kaart", word="kaart", does_not_find="kaarten", terms="a\nb")
    (synonyms, stop_rule) = page.context["additions"]
    form = editor.get(stop_rule.url).context["form"]
    assert (form["word"].value(), form["does_not_find"].value()) == ("kaart", "kaarten")
    assert editor.get(synonyms.url).context["form"]["terms"].value() == "a\nb"
    assert not StopRule.objects.exists()


def test_only_who_reads_what_is_for_referrers_may_look_as_one(editor, town, client):
    assert "audience" not in ask(editor, "x").context["form"].fields
    assert ask(editor, "voedselbank", audience="referrer").context["sides"]
    client.force_login(UserFactory(role=Role.MODERATORS))
    page = ask(client, "voedselbank", audience="referrer")
    assert page.context["form"].cleaned_data["audience"] == Audience.REFERRER


def test_looking_changes_nothing(moderator, town):
    before = IndexChange.objects.count()
    ask(moderator, "voedsel", terms="a\nb", word="x", does_not_find="y", compound="zwembad")
    assert IndexChange.objects.count() == before


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"terms": "een"}, "at least two different words"),
        ({"word": "kaart"}, "This field cannot be blank"),
        ({"word": "twee woorden", "does_not_find": "x"}, "one word"),
        ({"compound": "ab"}, "at least three letters"),
        ({"record_uuid": "x"}, "not public now"),
        ({"record_uuid": str(uuid.uuid4())}, "not public now"),
        ({"effect": "burn"}, "valid choice"),
        ({"q": "x" * 10_000}, "at most"),
        ({"audience": "king"}, "valid choice"),
    ],
)
def test_what_cannot_be_tried_is_said_and_stays(typed, said, moderator, town):
    page = ask(moderator, **{"q": "voedsel", **typed})
    assert said in text_of(page)
    assert "sides" not in page.context
    field = next(iter(typed))
    assert page.context["form"][field].value() == typed[field]


@pytest.mark.parametrize(
    "query", ["'", '"', "a OR b NOT c*", "🦄", "ﷺ مرحبا", "   ", "?!", "-- ; DROP", "x" * 200, "("]
)
def test_odd_queries_are_answered(query, moderator, town):
    ask(moderator, query, terms=f"{query}x\nvoedsel\nbrood")
