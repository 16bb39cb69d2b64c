import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialekaart_plugin.discovery.documents.time_encoding import (
    MINUTES_A_DAY,
    decode_times,
    encode_times,
    minutes,
    minutes_of_day,
    slots,
)

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MONDAY = minutes_of_day(datetime.date(2026, 11, 23))


def local(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


def utc(text):
    return datetime.datetime.fromisoformat(text + "+00:00")


def span(start, end, day=0):
    """Minutes between two times of a day, counted from a Monday; past 24:00 is the day after."""

    def at(text):
        hour, minute = text.split(":")
        return MONDAY + MINUTES_A_DAY * day + 60 * int(hour) + int(minute)

    return at(start), at(end)


def slots_of(*spans):
    return slots(encode_times(spans))


def test_the_first_minute_is_the_first_of_2020():
    assert minutes(local("2020-01-01 00:00")) == 0
    assert minutes(local("2020-01-02 00:01:59")) == MINUTES_A_DAY + 1


def test_a_moment_counts_as_the_clocks_of_amsterdam_show_it():
    assert minutes(utc("2026-07-01 10:00")) == minutes(local("2026-07-01 12:00"))
    assert minutes(utc("2026-12-31 23:30")) == minutes_of_day(datetime.date(2027, 1, 1)) + 30


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        minutes(datetime.datetime(2026, 1, 1))  # noqa: DTZ001


def test_the_hour_that_the_clocks_skip_is_never_shown():
    before, after = utc("2027-03-28 00:59"), utc("2027-03-28 01:00")
    assert minutes(after) - minutes(before) == 61


def test_the_hour_that_the_clocks_show_twice_counts_twice():
    assert minutes(utc("2026-10-25 00:30")) == minutes(utc("2026-10-25 01:30"))
    assert minutes(utc("2026-10-25 02:00")) - minutes(utc("2026-10-25 00:59")) == 1


@pytest.mark.parametrize("day", ["2027-03-28", "2026-10-25", "2026-11-23"])
def test_every_day_has_as_many_minutes(day):
    midnight = datetime.datetime.fromisoformat(day).replace(tzinfo=AMSTERDAM)
    assert minutes(midnight + datetime.timedelta(days=1)) - minutes(midnight) == MINUTES_A_DAY


def test_times_are_kept_in_order_and_joined_where_they_overlap_or_touch():
    spans = [(300, 400), (10, 20), (20, 30), (350, 360), (390, 410), (500, 501)]
    assert decode_times(encode_times(spans)) == [(10, 30), (300, 410), (500, 501)]


def test_no_times_are_no_bytes():
    assert encode_times([]) == b""
    assert decode_times(b"") == []


def test_times_are_kept_in_numbers_of_32_bits_the_lowest_byte_first():
    assert encode_times([(1, 258)]) == b"\x01\0\0\0\x02\x01\0\0"


def test_what_a_database_hands_back_as_a_view_of_memory_reads_the_same():
    assert decode_times(memoryview(encode_times([(1, 258)]))) == [(1, 258)]


def test_what_ended_before_2020_is_not_kept():
    assert decode_times(encode_times([(-90, -10), (-5, 10)])) == [(0, 10)]


def test_bytes_that_are_no_pairs_are_refused():
    with pytest.raises(ValueError, match="7 bytes"):
        decode_times(b"1234567")


pairs = st.tuples(st.integers(0, 5000), st.integers(1, 3000)).map(lambda p: (p[0], p[0] + p[1]))


@given(st.lists(pairs, max_size=30))
def test_a_minute_is_kept_when_and_only_when_it_was_in_one_of_the_spans(spans):
    kept = decode_times(encode_times(spans))
    assert {m for a, b in kept for m in range(a, b)} == {m for a, b in spans for m in range(a, b)}
    assert all(earlier[1] < later[0] for earlier, later in pairwise(kept))
    assert all(end < 2**32 for _start, end in kept)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("10:00", "11:30", ["monday-morning"]),
        ("12:00", "17:30", ["monday-afternoon"]),
        ("11:00", "13:00", ["monday-morning", "monday-afternoon"]),
        ("11:00", "12:29", ["monday-morning"]),
        ("11:00", "12:30", ["monday-morning", "monday-afternoon"]),
        ("17:00", "18:00", ["monday-afternoon", "monday-evening"]),
        ("19:30", "22:00", ["monday-evening"]),
        ("22:00", "27:00", ["monday-evening"]),
        ("22:00", "29:30", ["monday-evening", "tuesday-morning"]),
        ("09:00", "21:00", ["monday-morning", "monday-afternoon", "monday-evening"]),
    ],
)
def test_a_time_is_in_every_part_of_the_day_of_which_it_fills_half_an_hour(start, end, expected):
    assert list(slots_of(span(start, end))) == expected


def test_the_night_belongs_to_the_evening_before():
    assert slots_of(span("02:00", "04:00", day=1)) == ("monday-evening",)
    assert slots_of(span("02:00", "04:00", day=0)) == ("sunday-evening",)


def test_a_short_time_is_in_the_part_that_it_fills_most():
    assert slots_of(span("10:00", "10:15")) == ("monday-morning",)
    assert slots_of(span("11:50", "12:15")) == ("monday-afternoon",)


def test_slots_are_in_the_order_of_the_week_each_once():
    spans = [span("10:00", "11:00", day) for day in (13, 2, 0, 7)]
    assert slots_of(*spans) == ("monday-morning", "wednesday-morning", "sunday-morning")


def test_what_never_closes_is_in_every_part_of_the_week():
    found = slots_of(span("00:00", "24:00"), (MONDAY, MONDAY + 40 * MINUTES_A_DAY))
    assert len(found) == 21


def test_without_times_there_are_no_slots():
    assert slots(b"") == ()
