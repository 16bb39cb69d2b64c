import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialekaart_plugin.channels.pages.json_ld import json_ld
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.models import PublishedRecord
from tests.factories import (
    ActivityFactory,
    OrganisationFactory,
    PlaceFactory,
    TargetGroupFactory,
    activity_contact,
    at,
)

MINIMAL = {
    "kind": "organisation",
    "alternative_names": [],
    "tags": [],
    "contact": [],
    "places": [],
}


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    name=st.text(max_size=60), summary=st.text(alphabet="<>/script&!-\u2028\u2029é", max_size=60)
)
def test_any_text_is_read_back_and_ends_no_element(name, summary):
    text = json_ld({**MINIMAL, "name": name, "summary": summary}, "https://example.nl/k/x")
    assert not set("<>&") & set(text)
    read = json.loads(text)
    assert (read["name"], read["description"]) == (name, summary)


@pytest.mark.django_db
def test_an_activity_is_a_service_with_who_gives_it_for_whom_and_where():
    activity = ActivityFactory(
        public=True,
        organisation=OrganisationFactory(public=True, name="De Brug"),
        target_groups=[TargetGroupFactory(name="Ouderen")],
        sessions=[at(PlaceFactory(name="Buurthuis"))],
        contact_facts=[
            activity_contact(Audience.PUBLIC, "079 123 45 67", kind="phone"),
            activity_contact(Audience.PUBLIC, "https://example.nl", kind="website"),
        ],
    )
    payload = PublishedRecord.objects.get(uuid=activity.uuid).public_payload
    thing = json.loads(json_ld(payload, "https://example.nl/k/x"))
    assert thing["@type"] == "Service"
    assert thing["provider"] == [{"@type": "Organization", "name": "De Brug"}]
    assert thing["audience"] == [{"@type": "Audience", "audienceType": "Ouderen"}]
    channel = thing["availableChannel"]
    assert channel["servicePhone"]["telephone"] == "079 123 45 67"
    assert channel["serviceUrl"] == "https://example.nl"
    assert channel["serviceLocation"][0]["name"] == "Buurthuis"


@pytest.mark.django_db
def test_an_organisation_that_says_little_says_nothing_empty():
    organisation = OrganisationFactory(public=True)
    payload = PublishedRecord.objects.get(uuid=organisation.uuid).public_payload
    thing = json.loads(json_ld(payload, "https://example.nl/k/x"))
    assert set(thing) == {
        "@context", "@type", "@id", "url", "name", "description", "telephone",
    }  # fmt: skip
