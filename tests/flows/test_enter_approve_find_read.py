"""The walking skeleton: an editor enters, a moderator approves, a resident finds, a partner reads,
and once withdrawn it is gone everywhere."""

import re

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from socialekaart_plugin.models import Activity, Organisation, PublicationEvent
from socialekaart_plugin.moderation.permissions import Role
from tests.factories import AreaFactory, PlaceFactory, ThemeFactory, UserFactory, square

pytestmark = pytest.mark.django_db

ADMIN = "wagtailsnippets_socialekaart_plugin_"


def form_data(**values):
    empty = {
        "alternative_names": "",
        "summary": "",
        "description": rich_text("<p></p>"),
        "tags": "",
        "slug": "",
        "go_live_at": "",
        "expire_at": "",
        "postal_address_audience": "internal",
        "contact_facts": inline_formset([]),
        "notices": inline_formset([]),
        "translations": inline_formset([]),
    }
    themes = values.pop("themes")
    # Not nested: to nested_form_data a list is a formset.
    return nested_form_data(empty | values) | {"themes": themes}


def organisation_data(theme, place):
    return form_data(
        name="Stichting Buurtmaatjes",
        kind="volunteer",
        summary="Wij helpen bij post en formulieren.",
        themes=[str(theme.pk)],
        visiting_place=str(place.pk),
        tags="formulieren, post",
        contact_facts=inline_formset(
            [
                {"kind": "phone", "value": "0791234567", "label": "", "audience": "public"},
                {
                    "kind": "mail",
                    "value": "bestuur@example.nl",
                    "label": "",
                    "audience": "internal",
                },
            ]
        ),
    )


def activity_data(theme, organisation, place):
    return form_data(
        name="Papierwinkel",
        summary="Neem uw post mee. Een vrijwilliger kijkt met u mee.",
        themes=[str(theme.pk)],
        organisation=str(organisation.pk),
        co_organisers=inline_formset([]),
        sessions=inline_formset([{"place": str(place.pk), "room": "Zaal 1", "note": ""}]),
    )


def approve(client, record):
    task_state = record.current_workflow_task_state
    response = client.post(
        reverse(
            f"{ADMIN}{record._meta.model_name}:workflow_action",
            args=[record.pk, "approve", task_state.pk],
        ),
        {"comment": "Ziet er goed uit"},
    )
    record.refresh_from_db()
    return response


def submit(client, model, data):
    response = client.post(
        reverse(f"{ADMIN}{model._meta.model_name}:add"), data | {"action-submit": "1"}
    )
    assert response.status_code == 302, response.context["form"].errors
    return model.objects.get(name=data["name"])


@pytest.fixture
def town(team, directory_page):
    area = AreaFactory(name="Centrum", outline=square(4.48, 52.05))
    wide = ThemeFactory(name="Geld")
    return {
        "area": area,
        "theme": ThemeFactory(name="Administratie", parent=wide),
        "place": PlaceFactory(name="Buurthuis De Kern"),
    }


def test_a_record_is_entered_approved_found_read_and_withdrawn(town, client):
    editor = UserFactory(role=Role.EDITORS)
    moderator = UserFactory(role=Role.MODERATORS)

    client.force_login(editor)
    organisation = submit(client, Organisation, organisation_data(town["theme"], town["place"]))
    activity = submit(client, Activity, activity_data(town["theme"], organisation, town["place"]))
    assert (organisation.live, activity.live) == (False, False)
    assert organisation.workflow_in_progress

    client.logout()
    for address in ("/sociale-kaart/", "/api/v2/organisations/", "/zoeken/?q=Buurtmaatjes"):
        assert "Buurtmaatjes" not in client.get(address).content.decode().replace(
            "Zoeken naar Buurtmaatjes", ""
        ).replace('value="Buurtmaatjes"', "").replace("<b>Buurtmaatjes</b>", "")

    client.force_login(moderator)
    approve(client, organisation)
    approve(client, activity)
    assert (organisation.live, activity.live) == (True, True)
    event = PublicationEvent.objects.get(record_uuid=activity.uuid)
    assert event.user == moderator

    client.logout()
    found = client.get("/sociale-kaart/", {"search": "post", "theme": "geld", "area": "centrum"})
    assert "Papierwinkel" in found.content.decode()
    assert "Stichting Buurtmaatjes" in found.content.decode()
    nothing = client.get("/sociale-kaart/", {"search": "zwemmen"}).content.decode()
    assert "Papierwinkel" not in nothing

    page = client.get(f"/k/{activity.short_id}", follow=True)
    assert page.redirect_chain[-1][0] == f"/sociale-kaart/{activity.short_id}/papierwinkel/"
    assert "Buurthuis De Kern" in page.content.decode()
    assert "Zaal 1" in page.content.decode()

    listed = client.get("/api/v2/activities/", {"fields": "*", "theme": "administratie"}).json()
    assert listed["meta"]["total_count"] == 1
    assert listed["items"][0]["organisations"][0]["name"] == "Stichting Buurtmaatjes"
    shown = client.get(f"/api/v2/organisations/{organisation.uuid}/").json()
    assert [fact["value"] for fact in shown["contact"]] == ["079 123 4567"]

    client.force_login(moderator)
    response = client.post(
        reverse(f"{ADMIN}organisation:withdraw", args=[organisation.pk]),
        {"reason": "Gestopt", "with_activities": "on"},
    )
    assert response.status_code == 302
    client.logout()
    for address in ("/sociale-kaart/", "/api/v2/organisations/", "/api/v2/activities/"):
        text = client.get(address).content.decode()
        assert not re.search("Buurtmaatjes|Papierwinkel", text)
    assert client.get(f"/k/{organisation.short_id}").status_code == 410
    assert client.get(f"/k/{activity.short_id}").status_code == 410
    assert client.get(f"/api/v2/activities/{activity.uuid}/").status_code == 410


def test_an_approval_of_what_misses_something_is_refused_in_words_and_rolled_back(town, client):
    client.force_login(UserFactory(role=Role.EDITORS))
    data = organisation_data(town["theme"], town["place"]) | {"summary": ""}
    organisation = submit(client, Organisation, data)
    client.force_login(UserFactory(role=Role.MODERATORS))
    response = approve(client, organisation)
    assert response.status_code == 302
    assert organisation.live is False
    assert organisation.workflow_in_progress
    edit = client.get(reverse(f"{ADMIN}organisation:edit", args=[organisation.pk]))
    assert "Schrijf een samenvatting" in edit.content.decode()
    history = client.get(reverse(f"{ADMIN}organisation:history", args=[organisation.pk]))
    assert "Niet gepubliceerd" in history.content.decode()


def test_the_publish_button_refuses_in_words_and_keeps_the_draft(town, client):
    client.force_login(UserFactory(role=Role.MODERATORS))
    data = organisation_data(town["theme"], town["place"]) | {
        "themes": [],
        "summary": "Alvast iets",
        "action-publish": "1",
    }
    response = client.post(reverse(f"{ADMIN}organisation:add"), data, follow=True)
    assert "Kies minstens één thema" in response.content.decode()
    organisation = Organisation.objects.get(name="Stichting Buurtmaatjes")
    assert organisation.live is False
    assert organisation.get_latest_revision_as_object().summary == "Alvast iets"


def test_an_approval_from_the_form_itself_is_refused_in_words_too(town, client):
    client.force_login(UserFactory(role=Role.EDITORS))
    data = organisation_data(town["theme"], town["place"])
    organisation = submit(client, Organisation, data)
    client.force_login(UserFactory(role=Role.MODERATORS))
    fact = organisation.get_latest_revision_as_object().contact_facts.first()
    response = client.post(
        reverse(f"{ADMIN}organisation:edit", args=[organisation.pk]),
        data
        | {
            "summary": "",
            "contact_facts-0-id": str(fact.pk or ""),
            "action-workflow-action": "1",
            "workflow-action-name": "approve",
            "workflow-action-extra-data": '{"comment": ""}',
        },
        follow=True,
    )
    assert response.status_code == 200
    organisation.refresh_from_db()
    assert organisation.live is False
    assert organisation.workflow_in_progress
    assert "Schrijf een samenvatting" in response.content.decode()


def test_an_editor_can_neither_publish_nor_withdraw(town, client):
    client.force_login(UserFactory(role=Role.EDITORS))
    data = organisation_data(town["theme"], town["place"])
    client.post(reverse(f"{ADMIN}organisation:add"), data | {"action-publish": "1"})
    organisation = Organisation.objects.get(name="Stichting Buurtmaatjes")
    assert organisation.live is False
    url = reverse(f"{ADMIN}organisation:withdraw", args=[organisation.pk])
    assert client.post(url, {"reason": "?"}).status_code == 302
    assert PublicationEvent.objects.filter(record_uuid=organisation.uuid).count() == 0


def test_confirming_in_the_admin_is_noted_and_shown_to_the_public(town, client):
    client.force_login(UserFactory(role=Role.MODERATORS))
    data = organisation_data(town["theme"], town["place"])
    client.post(reverse(f"{ADMIN}organisation:add"), data | {"action-publish": "1"})
    organisation = Organisation.objects.get(name="Stichting Buurtmaatjes")
    url = reverse(f"{ADMIN}organisation:confirm", args=[organisation.pk])
    assert client.get(url).status_code == 200
    response = client.post(
        url, {"on": "2026-05-01", "channel": "phone", "by_name": "Fatima", "by_role": "voorzitter"}
    )
    assert response.status_code == 302
    shown = client.get(f"/api/v2/organisations/{organisation.uuid}/").json()
    assert shown["upkeep"]["verified_on"] == "2026-05-01"
    assert client.get(url).status_code == 200
    future = client.post(url, {"on": "2999-01-01", "channel": "phone"})
    assert "Deze dag moet nog komen" in future.content.decode()


def test_get_changes_nothing(town, client):
    client.force_login(UserFactory(role=Role.MODERATORS))
    data = organisation_data(town["theme"], town["place"])
    client.post(reverse(f"{ADMIN}organisation:add"), data | {"action-publish": "1"})
    organisation = Organisation.objects.get(name="Stichting Buurtmaatjes")
    for name in ("withdraw", "confirm", "unpublish", "delete"):
        client.get(reverse(f"{ADMIN}organisation:{name}", args=[organisation.pk]))
    organisation.refresh_from_db()
    assert organisation.live is True
    assert organisation.verified_on is None
