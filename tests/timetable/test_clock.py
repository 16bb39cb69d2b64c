"""In 2027 summer time begins on 28 March (02:00 → 03:00) and ends on 31 October (03:00 → 02:00)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from socialekaart_plugin.timetable.clock import AMSTERDAM, moment, occurrence_on
from socialekaart_plugin.timetable.slots import Slot
from tests.timetable.strategies import budget, days, slots, times

SKIPPED, DOUBLED = date(2027, 3, 28), date(2027, 10, 31)


def utc(day, hour, minute=0):
    return datetime.combine(day, time(hour, minute), UTC)


def clock(at):
    return f"{at:%H:%M}"


def test_a_skipped_time_counts_by_the_clock_of_before():
    at = moment(SKIPPED, time(2, 30), AMSTERDAM)
    assert at.astimezone(UTC) == utc(SKIPPED, 1, 30)
    assert clock(at) == "03:30"


def test_a_doubled_time_is_the_first_of_the_two():
    at = moment(DOUBLED, time(2, 30), AMSTERDAM)
    assert at.astimezone(UTC) == utc(DOUBLED, 0, 30)
    assert (clock(at), at.fold) == ("02:30", 0)


@pytest.mark.parametrize(
    ("day", "slot", "shown", "minutes"),
    [
        # Through the change the wall says the same, and it lasts an hour less or more.
        (SKIPPED, Slot(time(1), time(5)), ("01:00", "05:00"), 180),
        (DOUBLED, Slot(time(1), time(5)), ("01:00", "05:00"), 300),
        (SKIPPED - timedelta(1), Slot(time(22), time(4), True), ("22:00", "04:00"), 300),
        (DOUBLED - timedelta(1), Slot(time(22), time(4), True), ("22:00", "04:00"), 420),
        (SKIPPED, Slot(time(0), time(0), True), ("00:00", "00:00"), 23 * 60),
        (DOUBLED, Slot(time(0), time(0), True), ("00:00", "00:00"), 25 * 60),
        # It starts in the skipped hour, and ends when it always ends.
        (SKIPPED, Slot(time(2, 30), time(5)), ("03:30", "05:00"), 90),
        # It ends in the skipped hour.
        (SKIPPED, Slot(time(1), time(2, 30)), ("01:00", "03:30"), 90),
        # It lies in the skipped hour: an hour later, as long as ever.
        (SKIPPED, Slot(time(2, 15), time(2, 45)), ("03:15", "03:45"), 30),
        # Its end comes before its start has been moved: it keeps its length.
        (SKIPPED, Slot(time(2, 30), time(3)), ("03:30", "04:00"), 30),
        (SKIPPED, Slot(time(2, 30), time(3, 30)), ("03:30", "04:30"), 60),
        # In the doubled hour: the first time round.
        (DOUBLED, Slot(time(2, 15), time(2, 45)), ("02:15", "02:45"), 30),
        (DOUBLED, Slot(time(2, 30), time(3, 30)), ("02:30", "03:30"), 120),
    ],
)
def test_an_occurrence_in_the_night_of_a_change(day, slot, shown, minutes):
    found = occurrence_on(day, slot, AMSTERDAM)
    assert (clock(found.start), clock(found.end)) == shown
    assert found.end.astimezone(UTC) - found.start.astimezone(UTC) == timedelta(minutes=minutes)


@budget
@given(day=days, slot=slots())
def test_an_occurrence_ends_after_it_starts_and_both_times_exist(day, slot):
    for on in (day, SKIPPED, DOUBLED, SKIPPED - timedelta(1), DOUBLED - timedelta(1)):
        found = occurrence_on(on, slot, AMSTERDAM)
        assert found.start.astimezone(UTC) < found.end.astimezone(UTC)
        for at in (found.start, found.end):
            assert at.astimezone(UTC).astimezone(AMSTERDAM).replace(tzinfo=None) == at.replace(
                tzinfo=None
            )
            assert at.fold == 0


@budget
@given(day=days, at=times)
def test_the_clock_on_the_wall_shows_what_was_asked_on_every_other_day(day, at):
    shown = moment(day, at, AMSTERDAM)
    skipped = day.month == 3 and day.weekday() == 6 and day.day > 24 and at.hour == 2
    assert skipped or (shown.date(), shown.time()) == (day, at)


def test_another_zone_changes_on_another_day():
    new_york = ZoneInfo("America/New_York")
    assert clock(moment(date(2027, 3, 14), time(2, 30), new_york)) == "03:30"
    assert clock(moment(SKIPPED, time(2, 30), new_york)) == "02:30"
