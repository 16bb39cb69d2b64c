import datetime

import pytest

from socialekaart_plugin.discovery.documents.coming_times import TIMES_AHEAD_DAYS, coming_times
from socialekaart_plugin.discovery.documents.time_encoding import (
    MINUTES_A_DAY,
    decode_times,
    minutes_of_day,
)
from socialekaart_plugin.publication.rules import as_of
from socialekaart_plugin.timetable.calendars import Calendar
from tests.factories import opening_hours, weekly

MONDAY = datetime.date(2026, 11, 23)
TUESDAY = datetime.date(2026, 11, 24)
CHRISTMAS = Calendar.of(
    "midden", [("Kerst", datetime.date(2026, 12, 19), datetime.date(2027, 1, 3))]
)


def told(*notices):
    return [
        {"kind": kind, "starts_on": first, "ends_on": last, "text": ""}
        for kind, first, last in notices
    ]


def held(*schedules, validity=(None, None), notices=()):
    return {
        "validity": {"from": validity[0], "until": validity[1]},
        "notices": told(*notices),
        "sessions": [{"schedule": schedule} for schedule in schedules],
        "places": [{"opening_hours": opening_hours()}],
    }


def read(payload, today=MONDAY, calendar=None):
    """Return when something is on, as text."""
    return [
        f"{_text(start)} - {_text(end)[11:]}"
        for start, end in decode_times(coming_times(as_of(payload, today), today, calendar).data)
    ]


def days(payload, today=MONDAY, calendar=None):
    return [line[:10] for line in read(payload, today, calendar)]


def _text(minute):
    epoch = datetime.datetime(2020, 1, 1)  # noqa: DTZ001
    return (epoch + datetime.timedelta(minutes=minute)).isoformat(" ", "minutes")


def test_an_activity_is_there_when_it_is_held_until_six_weeks_ahead():
    found = read(held(weekly()))
    assert found[0] == "2026-11-24 10:00 - 12:00"
    assert [line[:10] for line in found] == [
        (TUESDAY + datetime.timedelta(weeks=week)).isoformat() for week in range(6)
    ]


def test_it_says_up_to_which_day_it_was_written():
    until = MONDAY + datetime.timedelta(days=TIMES_AHEAD_DAYS)
    assert coming_times(held(weekly()), MONDAY, None).until == until
    assert coming_times(held(weekly()), TUESDAY, None).until == until + datetime.timedelta(days=1)


def test_without_schedules_there_is_nothing_to_keep_up():
    for payload in (held(), held(None), {"opening_hours": None, "notices": []}):
        coming = coming_times(payload, MONDAY, None)
        assert (coming.data, coming.until) == (b"", None)


def test_the_last_day_itself_is_written():
    assert days(held(weekly()), TUESDAY)[-1] == (TUESDAY + datetime.timedelta(weeks=6)).isoformat()


def test_sessions_are_put_together():
    evening = weekly(weekdays=["MO"], starts_at="19:00", ends_at="21:00")
    overlapping = weekly(starts_at="11:00", ends_at="13:00")
    assert read(held(weekly(), evening, None, overlapping))[:3] == [
        "2026-11-23 19:00 - 21:00",
        "2026-11-24 10:00 - 13:00",
        "2026-11-30 19:00 - 21:00",
    ]


def test_what_is_over_today_still_counts_and_what_was_over_before_does_not():
    assert days(held(weekly()), TUESDAY)[0] == "2026-11-24"
    assert days(held(weekly()), datetime.date(2026, 11, 25))[0] == "2026-12-01"


def test_what_began_yesterday_and_goes_on_today_is_there():
    night = weekly(starts_at="22:00", ends_at="03:00", overnight=True)
    assert read(held(night), datetime.date(2026, 11, 25))[0] == "2026-11-24 22:00 - 03:00"
    evening = weekly(starts_at="22:00", ends_at="00:00", overnight=True)
    assert days(held(evening), datetime.date(2026, 11, 25))[0] == "2026-12-01"


def test_it_is_not_held_before_its_first_day_nor_after_its_last():
    payload = held(weekly(), validity=("2026-12-01", "2026-12-08"))
    assert days(payload) == ["2026-12-01", "2026-12-08"]


@pytest.mark.parametrize(
    ("notice", "expected"),
    [
        (("closed", "2026-11-20", "2026-12-01"), ["2026-12-08", "2026-12-15"]),
        (("closed", "2026-12-01", "2026-12-01"), ["2026-11-24", "2026-12-08", "2026-12-15"]),
        (("closed", "2026-12-02", "2026-12-14"), ["2026-11-24", "2026-12-01", "2026-12-15"]),
        (("closed", None, "2026-12-08"), ["2026-12-15"]),
        (("closed", "2026-12-08", None), ["2026-11-24", "2026-12-01"]),
        (("closed", "2026-11-01", "2026-11-02"), None),
        (("changed", "2026-11-20", "2026-12-30"), None),
    ],
)
def test_it_is_not_held_while_a_notice_says_it_is_closed(notice, expected):
    usual = ["2026-11-24", "2026-12-01", "2026-12-08", "2026-12-15"]
    payload = held(weekly(valid_until="2026-12-15"), notices=[notice])
    assert days(payload) == (usual if expected is None else expected)


def test_school_holidays_are_heeded_where_the_schedule_says_so():
    term_only = {**weekly(), "in_school_holidays": False}
    assert days(held(term_only), calendar=CHRISTMAS)[-1] == "2026-12-15"
    assert days(held(term_only))[-1] == "2026-12-29"
    assert days(held(weekly()), calendar=CHRISTMAS)[-1] == "2026-12-29"


def test_public_holidays_and_single_dates_are_left_out():
    friday = {**weekly(weekdays=["FR"]), "left_out": ["2026-12-04"]}
    friday["public_holidays_left_out"] = ["christmas_day"]
    assert days(held(friday)) == ["2026-11-27", "2026-12-11", "2026-12-18", "2027-01-01"]


def test_an_organisation_is_there_at_its_own_hours_not_at_those_of_the_building():
    hours = {"week": {"TU": [{"starts_at": "13:00", "ends_at": "17:00"}]}}
    notices = told(("closed", "2026-12-01", "2026-12-28"))
    building = [{"opening_hours": opening_hours()}]
    assert read({"places": building, "opening_hours": hours, "notices": notices}) == [
        "2026-11-24 13:00 - 17:00",
        "2026-12-29 13:00 - 17:00",
    ]
    assert read({"places": building, "opening_hours": None, "notices": []}) == []


def test_what_is_always_is_one_long_time_but_for_when_it_is_closed():
    notice = ("closed", "2026-11-25", "2026-11-26")
    for sessions in ((), (None,), (None, weekly())):
        payload = {**held(*sessions, notices=[notice]), "without_times": "always"}
        assert read(payload)[0] == "2026-11-23 00:00 - 00:00"
        assert len(read(payload)) == 2
    before = {**held(validity=("2026-12-01", None)), "without_times": "always"}
    assert days(before) == ["2026-12-01"]


@pytest.mark.parametrize("without_times", ["", "by_appointment"])
def test_what_is_by_appointment_or_not_known_is_never_open(without_times):
    assert read({**held(None), "without_times": without_times}) == []


def test_the_opening_hours_of_a_place_say_nothing_of_an_activity_held_there():
    assert read(held(None)) == []


@pytest.mark.parametrize(
    ("weekday", "today", "slot", "expected"),
    [
        # The night in which the clocks go forward from 02:00 to 03:00.
        ("SU", "2027-03-28", ("01:00", "04:00", False), "01:00 - 04:00"),
        ("SU", "2027-03-28", ("02:30", "04:00", False), "03:30 - 04:00"),
        ("SU", "2027-03-28", ("02:00", "03:00", False), "03:00 - 04:00"),
        ("SA", "2027-03-27", ("22:00", "06:00", True), "22:00 - 06:00"),
        ("SU", "2027-03-28", ("10:00", "12:00", False), "10:00 - 12:00"),
        # The night in which they go back from 03:00 to 02:00.
        ("SU", "2026-10-25", ("02:00", "03:00", False), "02:00 - 03:00"),
        ("SU", "2026-10-25", ("01:00", "04:00", False), "01:00 - 04:00"),
        ("SA", "2026-10-24", ("22:00", "06:00", True), "22:00 - 06:00"),
    ],
)
def test_times_are_those_on_the_wall_also_when_the_clocks_change(weekday, today, slot, expected):
    starts_at, ends_at, overnight = slot
    schedule = weekly(weekdays=[weekday], starts_at=starts_at, ends_at=ends_at, overnight=overnight)
    assert read(held(schedule), datetime.date.fromisoformat(today))[0] == f"{today} {expected}"


def test_what_never_closes_is_one_long_time():
    whole_day = [{"starts_at": "00:00", "ends_at": "00:00", "overnight": True}]
    hours = {"week": dict.fromkeys(("MO", "TU", "WE", "TH", "FR", "SA", "SU"), whole_day)}
    coming = coming_times({"opening_hours": hours}, MONDAY, None)
    [(start, end)] = decode_times(coming.data)
    assert start == minutes_of_day(MONDAY - datetime.timedelta(days=1)) + MINUTES_A_DAY
    assert end == minutes_of_day(MONDAY) + MINUTES_A_DAY * (TIMES_AHEAD_DAYS + 1)
