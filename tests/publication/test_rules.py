import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from socialekaart_plugin.publication.rules import as_of, next_change

TODAY = datetime.date(2026, 6, 1)
days = st.dates(datetime.date(2020, 1, 1), datetime.date(2030, 1, 1))
iso_or_none = st.none() | days.map(datetime.date.isoformat)


def payload(verified_on=None, marked_on=None, interval_days=365):
    return {
        "name": "Samen",
        "upkeep": {
            "verified_on": verified_on,
            "marked_on": marked_on,
            "interval_days": interval_days,
        },
    }


def state(value, today=TODAY):
    return as_of(value, today)["upkeep"]["state"]


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


def test_a_payload_without_dates_reads_the_same_every_day():
    theme = {"name": "Geld"}
    assert as_of(theme, TODAY) is theme
    assert next_change(theme, TODAY) is None


def test_reading_leaves_the_stored_payload_as_it_was():
    value = payload(verified_on="2026-01-01")
    as_of(value, TODAY)
    assert "state" not in value["upkeep"]


@given(iso_or_none, iso_or_none, st.integers(1, 1000), days)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_nothing_changes_before_the_next_change_and_something_does_on_that_day(
    verified_on, marked_on, interval, today
):
    value = payload(verified_on, marked_on, interval)
    day = next_change(value, today)
    if day is None:
        assert state(value, today) == state(value, datetime.date(2100, 1, 1))
    else:
        assert day > today
        assert state(value, day - datetime.timedelta(days=1)) == state(value, today)
        assert state(value, day) != state(value, today)
