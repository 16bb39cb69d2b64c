import datetime
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.models import PublishedRecord
from socialekaart_plugin.publication.agenda import agenda_of, needs_school_holidays
from socialekaart_plugin.publication.rules import as_of
from tests.factories import OrganisationFactory, PlaceFactory, opening_hours, weekly

#: A Tuesday.
NOW = datetime.datetime(2026, 11, 24, 11, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


def agenda(*schedules, notices=(), now=NOW, **validity):
    payload = {
        "sessions": [{"schedule": each} for each in schedules],
        "notices": [
            {"kind": kind, "starts_on": first, "ends_on": last, "text": ""}
            for kind, first, last in notices
        ],
        "validity": {"from": None, "until": None, **validity},
    }
    return agenda_of(as_of(payload, now.date()), None)


def days(found, most=3, now=NOW):
    return [each.when.start.date().isoformat() for each in islice(found.coming(now), most)]


def test_what_goes_on_comes_first_and_is_over_at_its_end():
    assert days(agenda(weekly()), 2) == ["2026-11-24", "2026-12-01"]
    assert days(agenda(weekly()), 1, NOW.replace(hour=12)) == ["2026-12-01"]


def test_an_announced_closure_takes_its_days_away_also_chosen_ones():
    closed = ("closed", "2026-12-01", "2026-12-08")
    rule = {"repeats": "once", "on": "2026-12-02", "starts_at": "10:00", "ends_at": "12:00"}
    chosen = {"rules": [rule]}
    assert days(agenda(weekly(), chosen, notices=[closed])) == [
        "2026-11-24",
        "2026-12-15",
        "2026-12-22",
    ]


def test_a_notice_of_another_kind_takes_nothing_away():
    changed = ("changed", "2026-12-01", "2026-12-08")
    assert days(agenda(weekly(), notices=[changed]), 2) == ["2026-11-24", "2026-12-01"]


def test_what_is_closed_until_further_notice_has_nothing_to_come():
    found = agenda(weekly(), notices=[("closed", "2026-12-01", None)])
    assert days(found) == ["2026-11-24"]
    assert len(days(found.without_open_end())) == 3


def test_closures_that_overlap_are_one():
    notices = [("closed", "2026-12-01", "2026-12-08"), ("closed", "2026-12-05", "2026-12-20")]
    assert days(agenda(weekly(), notices=notices), 2) == ["2026-11-24", "2026-12-22"]


def test_times_that_touch_are_one_opening():
    afternoon = weekly(starts_at="12:00", ends_at="14:00")
    opening = agenda(weekly(), afternoon).opening(NOW)
    assert (opening.start.hour, opening.end.hour) == (10, 14)
    assert agenda(weekly()).opening(NOW.replace(hour=9)) is None


def test_of_what_never_closes_is_looked_eight_days_ahead():
    every_day = weekly(
        weekdays=["MO", "TU", "WE", "TH", "FR", "SA", "SU"],
        starts_at="00:00",
        ends_at="00:00",
        overnight=True,
    )
    opening = agenda(every_day).opening(NOW)
    assert opening.end - NOW >= datetime.timedelta(days=8)


def test_without_times_nothing_is_known():
    assert not agenda(None).has_times
    assert not agenda_of({"opening_hours": None, "notices": []}, None).has_times


def test_holidays_are_only_asked_for_where_they_matter():
    stops = {"sessions": [{"schedule": {**weekly(), "in_school_holidays": False}}]}
    assert needs_school_holidays([stops])
    assert not needs_school_holidays([{"sessions": [{"schedule": weekly()}]}])


def payload_of(organisation, audience=Audience.PUBLIC):
    return PublishedRecord.objects.get(uuid=organisation.uuid).payload(audience)


@pytest.mark.django_db
def test_who_opens_with_the_building_follows_its_hours():
    place = PlaceFactory(opening_hours=opening_hours())
    organisation = OrganisationFactory(public=True, visiting_place=place, opens_with_building=True)
    assert payload_of(organisation)["opening_hours"] == opening_hours()
    place.opening_hours = None
    place.save()
    assert payload_of(organisation)["opening_hours"] is None


@pytest.mark.django_db
def test_hours_of_a_building_leave_only_for_who_may_see_the_building():
    place = PlaceFactory(opening_hours=opening_hours(), audience=Audience.REFERRER)
    organisation = OrganisationFactory(public=True, visiting_place=place, opens_with_building=True)
    assert payload_of(organisation)["opening_hours"] is None
    assert payload_of(organisation, Audience.REFERRER)["opening_hours"] == opening_hours()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("has_place", "hours"), [(False, None), (True, opening_hours())], ids=["no place", "both"]
)
def test_hours_that_contradict_each_other_are_refused_at_the_tick(has_place, hours):
    place = PlaceFactory(opening_hours=opening_hours()) if has_place else None
    with pytest.raises(ValidationError) as refusal:
        OrganisationFactory(visiting_place=place, opening_hours=hours, opens_with_building=True)
    assert set(refusal.value.message_dict) == {"opens_with_building"}
