import datetime
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from socialekaart_plugin.publication.rules import as_of, has_ended, next_change

TODAY = datetime.date(2026, 6, 1)
days = st.dates(datetime.date(2020, 1, 1), datetime.date(2030, 1, 1))
iso_or_none = st.none() | days.map(datetime.date.isoformat)


def payload(verified_on=None, marked_on=None, interval_days=365, **more):
    return {
        "name": "Samen",
        "upkeep": {
            "verified_on": verified_on,
            "marked_on": marked_on,
            "interval_days": interval_days,
        },
        **more,
    }


def state(value, today=TODAY):
    return as_of(value, today)["upkeep"]["state"]


def on(day):
    return datetime.date.fromisoformat(day)


def notice(starts_on, ends_on, text="Dicht"):
    return {"kind": "closed", "starts_on": starts_on, "ends_on": ends_on, "text": text}


def full(until=None, state_of_room="full"):
    return {"state": state_of_room, "until": until, "note": "Twee maanden wachten."}


def test_a_record_never_verified_is_unknown():
    assert state(payload()) == "unknown"


def test_a_record_is_fresh_until_the_interval_has_passed():
    value = payload(verified_on="2025-06-02")
    assert state(value) == "fresh"
    assert state(value, datetime.date(2026, 6, 2)) == "due"


def test_a_mark_counts_from_its_day():
    value = payload(verified_on="2026-01-01", marked_on="2026-06-02")
    assert state(value) == "fresh"
    assert state(value, datetime.date(2026, 6, 2)) == "marked"


def test_a_notice_is_shown_from_its_first_day_up_to_and_including_its_last():
    value = payload(notices=[notice("2026-06-02", "2026-06-04"), notice("2026-01-01", None, "x")])
    shown = {
        day: [each["text"] for each in as_of(value, on(day))["notices"]]
        for day in ("2025-12-31", "2026-06-01", "2026-06-02", "2026-06-04", "2026-06-05")
    }
    assert shown == {
        "2025-12-31": [],
        "2026-06-01": ["x"],
        "2026-06-02": ["Dicht", "x"],
        "2026-06-04": ["Dicht", "x"],
        "2026-06-05": ["x"],
    }
    assert next_change(value, on("2026-06-01")) == on("2026-06-02")
    assert next_change(value, on("2026-06-02")) == on("2026-06-05")
    assert next_change(value, on("2026-06-05")) is None


def test_nothing_is_said_about_room_after_the_last_day_of_it():
    value = payload(capacity=full(until="2026-06-01"))
    assert as_of(value, TODAY)["capacity"] == full(until="2026-06-01")
    assert next_change(value, TODAY) == on("2026-06-02")
    assert as_of(value, on("2026-06-02"))["capacity"] == {"state": "", "until": None, "note": ""}
    assert as_of(payload(capacity=full()), on("2099-01-01"))["capacity"] == full()


def test_an_activity_is_coming_runs_and_has_ended():
    value = payload(validity={"from": "2026-06-02", "until": "2026-06-30"})
    states = {
        day: as_of(value, on(day))["validity"]["state"]
        for day in ("2026-06-01", "2026-06-02", "2026-06-30", "2026-07-01")
    }
    assert list(states.values()) == ["coming", "running", "running", "ended"]
    assert [has_ended(value, on(day)) for day in states] == [False, False, False, True]
    assert next_change(value, TODAY) == on("2026-06-02")
    assert next_change(value, on("2026-06-02")) == on("2026-07-01")
    assert next_change(value, on("2026-07-01")) is None


def test_a_night_that_begins_on_the_last_day_runs_out_first():
    night = {"starts_at": "22:00", "ends_at": "02:00", "overnight": True}
    value = payload(
        validity={"from": None, "until": "2026-06-30"},
        sessions=[{"schedule": None}, {"schedule": {"rules": [night]}}],
    )
    days = ("2026-07-01", "2026-07-02")
    assert [has_ended(value, on(day)) for day in days] == [False, True]
    assert next_change(value, TODAY) == on("2026-07-02")
    until_midnight = {**night, "ends_at": "00:00"}
    value["sessions"][1]["schedule"]["rules"] = [until_midnight]
    assert has_ended(value, on("2026-07-01"))


def test_what_has_no_end_never_ends():
    value = payload(validity={"from": None, "until": None})
    assert as_of(value, datetime.date.max)["validity"]["state"] == "running"
    assert not has_ended({"name": "Geld"}, TODAY)


def test_the_last_day_there_is_is_no_error():
    last = "9999-12-31"
    value = payload(
        verified_on=last,
        notices=[notice("2026-01-01", last)],
        capacity=full(until=last),
        validity={"from": None, "until": last},
    )
    assert as_of(value, TODAY)["upkeep"]["state"] == "fresh"
    assert next_change(value, TODAY) == datetime.date.max
    assert as_of(value, datetime.date.max)["upkeep"]["state"] == "due"
    assert next_change(value, datetime.date.max) is None


def test_a_payload_without_dates_reads_the_same_every_day():
    theme = {"name": "Geld"}
    assert as_of(theme, TODAY) is theme
    assert next_change(theme, TODAY) is None


def test_reading_leaves_the_stored_payload_as_it_was():
    value = payload(
        verified_on="2026-01-01",
        notices=[notice("2027-01-01", None)],
        capacity=full(until="2020-01-01"),
        validity={"from": None, "until": "2020-01-01"},
    )
    before = json.dumps(value)
    as_of(value, TODAY)
    assert json.dumps(value) == before


def test_a_night_on_the_last_day_but_one_that_there_is_never_ends():
    night = {"overnight": True, "ends_at": "02:00"}
    validity = {"from": "0001-01-01", "until": "9999-12-30"}
    value = payload(validity=validity, sessions=[{"schedule": {"rules": [night]}}])
    assert as_of(value, TODAY)["validity"]["state"] == "running"


notices = st.lists(
    st.tuples(days, days).map(
        lambda pair: notice(min(pair).isoformat(), max(pair).isoformat(), str(pair))
    ),
    max_size=3,
)


@given(iso_or_none, iso_or_none, st.integers(1, 1000), notices, iso_or_none, iso_or_none, days)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_nothing_changes_before_the_next_change_and_something_does_on_that_day(
    verified_on, marked_on, interval, notices, room_until, valid_until, today
):
    value = payload(
        verified_on,
        marked_on,
        interval,
        notices=notices,
        capacity=full(until=room_until),
        validity={"from": None, "until": valid_until},
    )
    day = next_change(value, today)
    if day is None:
        assert as_of(value, today) == as_of(value, datetime.date(2100, 1, 1))
    else:
        assert day > today
        assert as_of(value, day - datetime.timedelta(days=1)) == as_of(value, today)
        assert as_of(value, day) != as_of(value, today)
