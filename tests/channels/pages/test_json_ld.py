import datetime
import json
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialekaart_plugin.channels.pages.json_ld import json_ld
from socialekaart_plugin.channels.pages.json_ld_times import opening_specifications, schedules
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.models import PublishedRecord
from socialekaart_plugin.publication.agenda import agenda_of
from socialekaart_plugin.publication.rules import as_of
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

#: A Wednesday.
NOW = datetime.datetime(2026, 11, 25, 12, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
WEEKLY = {"repeats": "weekly", "weekdays": ["TU"], "interval": 1}
CLOSED = {"kind": "closed", "starts_on": "2026-12-06", "text": "Dicht"}
MINIMAL = {
    "kind": "organisation",
    "alternative_names": [],
    "tags": [],
    "contact": [],
    "places": [],
}


def told(record, **more):
    payload = as_of(PublishedRecord.objects.get(uuid=record.uuid).public_payload, NOW.date())
    return json.loads(json_ld(payload, "https://example.nl/k/x", now=NOW, calendar=None, **more))


def times_of(rule, *, starts_at="10:00", ends_at="12:00", notices=()):
    rules = [{"starts_at": starts_at, "ends_at": ends_at, **rule}]
    sessions = [{"schedule": {"rules": rules}}, {"schedule": None}]
    payload = as_of({"sessions": sessions, "notices": notices}, NOW.date())
    return schedules(agenda_of(payload, None), NOW)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    name=st.text(max_size=60), summary=st.text(alphabet="<>/script&!-\u2028\u2029é", max_size=60)
)
def test_any_text_is_read_back_and_ends_no_element(name, summary):
    text = json_ld(
        {**MINIMAL, "name": name, "summary": summary},
        "https://example.nl/k/x",
        now=NOW,
        calendar=None,
    )
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
    thing = told(activity)
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
            at(None, note="Op afspraak"),
        ],
    )
    thing = told(activity, image_url="https://x.nl/i.webp")
    assert thing["@type"] == ["Service", "Event"]
    assert thing["eventSchedule"] == [
        {
            "@type": "Schedule",
            "startTime": "10:00",
            "endTime": "12:00",
            "scheduleTimezone": "Europe/Amsterdam",
            "repeatFrequency": "P1W",
            "byDay": ["https://schema.org/Tuesday", "https://schema.org/Friday"],
            "startDate": "2026-11-27",
        }
    ]
    assert thing["isAccessibleForFree"] is True
    assert thing["offers"]["price"] == "0"
    assert thing["audience"] == [{"@type": "PeopleAudience", "suggestedMinAge": 12}]
    assert thing["image"] == "https://x.nl/i.webp"
    assert "openingHoursSpecification" not in thing["location"][0]


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        (
            {"repeats": "once", "on": "2030-05-01"},
            [{"startDate": "2030-05-01", "endDate": "2030-05-01"}],
        ),
        (
            {"repeats": "monthly_by_weekday", "weekdays": ["MO"], "weeks": [1, -1], "interval": 1},
            [{"repeatFrequency": "P1M", "byDay": ["1MO", "-1MO"], "startDate": "2026-11-30"}],
        ),
        (
            {"repeats": "monthly_by_day", "days": [15, 20], "interval": 2, "anchor": "2026-01-01"},
            [{"repeatFrequency": "P2M", "byMonthDay": [15, 20], "startDate": "2027-01-15"}],
        ),
        (
            {"repeats": "yearly", "month": 5, "day": 4},
            [{"byMonth": 5, "byMonthDay": 4, "startDate": "2027-05-04"}],
        ),
        # The week of 25 November is one of those: 23 November itself is no Friday.
        (
            {"repeats": "weekly", "weekdays": ["FR"], "interval": 2, "anchor": "2026-11-23"},
            [{"repeatFrequency": "P2W", "startDate": "2026-11-27"}],
        ),
        (
            {"repeats": "weekly", "weekdays": ["TU"], "interval": 1, "valid_until": "2027-01-31"},
            [{"startDate": "2026-12-01", "endDate": "2027-01-31"}],
        ),
    ],
)
def test_every_sort_of_repetition_in_the_words_of_schema_org(rule, told):
    found = times_of(rule)
    assert len(found) == len(told)
    for each, expected in zip(found, told, strict=True):
        assert expected.items() <= each.items()


def test_the_last_day_of_the_month_has_no_word_and_is_told_by_date():
    found = times_of({"repeats": "monthly_by_day", "days": [-1], "interval": 1})
    assert [each["startDate"] for each in found][:3] == ["2026-11-30", "2026-12-31", "2027-01-31"]
    assert all(each["startDate"] == each["endDate"] for each in found)


def test_what_ends_on_the_next_day_tells_how_long_it_lasts():
    (night,) = times_of(
        {"repeats": "weekly", "weekdays": ["FR"], "interval": 1, "overnight": True},
        starts_at="22:00",
        ends_at="02:00",
    )
    assert (night["startTime"], night["duration"]) == ("22:00", "PT240M")
    assert "endTime" not in night


def test_an_announced_closure_is_left_out_by_date():
    (found,) = times_of(WEEKLY, notices=[{**CLOSED, "ends_on": "2026-12-08"}])
    assert found["exceptDate"] == ["2026-12-08"]
    assert "endDate" not in found
    (ended,) = times_of(WEEKLY, notices=[{**CLOSED, "ends_on": None}])
    assert ended["endDate"] == "2026-12-05"


def test_the_hours_of_an_organisation_are_told_with_the_days_that_differ():
    whole_day = {"starts_at": "00:00", "ends_at": "00:00", "overnight": True}
    hours = {
        "week": {"MO": [whole_day], "TU": [{"starts_at": "09:00", "ends_at": "12:00"}]},
        "other_days": [
            {"on": "2026-12-01", "slots": [{"starts_at": "10:00", "ends_at": "11:00"}]},
        ],
    }
    payload = {"opening_hours": hours, "notices": [{**CLOSED, "ends_on": "2026-12-14"}]}
    found = opening_specifications(agenda_of(as_of(payload, NOW.date()), None), NOW)
    assert [
        (each["dayOfWeek"][19:], each["opens"], each["closes"])
        for each in found["openingHoursSpecification"]
    ] == [("Monday", "00:00", "23:59"), ("Tuesday", "09:00", "12:00")]
    assert [
        (each["validFrom"], each["validThrough"], each["opens"], each["closes"])
        for each in found["specialOpeningHoursSpecification"]
    ] == [
        ("2026-12-01", "2026-12-01", "10:00", "11:00"),
        ("2026-12-07", "2026-12-08", "00:00", "00:00"),
        ("2026-12-14", "2026-12-14", "00:00", "00:00"),
    ]
    assert not any("validFrom" in each for each in found["openingHoursSpecification"])


def test_from_five_to_five_is_not_told_as_no_time_at_all():
    day = {"starts_at": "05:00", "ends_at": "05:00", "overnight": True}
    payload = {"opening_hours": {"week": {"MO": [day]}}}
    assert opening_specifications(agenda_of(payload, None), NOW) == {}


@pytest.mark.django_db
def test_an_organisation_is_open_at_its_own_hours_not_at_those_of_the_building():
    place = PlaceFactory(name="Buurthuis", opening_hours=opening_hours())
    silent = OrganisationFactory(public=True, visiting_place=place)
    assert "location" not in told(silent)
    open_along = OrganisationFactory(
        public=True, name="De Brug", visiting_place=place, opens_with_building=True
    )
    location = told(open_along)["location"]
    assert (location["name"], location["containedInPlace"]["name"]) == ("De Brug", "Buurthuis")
    (opening,) = location["openingHoursSpecification"]
    assert (opening["dayOfWeek"], opening["opens"]) == ("https://schema.org/Monday", "09:00")
    assert "openingHoursSpecification" not in location["containedInPlace"]


@pytest.mark.django_db
def test_an_organisation_that_says_little_says_nothing_empty():
    organisation = OrganisationFactory(public=True)
    thing = told(organisation)
    assert set(thing) == {
        "@context", "@type", "@id", "url", "name", "description", "telephone",
    }  # fmt: skip
