import pytest
from django.http import Http404, HttpResponse
from django.urls import reverse

from socialekaart_plugin.directory import previews
from socialekaart_plugin.directory.previews import register_preview
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.models import Activity, Organisation, PublishedRecord, SearchDocument
from socialekaart_plugin.moderation.permissions import Role
from tests.factories import (
    ActivityFactory,
    OrganisationFactory,
    PlaceFactory,
    UserFactory,
    activity_contact,
    at,
    change,
    contact,
)
from tests.forms import filled_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client, team):
    client.force_login(UserFactory(role=Role.EDITORS))
    return client


def preview(record, mode=""):
    """The latest draft, drawn as Wagtail asks it."""
    draft = record.get_latest_revision_as_object()
    response = draft.make_preview_request(preview_mode=mode)
    assert response.status_code == 200
    return response.render().text if hasattr(response, "render") else response.text


def gate():
    return list(PublishedRecord.objects.order_by("pk").values_list("uuid", "sequence"))


def test_a_preview_shows_the_draft_and_nothing_passes_the_gate():
    organisation = OrganisationFactory(public=True, name="Voor", summary="Zoals het was.")
    before = gate()
    change(
        organisation,
        name="Na",
        summary="Zoals het wordt.",
        contact_facts=[contact(Audience.PUBLIC, "nieuw@example.nl")],
    )
    text = preview(organisation)
    assert "Zoals het wordt." in text
    assert "nieuw@example.nl" in text
    assert "Zoals het was." not in text
    assert gate() == before
    assert SearchDocument.objects.filter(name="na").count() == 0


def test_a_preview_of_what_never_was_public_leaves_no_row():
    activity = ActivityFactory(sessions=[at(PlaceFactory(name="Buurthuis"))])
    assert "Buurthuis" in preview(activity)
    assert not PublishedRecord.objects.filter(uuid=activity.uuid).exists()


def test_a_preview_shows_what_everyone_will_see_and_no_more():
    activity = ActivityFactory(
        sessions=[at(PlaceFactory(name="Thuis bij Truus", audience=Audience.INTERNAL))],
        contact_facts=[
            activity_contact(Audience.PUBLIC, "iedereen@example.nl"),
            activity_contact(Audience.REFERRER, "verwijzer@example.nl"),
            activity_contact(Audience.INTERNAL, "collega@example.nl"),
        ],
    )
    text = preview(activity)
    assert "iedereen@example.nl" in text
    for hidden in ("Truus", "verwijzer@", "collega@"):
        assert hidden not in text


def test_a_draft_is_shown_as_it_will_stand_in_the_list_and_nothing_passes_the_gate():
    activity = ActivityFactory(
        public=True,
        name="Taalcafé",
        summary="Zoals het was.",
        contact_facts=[activity_contact(Audience.INTERNAL, "079 765 43 21", kind="phone")],
    )
    before = gate()
    change(activity, summary="Zoals het wordt.")
    text = preview(activity, mode="list")
    assert "sk-card" in text
    assert "Zoals het wordt." in text
    assert "765 43 21" not in text
    assert "765 4321" not in text
    assert gate() == before


def test_the_admin_offers_both_ways_to_show_it(editor):
    organisation = OrganisationFactory()
    edit = reverse(organisation.snippet_viewset.get_url_name("edit"), args=[organisation.pk])
    shown = editor.get(edit).text
    assert "Als pagina" in shown
    assert "In de lijst" in shown


def test_another_channel_adds_its_own_preview_and_replaces_none(editor, monkeypatch):
    monkeypatch.setattr(previews, "MODES", dict(previews.MODES))
    register_preview("sheet", "Op papier", lambda record, request: HttpResponse(f"vel {record}"))
    organisation = OrganisationFactory(name="De Brug")
    edit = reverse(organisation.snippet_viewset.get_url_name("edit"), args=[organisation.pk])
    assert "Op papier" in editor.get(edit).text
    assert preview(organisation, mode="sheet") == "vel De Brug"
    assert "sk-detail" in preview(organisation)
    assert organisation.default_preview_mode == ""


def test_a_preview_that_no_channel_draws_is_not_found(rf):
    organisation = OrganisationFactory()
    with pytest.raises(Http404):
        organisation.serve_preview(rf.get("/"), "sheet")


def test_a_preview_is_no_page_for_search_engines_and_parses(parse):
    text = preview(OrganisationFactory())
    assert "application/ld+json" not in text
    parse(text)


@pytest.mark.parametrize("make", [OrganisationFactory, ActivityFactory])
def test_an_editor_sees_the_preview_of_an_older_version_in_the_admin(editor, make):
    record = make(public=True, summary="Zoals het was.")
    older = record.get_latest_revision()
    change(record, summary="Zoals het wordt.")
    name = record.snippet_viewset.get_url_name("revisions_view")
    response = editor.get(reverse(name, args=[record.pk, older.pk]))
    assert response.status_code == 200
    assert "Zoals het was." in response.text
    assert "Zoals het wordt." not in response.text


@pytest.mark.parametrize("model", [Organisation, Activity])
def test_an_editor_sees_the_preview_of_what_is_only_being_typed(editor, model):
    url = reverse(model.snippet_viewset.get_url_name("preview_on_add"))
    add = reverse(model.snippet_viewset.get_url_name("add"))
    typed = filled_in(editor.get(add), name="Wordt nog getypt")
    answer = editor.post(url, typed).json()
    assert answer["is_valid"], answer
    response = editor.get(url)
    assert response.status_code == 200
    assert "Wordt nog getypt" in response.text
    assert not PublishedRecord.objects.exists()
