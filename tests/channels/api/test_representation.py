import datetime
from typing import Any

import pytest

from socialekaart_plugin.channels.api.representation import FIELDS
from socialekaart_plugin.directory.actions import confirm_record
from socialekaart_plugin.directory.choices import VerificationChannel
from socialekaart_plugin.foundation.audiences import Audience
from tests.factories import (
    ActivityFactory,
    AreaFactory,
    OrganisationFactory,
    PlaceFactory,
    TargetGroupFactory,
    ThemeFactory,
    activity_contact,
    at,
    contact,
    together_with,
)

pytestmark = pytest.mark.django_db


def shape(value: Any) -> Any:
    """The keys and the types of what JSON holds; a list by its first item."""
    if isinstance(value, dict):
        return {name: shape(item) for name, item in value.items()}
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    return type(value).__name__


META = {
    "type": "str",
    "detail_url": "str",
    "html_url": "str",
    "slug": "str",
    "short_id": "str",
    "first_published_at": "str",
    "last_published_at": "str",
}
REFERENCE = {"id": "str", "name": "str", "slug": "str"}
PLACE = {
    **REFERENCE,
    "street_address": "str",
    "postcode": "str",
    "city": "str",
    "latitude": "float",
    "longitude": "float",
    "room": "str",
    "note": "str",
    "areas": [{**REFERENCE, "kind": "str", "code": "str"}],
}
SHARED = {
    "id": "str",
    "meta": META,
    "name": "str",
    "alternative_names": ["str"],
    "summary": "str",
    "description": "str",
    "themes": [{**REFERENCE, "path": ["str"]}],
    "target_groups": [REFERENCE],
    "tags": ["str"],
    "contact": [{"kind": "str", "value": "str", "label": "str", "uri": "str"}],
    "places": [PLACE],
    "upkeep": {"verified_on": "str", "state": "str"},
}
SHAPES = {
    "organisations": {**SHARED, "organisation_kind": "str"},
    "activities": {**SHARED, "organisations": [{**REFERENCE, "is_responsible": "bool"}]},
}


@pytest.fixture
def full():
    """An organisation and an activity of which every field holds something."""
    AreaFactory(parent=AreaFactory(kind="municipality"))
    hall = PlaceFactory(name="Buurthuis")
    shared = {
        "public": True,
        "alternative_names": "Ook zo genoemd\nEn zo",
        "themes": [ThemeFactory(name="Schulden", parent=ThemeFactory(name="Geld"))],
        "target_groups": [TargetGroupFactory(name="Jongeren")],
        "tags": ["budget"],
    }
    organisation = OrganisationFactory(name="Bureau", visiting_place=hall, **shared)
    activity = ActivityFactory(
        name="Cursus",
        organisation=organisation,
        co_organisers=[together_with(OrganisationFactory(public=True, name="Ander"))],
        sessions=[at(hall, room="Zaal 2", note="Bel twee keer")],
        contact_facts=[activity_contact(Audience.PUBLIC, "cursus@example.nl", label="ma tot vr")],
        **shared,
    )
    for record in (organisation, activity):
        confirm_record(
            record=record, on=datetime.date(2026, 5, 1), channel=VerificationChannel.PHONE
        )
    return {"organisations": organisation, "activities": activity}


@pytest.mark.parametrize("endpoint", SHAPES)
def test_the_shape_of_a_record_is_a_promise(client, full, endpoint):
    answer = client.get(f"/api/v2/{endpoint}/{full[endpoint].uuid}/").json()
    assert shape(answer) == SHAPES[endpoint]


@pytest.mark.parametrize("endpoint", SHAPES)
def test_a_list_of_all_fields_shows_a_record_as_its_own_address_does(client, full, endpoint):
    detail = client.get(f"/api/v2/{endpoint}/{full[endpoint].uuid}/").json()
    items = client.get(f"/api/v2/{endpoint}/", {"fields": "*"}).json()["items"]
    assert detail in items


@pytest.mark.parametrize("endpoint", SHAPES)
def test_fields_stand_in_their_own_order_whatever_is_asked(client, full, endpoint):
    (kind,) = [kind for kind in FIELDS if kind[:5] == endpoint[:5]]
    fields = FIELDS[kind]
    answer = client.get(
        f"/api/v2/{endpoint}/{full[endpoint].uuid}/", {"fields": ",".join(reversed(fields))}
    ).json()
    assert list(answer) == ["id", "meta", *fields]


def test_what_a_record_says(client, full):
    activity = client.get(f"/api/v2/activities/{full['activities'].uuid}/").json()
    assert activity["meta"]["type"] == "socialekaart_plugin.Activity"
    assert activity["alternative_names"] == ["Ook zo genoemd", "En zo"]
    assert [(o["name"], o["is_responsible"]) for o in activity["organisations"]] == [
        ("Bureau", True),
        ("Ander", False),
    ]
    assert activity["themes"][0]["path"] == ["geld", "schulden"]
    assert activity["contact"] == [
        {
            "kind": "mail",
            "value": "cursus@example.nl",
            "label": "ma tot vr",
            "uri": "mailto:cursus@example.nl",
        }
    ]
    (place,) = activity["places"]
    assert (place["name"], place["room"], place["latitude"]) == ("Buurthuis", "Zaal 2", 52.06)
    assert [area["kind"] for area in place["areas"]] == ["municipality", "district"]
    assert activity["upkeep"]["verified_on"] == "2026-05-01"


def test_a_link_of_a_contact_fact_is_one_of_the_web(client):
    organisation = OrganisationFactory(
        public=True,
        contact_facts=[
            contact(Audience.PUBLIC, "javascript:alert(1)", kind="website"),
            contact(Audience.PUBLIC, "079 123 45 67", kind="phone"),
            contact(Audience.PUBLIC, "Truus", kind="person"),
        ],
    )
    facts = client.get(f"/api/v2/organisations/{organisation.uuid}/").json()["contact"]
    assert [fact["uri"] for fact in facts] == ["", "tel:+31-79-123-4567", ""]


@pytest.mark.parametrize("endpoint", SHAPES)
def test_internal_facts_have_no_field(client, full, endpoint):
    text = client.get(f"/api/v2/{endpoint}/{full[endpoint].uuid}/").text
    for name in ("verified_by", "verified_channel", "marked_on", "audience", "interval_days"):
        assert name not in text
