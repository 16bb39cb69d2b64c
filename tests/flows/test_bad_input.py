"""What people type wrong in the admin: told in plain Dutch, nothing saved, nothing lost."""

import html
import json

import pytest
from django.urls import reverse

from socialekaart_plugin.models import Area, Organisation, Theme
from socialekaart_plugin.moderation.permissions import Role
from tests.factories import (
    ActivityFactory,
    AreaFactory,
    OrganisationFactory,
    PlaceFactory,
    ThemeFactory,
    UserFactory,
    at,
    square,
)
from tests.forms import filled_in

pytestmark = pytest.mark.django_db

WEEKLY = {
    "rules": [
        {"repeats": "weekly", "weekdays": ["TU"], "starts_at": "10:00", "ends_at": "12:00"},
    ]
}


@pytest.fixture
def manager(client, team):
    client.force_login(UserFactory(role=Role.MANAGERS))
    return client


def address(record, screen="edit"):
    return reverse(type(record).snippet_viewset.get_url_name(screen), args=[record.pk])


def refused(client, record, message, **typed):
    """Send the form of a record with something wrong in it; what was typed stays, with why."""
    before = list(type(record).objects.order_by("pk").values())
    revisions = record.revisions.count() if hasattr(record, "revisions") else 0
    form = filled_in(client.get(address(record)), **typed)
    answer = client.post(address(record), form)
    assert answer.status_code == 200
    text = html.unescape(answer.content.decode())
    assert message in text
    for value in typed.values():
        if isinstance(value, str):
            assert value[:200] in text
    assert list(type(record).objects.order_by("pk").values()) == before
    if revisions:
        assert record.revisions.count() == revisions


def test_a_session_that_ends_before_it_starts(manager):
    activity = ActivityFactory(sessions=[at(PlaceFactory(), schedule=WEEKLY)])
    form = filled_in(manager.get(address(activity)))
    (ends,) = [n for n, value in form.items() if n.startswith("sessions-0-") and value == ["12.00"]]
    refused(manager, activity, "eindigt", **{ends: "09.15"})


def test_a_rule_that_never_happens(manager):
    activity = ActivityFactory(sessions=[at(PlaceFactory(), schedule=WEEKLY)])
    form = filled_in(manager.get(address(activity)))
    (first,) = [n for n in form if n.startswith("sessions-0-") and n.endswith("valid_from")]
    (last,) = [n for n in form if n.startswith("sessions-0-") and n.endswith("valid_until")]
    refused(manager, activity, "nooit", **{first: "2-12-2026", last: "3-12-2026"})


def test_a_point_in_the_sea(manager):
    place = PlaceFactory()
    refused(manager, place, "in zee", location="SRID=4326;POINT(3.5 52.5)")


@pytest.mark.parametrize(
    ("outline", "message"),
    [
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}, "kruist"),
        (square(91_000, 450_000, 1_000), "RD"),
    ],
    ids=["crosses itself", "another projection"],
)
def test_an_area_with_an_outline_that_is_none(manager, outline, message):
    area = AreaFactory()
    refused(manager, area, message, outline=json.dumps(outline))
    assert Area.objects.get(pk=area.pk).outline == area.outline


def test_two_records_with_one_slug(manager):
    OrganisationFactory(name="Stichting Een", slug="een")
    refused(manager, OrganisationFactory(name="Stichting Twee"), "Stichting Een", slug="een")


def test_a_summary_of_five_thousand_characters(manager):
    organisation = OrganisationFactory()
    refused(manager, organisation, "300", summary="Heel lang. " * 455)


def test_an_activity_that_ends_before_it_begins(manager):
    refused(
        manager,
        ActivityFactory(),
        "De laatste dag is vóór de eerste dag.",
        valid_from="2027-03-01",
        valid_until="2027-02-01",
    )


def test_a_deleted_theme_that_is_still_in_use(manager):
    theme = ThemeFactory(name="Geld")
    OrganisationFactory(name="Schuldhulp De Brug", themes=[theme])
    answer = manager.post(address(theme, "delete"), follow=True)
    assert answer.status_code == 409
    assert "Schuldhulp De Brug" in answer.content.decode()
    assert Theme.objects.filter(pk=theme.pk).exists()


def test_two_editors_who_save_the_same_record(manager, client):
    organisation = OrganisationFactory()
    form = filled_in(manager.get(address(organisation)), summary="Van de eerste.")
    draft = organisation.get_latest_revision_as_object()
    draft.summary = "Van de tweede."
    draft.save_revision(user=UserFactory(username="tweede"))
    answer = manager.post(address(organisation), form)
    text = answer.content.decode()
    assert "tweede" in text
    assert "Van de eerste." in text
    organisation = Organisation.objects.get(pk=organisation.pk)
    assert organisation.get_latest_revision_as_object().summary == "Van de tweede."
