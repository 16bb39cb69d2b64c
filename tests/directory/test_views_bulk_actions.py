import json

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.models import ModelLogEntry

from socialekaart_plugin.directory.actions import set_steward
from socialekaart_plugin.directory.views import bulk
from socialekaart_plugin.models import Activity, Keyword, Organisation, PublishedRecord
from socialekaart_plugin.moderation.permissions import Role
from tests.factories import ActivityFactory, OrganisationFactory, UserFactory, change

pytestmark = pytest.mark.django_db

LIST = "/admin/snippets/socialekaart_plugin/organisation/"


def address(action, *records, model="organisation", everything="", **parameters):
    ids = "&".join(f"id={record.pk}" for record in records) or "id=all"
    base = reverse("wagtail_bulk_action", args=["socialekaart_plugin", model, action])
    return f"{base}?{ids}&next={LIST}{everything}"


@pytest.fixture
def moderator(team, client):
    client.moderator = UserFactory(role=Role.MODERATORS)
    client.force_login(client.moderator)
    return client


@pytest.fixture
def editor(team, client):
    client.force_login(UserFactory(role=Role.EDITORS))
    return client


def said(response):
    return [str(message).strip() for message in get_messages(response.wsgi_request)]


def log_lines(action, record):
    return list(ModelLogEntry.objects.for_instance(record).filter(action=action))


def keywords(record):
    return sorted(tag.name for tag in record.tags.all())


def test_keywords_are_added_in_public_and_in_the_draft_with_a_line_in_the_log_of_each(moderator):
    Keyword.objects.create(name="Koffie", slug="koffie")
    public = OrganisationFactory(public=True, tags=["taal"])
    pending = OrganisationFactory(public=True)
    change(pending, summary="Nog niet openbaar")
    has_it = OrganisationFactory(public=True, tags=["Koffie"])
    url = address("add_keywords", public, pending, has_it)
    shown = moderator.get(url).content.decode()
    assert "Het gebeurt bij 3 records" in shown
    response = moderator.post(url, {"keywords": "koffie"})
    assert response.url == LIST
    assert said(response) == ["Trefwoorden gewijzigd van 3 records."]
    for record in (public, pending):
        fresh = Organisation.objects.get(pk=record.pk)
        assert "Koffie" in keywords(fresh)
        assert "Koffie" in keywords(fresh.get_latest_revision_as_object())
        assert len(log_lines("socialekaart.change_keywords", record)) == 1
    assert log_lines("socialekaart.change_keywords", has_it) == []
    assert Keyword.objects.filter(name__iexact="koffie").count() == 1
    row = PublishedRecord.objects.get(uuid=public.uuid)
    assert "Koffie" in json.dumps(row.public_payload)
    row = PublishedRecord.objects.get(uuid=pending.uuid)
    assert "Nog niet openbaar" not in json.dumps(row.public_payload)


def test_a_keyword_is_removed_everywhere_and_stays_in_the_register(moderator):
    records = [OrganisationFactory(public=True, tags=["taal", "koffie"]) for _each in range(2)]
    keyword = Keyword.objects.get(name="taal")
    response = moderator.post(address("remove_keyword", *records), {"keyword": keyword.pk})
    assert said(response) == ["Trefwoorden gewijzigd van 2 records."]
    for record in records:
        fresh = Organisation.objects.get(pk=record.pk)
        assert keywords(fresh) == ["koffie"]
        assert keywords(fresh.get_latest_revision_as_object()) == ["koffie"]
    assert Keyword.objects.filter(pk=keyword.pk).exists()


def test_an_editor_changes_the_keywords_of_drafts_only_and_reads_why(editor):
    draft = OrganisationFactory(name="Nog een concept")
    public = OrganisationFactory(name="Al openbaar", public=True)
    locked = OrganisationFactory(name="Op slot", locked=True, locked_by=UserFactory())
    url = address("add_keywords", draft, public, locked)
    shown = editor.get(url).content.decode()
    assert "Het gebeurt bij 1 record:" in shown
    assert "2 records worden overgeslagen" in shown
    assert "alleen wie mag publiceren" in shown
    assert "Vergrendeld door" in shown
    response = editor.post(url, {"keywords": "koffie, thee"})
    assert said(response) == ["Trefwoorden gewijzigd van 1 record. 2 zijn overgeslagen."]
    assert keywords(Organisation.objects.get(pk=draft.pk)) == ["koffie", "thee"]
    assert keywords(Organisation.objects.get(pk=public.pk)) == []
    assert keywords(Organisation.objects.get(pk=locked.pk)) == []


def test_a_wrong_answer_is_told_in_words_and_changes_nothing(moderator):
    organisation = OrganisationFactory(public=True)
    for action, answer, words in (
        ("add_keywords", {"keywords": "x" * 101}, "hoogstens 100 tekens"),
        ("add_keywords", {"keywords": ""}, "Dit veld"),
        ("withdraw", {"reason": ""}, "Dit veld"),
        ("remove_keyword", {"keyword": "99"}, "keuze"),
        ("set_steward", {"steward": "99"}, "keuze"),
    ):
        response = moderator.post(address(action, organisation), answer)
        assert response.status_code == 200, action
        assert words in response.content.decode(), action
    organisation.refresh_from_db()
    assert organisation.live
    assert keywords(organisation) == []


def test_a_steward_is_set_and_taken_off_again(moderator):
    colleague = UserFactory(role=Role.EDITORS, first_name="Els")
    records = [OrganisationFactory(public=True), OrganisationFactory()]
    url = address("set_steward", *records)
    assert "Els" in moderator.get(url).content.decode()
    response = moderator.post(url, {"steward": colleague.pk})
    assert said(response) == ["Verzorger gekozen voor 2 records."]
    assert {r.steward for r in Organisation.objects.all()} == {colleague}
    assert len(log_lines("socialekaart.set_upkeep", records[0])) == 1
    moderator.post(url, {"steward": ""})
    assert {r.steward for r in Organisation.objects.all()} == {None}


def test_withdrawing_takes_records_off_every_channel_and_keeps_the_reason(
    moderator, directory_page
):
    gone = [OrganisationFactory(public=True, name=f"Verdwijnt {n}") for n in range(2)]
    activity = ActivityFactory(public=True, name="Ook weg", organisation=gone[0])
    stays = OrganisationFactory(public=True, name="Blijft staan")
    draft = OrganisationFactory(name="Nooit openbaar")
    url = address("withdraw", *gone, draft)
    shown = moderator.get(url).content.decode()
    assert "Nooit openbaar – Deze is niet openbaar." in shown
    response = moderator.post(url, {"reason": "Gestopt per 1 mei", "with_activities": "on"})
    assert said(response) == ["2 records zijn teruggetrokken. 1 is overgeslagen."]
    moderator.logout()
    answers = "".join(
        moderator.get(path).content.decode()
        for path in (
            "/sociale-kaart/",
            "/sociale-kaart/?search=verdwijnt",
            "/api/v2/organisations/?fields=*",
            "/api/v2/activities/?fields=*",
            "/",
        )
    )
    assert "Verdwijnt" not in answers.replace("search=verdwijnt", "")
    assert "Ook weg" not in answers
    assert "Blijft staan" in answers
    for record in gone:
        assert moderator.get(f"/k/{record.short_id}").status_code == 410
        lines = log_lines("socialekaart.withdraw", record)
        assert [line.data["reason"] for line in lines] == ["Gestopt per 1 mei"]
        assert lines[0].user == moderator.moderator
    assert not Activity.objects.get(pk=activity.pk).live
    assert stays.live


def test_activities_are_not_asked_about_other_activities(moderator):
    activity = ActivityFactory(public=True)
    url = address("withdraw", activity, model="activity")
    assert "with_activities" not in moderator.get(url).content.decode()
    response = moderator.post(url, {"reason": "Gestopt"})
    assert said(response) == ["1 record is teruggetrokken."]


def test_an_editor_withdraws_nothing(editor):
    organisation = OrganisationFactory(public=True)
    url = address("withdraw", organisation)
    shown = editor.get(url).content.decode()
    assert "U mag deze niet terugtrekken." in shown
    assert "Overal terugtrekken" not in shown
    assert editor.post(url, {"reason": "Zomaar"}).status_code in (302, 403)
    organisation.refresh_from_db()
    assert organisation.live


@pytest.mark.parametrize("action", ["add_keywords", "set_steward", "withdraw", "delete"])
def test_all_in_the_list_means_what_the_filters_and_the_search_show(moderator, action):
    mine = OrganisationFactory(public=True, name="Fietsclub Oost", kind="club")
    other_kind = OrganisationFactory(public=True, name="Fietsmaatjes")
    other_name = OrganisationFactory(public=True, name="Wandelclub", kind="club")
    for record in (mine, other_kind, other_name):
        set_steward(record=record, steward=moderator.moderator)
    url = address(action, everything="&q=fiets&kind=club&steward=mine")
    shown = moderator.get(url).content.decode()
    assert "Fietsclub Oost" in shown
    assert "Fietsmaatjes" not in shown
    assert "Wandelclub" not in shown
    answers = {"keywords": "koffie", "reason": "Gestopt", "steward": ""}
    assert moderator.post(url, answers).status_code == 302
    untouched = Organisation.objects.filter(pk__in=[other_kind.pk, other_name.pk], live=True)
    assert untouched.filter(steward=moderator.moderator, tags=None).count() == 2


@pytest.mark.parametrize("action", ["add_keywords", "withdraw", "delete"])
def test_all_with_a_filter_that_cannot_be_read_is_nothing(moderator, action):
    OrganisationFactory(public=True)
    url = address(action, everything="&area=overal")
    assert moderator.get(url).status_code == 404
    assert moderator.post(url, {"keywords": "a", "reason": "b"}).status_code == 404
    assert Organisation.objects.filter(live=True).count() == 1


@pytest.mark.parametrize("action", ["add_keywords", "withdraw", "delete"])
@pytest.mark.parametrize("keys", ["id=x", "id=" + "9" * 40, "id=-1", "", "id=²"])
def test_keys_that_are_none_find_nothing(moderator, action, keys):
    base = reverse("wagtail_bulk_action", args=["socialekaart_plugin", "organisation", action])
    assert moderator.get(f"{base}?{keys}").status_code == 404


def test_too_many_at_once_is_refused_in_words(moderator, monkeypatch):
    monkeypatch.setattr(bulk, "MOST_AT_ONCE", 2)
    for _each in range(3):
        OrganisationFactory(public=True)
    url = address("withdraw")
    assert "U koos er meer dan 2." in moderator.get(url).content.decode()
    assert moderator.post(url, {"reason": "Gestopt"}).status_code in (302, 403)
    assert Organisation.objects.live().count() == 3


def test_looking_at_the_confirmation_changes_nothing(moderator):
    organisation = OrganisationFactory(public=True)
    before = list(Organisation.objects.values())
    for action in ("add_keywords", "remove_keyword", "set_steward", "withdraw"):
        assert moderator.get(address(action, organisation)).status_code == 200
    assert list(Organisation.objects.values()) == before
