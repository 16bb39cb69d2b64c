import pytest
from wagtail.models import Site

from socialekaart_plugin.publication.addresses import permanent_url


@pytest.fixture
def site(db):
    """The default site, at an address of its own."""
    site = Site.objects.get(is_default_site=True)
    site.hostname, site.port = "kaart.example", 443
    site.save()
    return site


def test_a_permanent_address_is_of_the_default_site(site):
    assert permanent_url("7bcd9fg") == "https://kaart.example/k/7bcd9fg"


def test_a_permanent_address_of_a_given_site_takes_no_query(site, django_assert_num_queries):
    other = Site(hostname="wijk.example", port=8000)
    with django_assert_num_queries(0):
        assert permanent_url("7bcd9fg", other) == "http://wijk.example:8000/k/7bcd9fg"


def test_a_request_may_tell_the_host(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        address = permanent_url("7bcd9fg", root_url="https://www.example.org")
    assert address == "https://www.example.org/k/7bcd9fg"


def test_on_a_headless_site_wagtail_leads_on_to_the_front_end(site, settings):
    settings.SOCIALEKAART_PUBLIC_URL = "https://voor.example"
    assert permanent_url("7bcd9fg") == "https://kaart.example/k/7bcd9fg"
