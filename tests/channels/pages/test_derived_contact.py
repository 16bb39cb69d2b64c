"""Whom to call about an activity that has no contact of its own, on every public screen."""

import json

import pytest
from django.utils import timezone

from socialekaart_plugin.channels.pages.json_ld import json_ld
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.models import PublishedRecord
from tests.factories import ActivityFactory, OrganisationFactory, activity_contact, contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation(directory_page):
    return OrganisationFactory(
        public=True,
        name="De Brug",
        contact_facts=[
            contact(Audience.PUBLIC, "079 300 0001", kind="phone"),
            contact(Audience.PUBLIC, "info@brug.example"),
            contact(Audience.REFERRER, "079 300 0009", kind="phone"),
        ],
    )


def page_of(client, record):
    return client.get(f"/sociale-kaart/{record.short_id}/{record.slug}/").content.decode()


def test_the_page_names_whose_number_it_is(organisation, client):
    text = page_of(client, ActivityFactory(public=True, organisation=organisation))
    assert "Contact via De Brug</h2>" in text
    assert 'href="tel:+31-79-300-0001"' in text or 'href="tel:+31793000001"' in text
    assert "079 300 0009" not in text


def test_a_referrer_gets_the_number_for_referrers(organisation, referrer):
    text = page_of(referrer, ActivityFactory(public=True, organisation=organisation))
    assert "079 300 0009" in text


def test_beside_contact_of_its_own_it_stands_apart(organisation, client):
    activity = ActivityFactory(
        public=True,
        organisation=organisation,
        registration=["phone"],
        contact_facts=[activity_contact(Audience.PUBLIC, "koffie@brug.example")],
    )
    text = page_of(client, activity)
    assert ">Contact</h2>" in text
    assert "Contact via De Brug</h3>" in text
    assert "(via De Brug)" in text


def test_a_card_says_whom_one_calls(organisation, read):
    ActivityFactory(public=True, name="Koffie", organisation=organisation)
    text = read(search="koffie").content.decode()
    assert "via De Brug</span>" in text
    assert "Bel De Brug:" in text


def test_below_the_organisation_its_number_is_not_said_again(organisation, client):
    ActivityFactory(public=True, name="Koffie", organisation=organisation)
    text = page_of(client, organisation)
    assert "Koffie" in text
    assert "sk-card__action" not in text


def test_search_engines_get_the_number_with_the_name_of_who_answers(organisation):
    activity = ActivityFactory(public=True, organisation=organisation)
    payload = PublishedRecord.objects.get(uuid=activity.uuid).public_payload
    thing = json.loads(
        json_ld(payload, "https://example.nl/k/x", now=timezone.now(), calendar=None)
    )
    assert thing["availableChannel"]["servicePhone"] == {
        "@type": "ContactPoint",
        "telephone": "+31-79-300-0001",
        "name": "De Brug",
    }
