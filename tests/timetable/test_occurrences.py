from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialekaart_plugin.timetable.calendars import Calendar
from socialekaart_plugin.timetable.clock import AMSTERDAM
from socialekaart_plugin.timetable.occurrences import next_n, occurrences
from socialekaart_plugin.timetable.repetition import Once, Weekday, Weekly
from socialekaart_plugin.timetable.rule import Rule
from socialekaart_plugin.timetable.schedule import Schedule
from socialekaart_plugin.timetable.slots import Slot
from tests.timetable.openings import opening_of
from tests.timetable.strategies import budget, calendars, schedules

TU, SA, SU = Weekday.TUESDAY, Weekday.SATURDAY, Weekday.SUNDAY
EVERY_DAY = Weekly(tuple(Weekday))


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


def weekly(weekday, start, end, *, overnight=False):
    slot = Slot(time.fromisoformat(start), time.fromisoformat(end), overnight)
    return Rule(Weekly((weekday,)), slot)


def told(found):
    return [f"{each.start:%m-%d %H:%M}–{each.end:%H:%M}" for each in found]


TUESDAYS = Schedule((weekly(TU, "10:00", "12:00"), weekly(TU, "13:00", "15:00")))


def is_open(schedules, now, school_holidays=None):
    return opening_of(schedules, now, school_holidays) is not None


moments = st.integers(0, 6 * 365 * 24 * 60).map(
    lambda minutes: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def test_several_slots_a_day_come_in_order():
    assert told(occurrences(TUESDAYS, at("2027-05-03"), at("2027-05-12"))) == [
        "05-04 10:00–12:00",
        "05-04 13:00–15:00",
        "05-11 10:00–12:00",
        "05-11 13:00–15:00",
    ]


def test_a_range_holds_its_first_moment_and_not_its_last():
    morning, afternoon = at("2027-05-04T10:00"), at("2027-05-04T13:00")
    assert told(occurrences(TUESDAYS, morning, afternoon)) == ["05-04 10:00–12:00"]
    assert told(occurrences(TUESDAYS, afternoon, morning)) == []


def test_a_range_may_be_given_in_any_zone():
    range_in_utc = (at("2027-05-04T10:00").astimezone(UTC), at("2027-05-04T13:00").astimezone(UTC))
    assert told(occurrences(TUESDAYS, *range_in_utc)) == ["05-04 10:00–12:00"]


def test_a_range_without_a_zone_is_a_mistake_of_the_programmer():
    with pytest.raises(ValueError, match="zone"):
        next_n(TUESDAYS, datetime(2027, 5, 3), 1)  # noqa: DTZ001


def test_what_goes_on_comes_first_of_the_next_ones_until_its_end():
    assert told(next_n(TUESDAYS, at("2027-05-04T10:01"), 2)) == [
        "05-04 10:00–12:00",
        "05-04 13:00–15:00",
    ]
    assert told(next_n(TUESDAYS, at("2027-05-04T12:00"), 2)) == [
        "05-04 13:00–15:00",
        "05-11 10:00–12:00",
    ]


def test_what_began_before_midnight_goes_on_and_is_next():
    night = Schedule((Rule(Weekly((TU,)), Slot(time(22), time(3), overnight=True)),))
    assert told(next_n(night, at("2027-05-05T02:59"), 1)) == ["05-04 22:00–03:00"]
    assert told(next_n(night, at("2027-05-05T03:00"), 1)) == ["05-11 22:00–03:00"]


def test_there_are_fewer_next_ones_when_it_ends():
    last = Schedule((Rule(Weekly((TU,)), Slot(time(10), time(12)), None, date(2027, 5, 11)),))
    assert len(next_n(last, at("2027-05-03"), 5)) == 2
    assert next_n(last, at("2027-05-12"), 5) == []


def test_what_two_rules_say_alike_happens_once():
    twice = Schedule(
        (weekly(TU, "10:00", "12:00"), Rule(Once(date(2027, 5, 4)), Slot(time(10), time(12))))
    )
    assert told(next_n(twice, at("2027-05-03"), 2)) == ["05-04 10:00–12:00", "05-11 10:00–12:00"]


def test_a_date_with_other_times():
    moved = Schedule(
        (weekly(TU, "10:00", "12:00"), Rule(Once(date(2027, 5, 4)), Slot(time(14), time(16)))),
        left_out=frozenset({date(2027, 5, 4)}),
    )
    assert told(next_n(moved, at("2027-05-03"), 2)) == ["05-04 14:00–16:00", "05-11 10:00–12:00"]


@pytest.mark.parametrize(
    ("now", "answer"),
    [
        ("2027-05-04T09:59", False),
        ("2027-05-04T10:00", True),
        ("2027-05-04T11:59", True),
        ("2027-05-04T12:00", False),
        ("2027-05-05T10:00", False),
    ],
)
def test_open_from_its_first_minute_until_its_last(now, answer):
    assert is_open([TUESDAYS], at(now)) is answer
    assert is_open([TUESDAYS], at(now).astimezone(UTC)) is answer


@pytest.mark.parametrize(
    ("now", "answer"),
    [("2027-05-08T21:59", False), ("2027-05-08T23:00", True), ("2027-05-09T01:59", True)],
)
def test_open_past_midnight(now, answer):
    party = Schedule((weekly(SA, "22:00", "02:00", overnight=True),))
    assert is_open([TUESDAYS, party], at(now)) is answer
    assert not is_open([], at(now))


def test_open_in_the_doubled_hour_is_the_first_time_round():
    night = Schedule((weekly(SU, "02:15", "02:45"),))
    first = datetime(2027, 10, 31, 2, 30, tzinfo=AMSTERDAM)
    assert is_open([night], first)
    assert not is_open([night], first.replace(fold=1))
    later = next_n(night, datetime(2027, 10, 31, 2, 5, fold=1, tzinfo=AMSTERDAM), 1)
    assert told(later) == ["11-07 02:15–02:45"]


def test_open_in_the_skipped_hour_is_an_hour_later():
    night = Schedule((weekly(SU, "02:15", "02:45"),))
    assert is_open([night], datetime(2027, 3, 28, 1, 30, tzinfo=UTC))
    assert told(next_n(night, at("2027-03-28T00:00"), 1)) == ["03-28 03:15–03:45"]


def test_school_holidays_close():
    calendar = Calendar.of("vakanties", [("mei", date(2027, 5, 1), date(2027, 5, 9))])
    schedule = Schedule(TUESDAYS.rules, in_school_holidays=False)
    assert is_open([schedule], at("2027-05-04T10:00"))
    assert not is_open([schedule], at("2027-05-04T10:00"), calendar)
    assert told(next_n(schedule, at("2027-05-03"), 1, school_holidays=calendar)) == [
        "05-11 10:00–12:00"
    ]


def test_openings_that_touch_or_overlap_are_one():
    day = Schedule(
        (
            Rule(EVERY_DAY, Slot(time(9), time(12))),
            Rule(EVERY_DAY, Slot(time(11), time(13))),
            Rule(EVERY_DAY, Slot(time(9, 30), time(10))),
            Rule(EVERY_DAY, Slot(time(14), time(15))),
        )
    )
    evening = Schedule((Rule(EVERY_DAY, Slot(time(13), time(14))),))
    assert opening_of([day, evening], at("2027-05-04T13:30")).end == at("2027-05-04T15:00")
    assert opening_of([day], at("2027-05-04T12:30")).end == at("2027-05-04T13:00")
    assert opening_of([day], at("2027-05-04T13:30")) is None


def test_what_never_closes_is_open_for_a_week_at_least():
    always = Schedule((Rule(EVERY_DAY, Slot(time(0), time(0), overnight=True)),))
    now = at("2027-05-04T13:30")
    assert opening_of([always], now).end > now + timedelta(7)


@budget
@given(schedule=schedules(), calendar=calendars(), start=moments, length=st.integers(0, 400))
def test_occurrences_are_in_order_and_in_range_and_not_left_out(schedule, calendar, start, length):
    end = start + timedelta(length)
    found = list(occurrences(schedule, start, end, school_holidays=calendar))
    chosen = {rule.repeats.on for rule in schedule.rules if isinstance(rule.repeats, Once)}
    for occurrence in found:
        assert start <= occurrence.start < end
        assert occurrence.start.astimezone(UTC) < occurrence.end.astimezone(UTC)
        day = occurrence.start.date()
        assert day in chosen or schedule.left_out_until(day, calendar) is None
    for earlier, later in pairwise(found):
        assert earlier != later
        assert earlier.start.astimezone(UTC) <= later.start.astimezone(UTC)


@budget
@given(schedule=schedules(), calendar=calendars(), now=moments, n=st.integers(0, 6))
def test_the_next_ones_are_the_first_of_all(schedule, calendar, now, n):
    found = next_n(schedule, now, n, school_holidays=calendar)
    assert len(found) <= n
    if found:
        end = found[-1].start + timedelta(minutes=1)
        around = occurrences(schedule, now - timedelta(3), end, school_holidays=calendar)
        assert [each for each in around if each.end > now][:n] == found


@budget
@given(schedule=schedules(), start=moments, first=st.integers(0, 200), second=st.integers(0, 200))
def test_two_ranges_that_touch_give_every_occurrence_once(schedule, start, first, second):
    middle, end = start + timedelta(first), start + timedelta(first + second)
    whole = list(occurrences(schedule, start, end))
    parts = [*occurrences(schedule, start, middle), *occurrences(schedule, middle, end)]
    assert parts == whole


@budget
@given(schedule=schedules(), now=moments)
def test_open_is_what_has_started_and_not_ended(schedule, now):
    around = list(occurrences(schedule, now - timedelta(2), now + timedelta(1)))
    on = [each for each in around if each.start <= now < each.end]
    opening = opening_of([schedule], now)
    assert (opening is not None) is bool(on)
    if on:
        assert opening.end >= max(each.end for each in on)
