import datetime
from decimal import Decimal
from typing import Any

import pytest
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from socialekaart_plugin.channels.api.serializers import FIELDS
from socialekaart_plugin.directory.actions import confirm_record
from socialekaart_plugin.directory.choices import VerificationChannel
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.models import (
    ActivityNotice,
    ActivityTranslation,
    OrganisationNotice,
    OrganisationTranslation,
)
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
    opening_hours,
    together_with,
    weekly,
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
AREA = {**REFERENCE, "kind": "str", "code": "str"}
ACCESSIBILITY = {"facts": {"lift_or_ground_floor": "bool"}, "note": "str"}
SENTENCE = {"nl": "str", "en": "str"}
SLOT = {"starts_at": "str", "ends_at": "str", "overnight": "bool"}
EXCEPTIONS = {
    "periods_left_out": [{"from": "str", "to": "str", "name": "str"}],
    "seasons_left_out": [],
    "in_school_holidays": "bool",
    "public_holidays_left_out": [],
}
PLACE = {
    **REFERENCE,
    "street_address": "str",
    "postcode": "str",
    "city": "str",
    "latitude": "float",
    "longitude": "float",
    "areas": [AREA],
    "opening_hours": {
        "week": {"MO": [SLOT], "TU": [], "WE": [], "TH": [], "FR": [], "SA": [], "SU": []},
        "other_days": [],
        **EXCEPTIONS,
    },
    "opening_sentence": SENTENCE,
    "accessibility": ACCESSIBILITY,
}
SESSION = {
    "place": REFERENCE,
    "room": "str",
    "note": "str",
    "schedule": {
        "rules": [
            {
                **{"repeats": "str", "weekdays": ["str"], "interval": "int", "anchor": "NoneType"},
                **SLOT,
                **{"valid_from": "NoneType", "valid_until": "NoneType"},
            }
        ],
        "left_out": [],
        **{**EXCEPTIONS, "periods_left_out": []},
    },
    "sentence": SENTENCE,
}
SHARED = {
    "id": "str",
    "meta": META,
    "name": "str",
    "alternative_names": ["str"],
    "summary": "str",
    "description": "str",
    "image": {"url": "str", "alt": "str", "width": "int", "height": "int"},
    "notices": [{"kind": "str", "starts_on": "str", "ends_on": "str", "text": "str"}],
    "themes": [{**REFERENCE, "path": ["str"]}],
    "target_groups": [REFERENCE],
    "min_age": "int",
    "max_age": "int",
    "languages": ["str"],
    "areas_served": [AREA],
    "tags": ["str"],
    "cost": {"kind": "str", "amount": "str", "note": "str", "city_pass": "bool"},
    "registration": {"ways": ["str"], "url": "str", "note": "str"},
    "referral": {"kind": "str", "by": "str"},
    "capacity": {"state": "str", "until": "str", "note": "str"},
    "what_to_bring": "str",
    "accessibility": ACCESSIBILITY,
    "contact": [
        {"kind": "str", "value": "str", "label": "str", "uri": "str", "derived_from": "NoneType"}
    ],
    "places": [PLACE],
    "translations": [
        {
            **{"language": "str", "state": "str", "name": "str", "summary": "str"},
            **{"description": "str", "is_outdated": "bool"},
        }
    ],
    "origin": {"source": "str", "licence": "str"},
    "upkeep": {"verified_on": "str", "state": "str"},
}
SHAPES = {
    "organisations": {
        **SHARED,
        "organisation_kind": "str",
        "postal_address": "str",
        "opening_hours": PLACE["opening_hours"],
        "opening_sentence": SENTENCE,
        "opens_with_building": "bool",
        "open_now": "bool",
        "next_times": [{"start": "str", "end": "str", "session": "NoneType"}],
        "platform_profile_url": "str",
        "platform_vacancies_url": "str",
        "kvk_number": "str",
        "rsin": "str",
    },
    "activities": {
        **SHARED,
        "organisations": [{**REFERENCE, "is_responsible": "bool"}],
        "validity": {"from": "str", "until": "str", "state": "str"},
        "forms": ["str"],
        "sessions": [SESSION],
        "open_now": "bool",
        "next_times": [{"start": "str", "end": "str", "session": "int"}],
        "without_times": "str",
        "volunteers_wanted": "bool",
        "vacancy_url": "str",
    },
}
NOTICE = {
    "kind": "changed",
    "starts_on": datetime.date(2026, 1, 1),
    "ends_on": datetime.date(2098, 1, 1),
    "text": "Dicht",
}
PRACTICAL = {
    "min_age": 12,
    "max_age": 18,
    "languages": ["ar"],
    "cost": "fixed",
    "cost_amount": Decimal("2.5"),
    "cost_note": "Per keer.",
    "city_pass": True,
    "registration": ["link"],
    "registration_url": "https://example.nl/aanmelden",
    "referral": "needed",
    "referral_by": "de huisarts",
    "capacity": "full",
    "capacity_until": datetime.date(2098, 1, 1),
    "what_to_bring": "Een pen.",
    "accessibility": {"lift_or_ground_floor": True},
}


@pytest.fixture
def full(settings, tmp_path):
    """An organisation and an activity of which every field holds something."""
    settings.MEDIA_ROOT = tmp_path
    area = AreaFactory(parent=AreaFactory(kind="municipality"))
    hall = PlaceFactory(
        name="Buurthuis",
        opening_hours=opening_hours(),
        accessibility={"lift_or_ground_floor": False},
    )
    shared = {
        "public": True,
        "alternative_names": "Ook zo genoemd\nEn zo",
        "themes": [ThemeFactory(name="Schulden", parent=ThemeFactory(name="Geld"))],
        "target_groups": [TargetGroupFactory(name="Jongeren")],
        "areas_served": [area],
        "tags": ["budget"],
        "image": get_image_model().objects.create(title="Foto", file=get_test_image_file()),
        "image_alt": "Mensen aan tafel",
        **PRACTICAL,
    }
    organisation = OrganisationFactory(
        name="Bureau",
        visiting_place=hall,
        opening_hours=opening_hours(),
        notices=[OrganisationNotice(**NOTICE)],
        translations=[OrganisationTranslation(language="en", summary="Help.")],
        **shared,
    )
    activity = ActivityFactory(
        name="Cursus",
        organisation=organisation,
        co_organisers=[together_with(OrganisationFactory(public=True, name="Ander"))],
        sessions=[at(hall, room="Zaal 2", note="Bel twee keer", schedule=weekly())],
        contact_facts=[activity_contact(Audience.PUBLIC, "cursus@example.nl", label="ma tot vr")],
        notices=[ActivityNotice(**NOTICE)],
        translations=[ActivityTranslation(language="en", summary="Help.")],
        forms=["place"],
        valid_from=datetime.date(2026, 1, 1),
        valid_until=datetime.date(2098, 1, 1),
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
            "derived_from": None,
        }
    ]
    (place,) = activity["places"]
    assert (place["name"], place["latitude"]) == ("Buurthuis", 52.06)
    assert place["opening_sentence"]["nl"].startswith("maandag 9.00–17.00 uur")
    assert [area["kind"] for area in place["areas"]] == ["municipality", "district"]
    (session,) = activity["sessions"]
    assert (session["place"]["name"], session["room"]) == ("Buurthuis", "Zaal 2")
    assert session["sentence"]["nl"] == "elke dinsdag van 10.00 tot 12.00 uur"
    assert session["schedule"] == weekly()
    assert activity["cost"] == {
        "kind": "fixed",
        "amount": "2.50",
        "note": "Per keer.",
        "city_pass": True,
    }
    assert activity["validity"]["state"] == "running"
    assert activity["upkeep"]["verified_on"] == "2026-05-01"


def test_an_activity_that_has_ended_is_in_no_list_but_its_address_says_so(client):
    activity = ActivityFactory(public=True, valid_until=datetime.date(2020, 1, 1))
    assert client.get("/api/v2/activities/").json()["items"] == []
    answer = client.get(f"/api/v2/activities/{activity.uuid}/").json()
    assert answer["validity"] == {"from": None, "until": "2020-01-01", "state": "ended"}


def test_a_picture_has_its_host_and_one_without_a_file_is_none(client, full):
    url = f"/api/v2/activities/{full['activities'].uuid}/"
    image = client.get(url).json()["image"]
    assert image["url"].startswith("http://localhost/media/")
    assert image["alt"] == "Mensen aan tafel"
    stored = full["activities"].image
    stored.file.delete(save=False)
    stored.renditions.all().delete()
    assert client.get(url).json()["image"] is None


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
    for name in (
        *("verified_by", "verified_channel", "marked_on", "audience", "interval_days"),
        *("steward", "verification_contact", "source_id", "imported", "notes", "fingerprint"),
    ):
        assert name not in text
