"""The screens of an activity through the seasons."""

import datetime
from html import unescape

import pytest
from django.urls import reverse

from socialekaart_plugin.models import Activity
from socialekaart_plugin.moderation.permissions import Role
from tests.factories import ActivityFactory, PlaceFactory, UserFactory, at
from tests.forms import filled_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(team, client):
    user = UserFactory(role=Role.EDITORS)
    user.groups.add(*UserFactory(role=Role.MODERATORS).groups.all())
    client.force_login(user)
    return user


def url(record, name):
    return reverse(f"wagtailsnippets_socialekaart_plugin_activity:{name}", args=[record.pk])


def text(response):
    return unescape(response.content.decode())


def on(weekday):
    rule = {"repeats": "weekly", "weekdays": [weekday], "starts_at": "10:00", "ends_at": "12:00"}
    return {"rules": [rule]}


@pytest.fixture
def activity(colleague):
    place = PlaceFactory(name="De Brug")
    return ActivityFactory(
        public=True,
        name="Taalles",
        sessions=[
            at(place, schedule=on("TU")),
            at(place, schedule=on("TH"), sort_order=1),
        ],
    )


def test_the_sessions_to_take_along_are_said_in_words(activity, client):
    shown = text(client.get(url(activity, "season")))
    assert "De Brug – elke dinsdag van 10.00 tot 12.00 uur" in shown


def test_a_new_season_is_a_draft_with_the_chosen_sessions(activity, client, colleague):
    data = filled_in(
        client.get(url(activity, "season")),
        name="Taalles voorjaar",
        valid_from="2027-01-04",
        sessions=["1"],
    )
    response = client.post(url(activity, "season"), data)
    copy = Activity.objects.get(name="Taalles voorjaar")
    assert response.url == url(copy, "edit")
    assert (copy.live, copy.steward) == (False, colleague)
    assert copy.valid_from == datetime.date(2027, 1, 4)
    assert [s.schedule["rules"][0]["weekdays"] for s in copy.sessions.all()] == [["TH"]]
    assert "concept" in text(client.get(response.url))


def test_an_activity_is_also_held_at_another_place(activity, client):
    hall = PlaceFactory(name="Sporthal")
    data = filled_in(client.get(url(activity, "season")), name="Taalles hal", place=hall.pk)
    client.post(url(activity, "season"), data)
    copy = Activity.objects.get(name="Taalles hal")
    assert {session.place for session in copy.sessions.all()} == {hall}
    assert copy.sessions.count() == 2


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("valid_until", {"valid_from": "2027-09-01", "valid_until": "2027-01-01"}),
        ("valid_from", {"valid_from": "2199-01-01"}),
        ("valid_from", {"valid_from": "ooit"}),
        ("name", {"name": " "}),
        ("name", {"name": "x" * 161}),
        ("place", {"place": "999999"}),
        ("place", {"place": "abc"}),
        ("sessions", {"sessions": ["7"]}),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_what_was_typed_stays(
    activity, client, field, values
):
    data = filled_in(client.get(url(activity, "season")), **{"name": "Getypt", **values})
    response = client.post(url(activity, "season"), data)
    assert response.status_code == 200
    assert response.context["form"].errors[field]
    if field != "name":
        assert "Getypt" in text(response)
    assert Activity.objects.count() == 1


def test_an_activity_is_ended_on_a_day(activity, client):
    response = client.post(url(activity, "close"), {"on": "2027-06-30"}, follow=True)
    activity.refresh_from_db()
    assert activity.valid_until == datetime.date(2027, 6, 30)
    assert "30 juni 2027" in text(response)


def test_an_end_before_the_beginning_is_refused_in_words(colleague, client):
    activity = ActivityFactory(public=True, valid_from=datetime.date(2027, 9, 1))
    response = client.post(url(activity, "close"), {"on": "2027-06-30"})
    assert "1 september 2027" in str(response.context["form"].errors["on"])
    assert 'value="2027-06-30"' in text(response) or "30-06-2027" in text(response)


def test_ending_what_is_public_takes_the_right_to_publish(team, client):
    client.force_login(UserFactory(role=Role.EDITORS))
    public, draft = ActivityFactory(public=True), ActivityFactory()
    for activity in (public, draft):
        client.post(url(activity, "close"), {"on": "2027-06-30"})
        activity.refresh_from_db()
    assert (public.valid_until, draft.valid_until) == (None, datetime.date(2027, 6, 30))
