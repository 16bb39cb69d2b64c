"""The site gets the address of the settings once, and keeps what somebody gave it."""

import pytest
from django.core.management import call_command
from wagtail.models import Site

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    Site.objects.update(hostname="localhost", port=80)
    return Site.objects.get(is_default_site=True)


@pytest.mark.parametrize(
    ("address", "root"),
    [
        ("https://www.example.org", "https://www.example.org"),
        ("http://www.example.org/", "http://www.example.org"),
        ("http://localhost:8000", "http://localhost:8000"),
    ],
)
def test_it_is_where_the_settings_say(site, settings, address, root):
    settings.WAGTAILADMIN_BASE_URL = address
    for _time in range(2):
        call_command("name_site", verbosity=0)
        site.refresh_from_db()
        assert site.root_url == root


def test_what_somebody_named_stays(site, settings, capsys):
    site.hostname = "kaart.example.org"
    site.save()
    settings.WAGTAILADMIN_BASE_URL = "https://www.example.org"
    call_command("name_site")
    site.refresh_from_db()
    assert site.hostname == "kaart.example.org"
    assert "already" in capsys.readouterr().out
