import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialekaart_plugin.channels.pages.json_ld import json_ld
from socialekaart_plugin.channels.pages.json_ld_times import schedules
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.models import PublishedRecord
from tests.factories import (
    ActivityFactory,
    OrganisationFactory,
    PlaceFactory,
    TargetGroupFactory,
    activity_contact,
    at,
    opening_hours,
    weekly,
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
    assert channel["servicePhone"]["telephone"] == "+31-79-123-4567"
    assert channel["serviceUrl"] == "https://example.nl"
    assert channel["serviceLocation"][0]["name"] == "Buurthuis"


@pytest.mark.django_db
def test_what_is_held_at_set_times_is_an_event_that_comes_back_as_well():
    activity = ActivityFactory(
        public=True,
        cost="free",
        min_age=12,
        sessions=[
            at(PlaceFactory(opening_hours=opening_hours()), schedule=weekly(weekdays=["TU", "FR"])),
            at(None, schedule={**weekly(), "in_school_holidays": False}),
        ],
    )
    payload = PublishedRecord.objects.get(uuid=activity.uuid).public_payload
    thing = json.loads(json_ld(payload, "https://example.nl/k/x", image_url="https://x.nl/i.webp"))
    assert thing["@type"] == ["Service", "Event"]
    assert thing["eventSchedule"] == [
        {
            "@type": "Schedule",
            "startTime": "10:00",
            "endTime": "12:00",
            "scheduleTimezone": "Europe/Amsterdam",
            "repeatFrequency": "P1W",
            "byDay": ["https://schema.org/Tuesday", "https://schema.org/Friday"],
        }
    ]
    assert thing["isAccessibleForFree"] is True
    assert thing["offers"]["price"] == "0"
    assert thing["audience"] == [{"@type": "PeopleAudience", "suggestedMinAge": 12}]
    assert thing["image"] == "https://x.nl/i.webp"
    (opening,) = thing["location"][0]["openingHoursSpecification"]
    assert (opening["dayOfWeek"], opening["opens"]) == ("https://schema.org/Monday", "09:00")


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ({"repeats": "once", "on": "2030-05-01"}, [{"startDate": "2030-05-01"}]),
        (
            {"repeats": "monthly_by_weekday", "weekdays": ["MO"], "weeks": [1, -1], "interval": 1},
            [{"repeatFrequency": "P1M", "byMonthWeek": 1}],
        ),
        (
            {"repeats": "monthly_by_day", "days": [15], "interval": 2},
            [{"repeatFrequency": "P2M", "byMonthDay": 15}],
        ),
        ({"repeats": "yearly", "month": 5, "day": 4}, [{"byMonth": 5, "byMonthDay": 4}]),
        (
            {"repeats": "weekly", "weekdays": ["MO"], "interval": 2, "anchor": "2026-11-23"},
            [{"repeatFrequency": "P2W", "startDate": "2026-11-23"}],
        ),
    ],
)
def test_every_sort_of_repetition_in_the_words_of_schema_org(rule, told):
    schedule = {
        "rules": [{"starts_at": "10:00", "ends_at": "12:00", **rule}],
        "left_out": [],
        "periods_left_out": [],
        "seasons_left_out": [],
        "public_holidays_left_out": [],
        "in_school_holidays": True,
    }
    found = schedules({"sessions": [{"schedule": schedule}, {"schedule": None}]})
    assert len(found) == len(told)
    for each, expected in zip(found, told, strict=True):
        assert expected.items() <= each.items()


@pytest.mark.django_db
def test_an_organisation_that_says_little_says_nothing_empty():
    organisation = OrganisationFactory(public=True)
    payload = PublishedRecord.objects.get(uuid=organisation.uuid).public_payload
    thing = json.loads(json_ld(payload, "https://example.nl/k/x"))
    assert set(thing) == {
        "@context", "@type", "@id", "url", "name", "description", "telephone",
    }  # fmt: skip
