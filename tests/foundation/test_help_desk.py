"""The desk is filled in once, and every screen that speaks of it reads it there."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import ModelLogEntry, Site

from socialekaart_plugin.directory.actions import withdraw_record
from socialekaart_plugin.models import HelpDesk
from socialekaart_plugin.moderation.permissions import Role
from tests.factories import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db

FACTS = {
    "name": "Wijkwinkel <De Kern>",
    "phone": "079 300 0036",
    "mail": "loket@kern.example",
    "hours": "maandag van 9.00 tot 17.00 uur",
}


@pytest.fixture
def site():
    return Site.objects.get(is_default_site=True)


@pytest.fixture
def desk(site):
    desk = HelpDesk(site=site, **FACTS)
    desk.full_clean()
    desk.save()
    return desk


@pytest.fixture
def screens(directory_page):
    record = OrganisationFactory(public=True, name="Er is")
    gone = OrganisationFactory(public=True, name="Voorbij")
    withdraw_record(record=gone, reason="Gestopt")
    return {
        "detail": f"/sociale-kaart/{record.short_id}/{record.slug}/",
        "nothing": "/sociale-kaart/?search=zwembad",
        "few": "/sociale-kaart/?search=er+is",
        "gone": f"/k/{gone.short_id}",
        "gone in the directory": f"/sociale-kaart/{gone.short_id}/{gone.slug}/",
        "search": "/zoeken/?q=zwembad",
        "missing": "/bestaat-niet/",
    }


def test_every_screen_that_speaks_of_a_desk_tells_its_facts(desk, screens, client):
    for name, address in screens.items():
        text = client.get(address).content.decode()
        for fact in ("Wijkwinkel &lt;De Kern&gt;", "079 300 0036", "loket@kern.example", "9.00"):
            assert fact in text, (name, fact)
        assert 'href="tel:+31-79-300-0036"' in text, name


def test_without_a_desk_no_screen_speaks_of_one_and_nothing_is_written(screens, client):
    for name, address in screens.items():
        text = client.get(address).content.decode()
        assert "Liever iemand" not in text, name
        assert "sk-call" not in text, name
    assert not HelpDesk.objects.exists()


def test_the_text_of_the_directory_page_stands_below_the_desk(desk, directory_page, client):
    directory_page.whom_to_call = "<p>Wij zoeken met u mee.</p>"
    directory_page.save_revision().publish()
    text = client.get("/sociale-kaart/?search=zwembad").content.decode()
    assert text.index("079 300 0036") < text.index("Wij zoeken met u mee.")


def test_what_stood_on_the_page_is_still_told_without_a_desk(directory_page, client):
    directory_page.whom_to_call = "<p>Bel 079 300 0001.</p>"
    directory_page.save_revision().publish()
    text = client.get("/sociale-kaart/?search=zwembad").content.decode()
    assert 'Bel <a href="tel:+31-79-300-0001">079 300 0001</a>.' in text


def test_another_site_has_a_desk_of_its_own(desk, site):
    other = Site.objects.create(hostname="elders.example", root_page=site.root_page)
    assert not HelpDesk.for_site(other).can_be_reached
    assert HelpDesk.for_site(site) == desk


def test_a_headless_front_end_gets_the_desk_with_the_page(desk, directory_page, client):
    address = f"/api/v2/pages/{directory_page.pk}/"
    assert client.get(address).json()["help_desk"] == {**FACTS, "phone_uri": "tel:+31-79-300-0036"}
    desk.delete()
    assert client.get(address).json()["help_desk"] is None


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"phone": "bel ons"}, "phone"),
        ({"mail": "geen adres"}, "mail"),
        ({"name": "Wijkwinkel"}, "phone"),
        ({"hours": "altijd"}, "phone"),
    ],
)
def test_a_desk_that_nobody_can_reach_is_refused(given, field, site):
    with pytest.raises(ValidationError) as refused:
        HelpDesk(site=site, **given).full_clean()
    assert field in refused.value.message_dict


def test_a_manager_fills_it_in_and_an_editor_may_not(team, client, site):
    address = reverse("wagtailsettings:edit", args=["socialekaart_plugin", "helpdesk", site.pk])
    client.force_login(UserFactory(role=Role.EDITORS))
    assert client.get(address).status_code == 302
    client.force_login(UserFactory(role=Role.MANAGERS))
    assert client.get(address).status_code == 200
    assert not HelpDesk.objects.exists()
    assert client.post(address, {**FACTS, "phone": "dit is fout"}).status_code == 200
    assert not HelpDesk.objects.exists()
    assert client.post(address, {**FACTS, "phone": "0793000036"}).status_code == 302
    assert HelpDesk.objects.get().phone == "079 300 0036"
    assert ModelLogEntry.objects.filter(content_type__model="helpdesk").exists()
    assert "/admin/settings/socialekaart_plugin/helpdesk/" in client.get("/admin/").content.decode()


def test_who_comes_to_something_gone_can_search_and_look_around_by_theme(screens, client):
    for name in ("gone", "gone in the directory"):
        response = client.get(screens[name])
        text = response.content.decode()
        assert response.status_code == 410
        assert '<form class="sk-search" action="/sociale-kaart/"' in text
        assert 'href="/sociale-kaart/?theme=' in text


def test_on_a_headless_site_it_leads_to_the_front_end(screens, client, settings):
    settings.SOCIALEKAART_PUBLIC_URL = "https://voorkant.example"
    text = client.get(screens["gone"]).content.decode()
    assert 'href="https://voorkant.example"' in text
    assert "sk-search" not in text
