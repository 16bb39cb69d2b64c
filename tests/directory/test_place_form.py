"""Who may show a place to more people, and what an editor can still do."""

import datetime

import pytest
from django.utils import timezone

from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.models import PublishedRecord
from socialekaart_plugin.moderation.permissions import Role
from tests.factories import (
    ActivityFactory,
    OrganisationFactory,
    PlaceFactory,
    UserFactory,
    at,
    change,
)
from tests.forms import filled_in

pytestmark = pytest.mark.django_db

EDIT = "/admin/snippets/socialekaart_plugin/place/edit/{}/"


@pytest.fixture
def internal(team):
    return PlaceFactory(name="Bij Jan thuis", audience=Audience.INTERNAL)


def save(client, place, **changed):
    address = EDIT.format(place.pk)
    response = client.post(address, filled_in(client.get(address), **changed))
    place.refresh_from_db()
    return response


@pytest.fixture
def editor(team, client):
    client.force_login(UserFactory(role=Role.EDITORS))
    return client


def schedule(record):
    record.go_live_at = timezone.now() + datetime.timedelta(days=3)
    record.save_revision().publish()


def send_in(record):
    record.get_workflow().start(record, UserFactory(role=Role.EDITORS))


def with_visit(place):
    return OrganisationFactory(visiting_place=place)


def with_visit_in_the_draft_of_what_is_public(place):
    record = OrganisationFactory(public=True)
    change(record, visiting_place=place)
    return record


@pytest.mark.parametrize(
    "use",
    [
        lambda place: OrganisationFactory(public=True, visiting_place=place),
        lambda place: ActivityFactory(public=True, sessions=[at(place)]),
        lambda place: schedule(with_visit(place)),
        lambda place: send_in(with_visit(place)),
        lambda place: send_in(with_visit_in_the_draft_of_what_is_public(place)),
    ],
    ids=["live organisation", "live activity", "scheduled", "waiting", "waiting change"],
)
@pytest.mark.parametrize("wider", [Audience.PUBLIC, Audience.REFERRER])
def test_an_editor_cannot_show_more_people_a_place_of_what_was_approved(
    editor, internal, use, wider
):
    use(internal)
    response = save(editor, internal, audience=[wider.value], name=["Bij Jan"])
    assert response.status_code == 200
    assert "vraag een moderator" in response.content.decode()
    assert 'value="Bij Jan"' in response.content.decode()
    assert internal.audience == Audience.INTERNAL
    assert not PublishedRecord.objects.public().filter(uuid=internal.uuid).exists()


def test_all_else_an_editor_still_saves(editor, internal):
    OrganisationFactory(public=True, visiting_place=internal)
    assert save(editor, internal, name=["Bij Jan"]).status_code == 302
    assert internal.name == "Bij Jan"


def test_an_editor_shows_a_place_to_fewer_people_at_once(editor, team):
    place = PlaceFactory(audience=Audience.PUBLIC)
    OrganisationFactory(public=True, visiting_place=place)
    assert save(editor, place, audience=["internal"]).status_code == 302
    assert place.audience == Audience.INTERNAL


@pytest.mark.parametrize(
    "use", [lambda place: None, with_visit, with_visit_in_the_draft_of_what_is_public]
)
def test_an_editor_shows_more_people_a_place_of_drafts_alone(editor, internal, use):
    use(internal)
    assert save(editor, internal, audience=["public"]).status_code == 302
    assert internal.audience == Audience.PUBLIC


def test_who_may_publish_shows_a_place_to_everyone(client, internal):
    client.force_login(UserFactory(role=Role.MODERATORS))
    OrganisationFactory(public=True, visiting_place=internal)
    assert save(client, internal, audience=["public"]).status_code == 302
    assert internal.audience == Audience.PUBLIC
    assert PublishedRecord.objects.public().filter(uuid=internal.uuid).exists()
