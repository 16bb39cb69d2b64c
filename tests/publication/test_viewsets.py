import csv
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from socialekaart_plugin.models import PublicationEvent
from socialekaart_plugin.moderation.permissions import Role
from tests.factories import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db

REGISTER = "/admin/socialekaart/publication-events/"


@pytest.fixture
def moderator(team, client):
    client.force_login(UserFactory(role=Role.MODERATORS))
    return client


def content(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_the_register_lists_what_went_public_and_can_be_searched(moderator):
    OrganisationFactory(public=True, name="Stichting Samen")
    OrganisationFactory(public=True, name="Wandelclub")
    text = moderator.get(REGISTER, {"q": "Samen"}).content.decode()
    assert "Stichting Samen" in text
    assert "Wandelclub" not in text
    narrowed = moderator.get(REGISTER, {"kind__exact": "withdrawn"}).content.decode()
    assert "Stichting Samen" not in narrowed


def test_the_register_stands_in_the_menu_of_the_sociale_kaart(moderator):
    assert REGISTER in moderator.get("/admin/").content.decode()


def test_the_register_leaves_as_csv_and_as_xlsx(moderator):
    organisation = OrganisationFactory(public=True, name="Stichting Samen")
    text = content(moderator.get(REGISTER, {"export": "csv"})).decode()
    lines = list(csv.reader(io.StringIO(text)))
    assert str(organisation.uuid) in lines[1] + lines[-1]
    sheet = load_workbook(io.BytesIO(content(moderator.get(REGISTER, {"export": "xlsx"})))).active
    assert any("Stichting Samen" in row for row in sheet.iter_rows(values_only=True))


def test_a_line_can_be_looked_at_but_nothing_can_be_added_changed_or_deleted(moderator):
    OrganisationFactory(public=True)
    event = PublicationEvent.objects.first()
    before = list(PublicationEvent.objects.values())
    assert moderator.get(f"{REGISTER}inspect/{event.pk}/").status_code == 200
    for path in ("create/", f"edit/{event.pk}/", f"delete/{event.pk}/"):
        for method in (moderator.get, moderator.post):
            assert method(REGISTER + path).status_code in (302, 403, 404)
    assert list(PublicationEvent.objects.values()) == before


def test_editors_do_not_see_the_register(team, client):
    client.force_login(UserFactory(role=Role.EDITORS))
    assert client.get(REGISTER).status_code in (302, 403)
    assert REGISTER not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_the_register_takes_the_same_number_of_queries_for_few_and_for_many(
    moderator, django_assert_max_num_queries
):
    OrganisationFactory(public=True)
    moderator.get(REGISTER)
    with django_assert_max_num_queries(40) as few:
        moderator.get(REGISTER)
    for _number in range(8):
        OrganisationFactory(public=True)
    with django_assert_max_num_queries(len(few)):
        moderator.get(REGISTER)
