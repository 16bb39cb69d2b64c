import copy
import json
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialekaart_plugin.timetable.as_json import (
    opening_hours_from_json,
    opening_hours_to_json,
    schedule_from_json,
    schedule_to_json,
)
from socialekaart_plugin.timetable.calendars import Period, Season
from socialekaart_plugin.timetable.errors import ErrorCode, TimetableError
from socialekaart_plugin.timetable.opening_hours import OpeningHours, OtherDay
from socialekaart_plugin.timetable.public_holidays import PublicHoliday
from socialekaart_plugin.timetable.repetition import Weekday, Weekly
from socialekaart_plugin.timetable.rule import Rule
from socialekaart_plugin.timetable.schedule import Schedule
from socialekaart_plugin.timetable.slots import Slot
from tests.timetable.strategies import budget, schedules

TUESDAYS = {
    "repeats": "weekly",
    "weekdays": ["TU"],
    "interval": 2,
    "anchor": "2027-05-04",
    "starts_at": "10:00",
    "ends_at": "12:00",
    "overnight": False,
    "valid_from": None,
    "valid_until": "2027-12-31",
}
SCHEDULE = {
    "rules": [TUESDAYS],
    "left_out": ["2027-06-01"],
    "periods_left_out": [{"from": "2027-09-01", "to": "2027-09-30", "name": "verbouwing"}],
    "seasons_left_out": [{"from": "07-01", "to": "08-31"}],
    "in_school_holidays": False,
    "public_holidays_left_out": ["kings_day"],
}
MINIMAL = {"repeats": "once", "on": "2027-05-04", "starts_at": "10:00", "ends_at": "12:00"}
HOURS = OpeningHours(
    week=((Slot(time(9), time(17)),), (), (), (), (Slot(time(20), time(2), True),), (), ()),
    other_days=(OtherDay(date(2027, 12, 24), (Slot(time(9), time(12)),)),),
    seasons_left_out=(Season.of_months(8, 8),),
)


def test_a_schedule_as_json():
    rule = Rule(
        Weekly((Weekday.TUESDAY,), 2, date(2027, 5, 4)),
        Slot(time(10), time(12)),
        valid_until=date(2027, 12, 31),
    )
    schedule = Schedule(
        (rule,),
        frozenset({date(2027, 6, 1)}),
        (Period(date(2027, 9, 1), date(2027, 9, 30), "verbouwing"),),
        (Season.of_months(7, 8),),
        in_school_holidays=False,
        public_holidays_left_out=frozenset({PublicHoliday.KINGS_DAY}),
    )
    assert schedule_to_json(schedule) == SCHEDULE
    assert schedule_from_json(SCHEDULE) == schedule


def test_what_is_not_there_is_empty():
    schedule = schedule_from_json({"rules": [MINIMAL]})
    assert not schedule.leaves_out
    assert not schedule.rules[0].slot.overnight


def test_opening_hours_as_json():
    data = json.loads(json.dumps(opening_hours_to_json(HOURS)))
    assert opening_hours_from_json(data) == HOURS
    assert data["week"]["FR"] == [{"starts_at": "20:00", "ends_at": "02:00", "overnight": True}]
    assert data["week"]["SU"] == []


@budget
@given(schedule=schedules())
def test_a_schedule_comes_back_as_it_was(schedule):
    assert schedule_from_json(json.loads(json.dumps(schedule_to_json(schedule)))) == schedule


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (None, ErrorCode.MALFORMED),
        ([], ErrorCode.MALFORMED),
        ({"rules": {}}, ErrorCode.MALFORMED),
        ({"rules": ["TU"]}, ErrorCode.MALFORMED),
        ({"rules": [{}]}, ErrorCode.MALFORMED),
        ({"rules": [MINIMAL], "colour": "red"}, ErrorCode.MALFORMED),
        ({"rules": [{**MINIMAL, "room": 3}]}, ErrorCode.MALFORMED),
        ({"rules": [{**MINIMAL, "repeats": ["once"]}]}, ErrorCode.MALFORMED),
        ({"rules": [{**MINIMAL, "on": None}]}, ErrorCode.MALFORMED),
        ({"rules": [{**MINIMAL, "on": "20270504"}]}, ErrorCode.MALFORMED),
        ({"rules": [{**MINIMAL, "starts_at": "10"}]}, ErrorCode.MALFORMED),
        ({"rules": [{**MINIMAL, "starts_at": "T1000"}]}, ErrorCode.MALFORMED),
        ({"rules": [{**MINIMAL, "overnight": "no"}]}, ErrorCode.MALFORMED),
        ({"rules": [{**MINIMAL, "ends_at": "09:00"}]}, ErrorCode.END_NOT_AFTER_START),
        ({"rules": [{**TUESDAYS, "weekdays": ["DI"]}]}, ErrorCode.MALFORMED),
        ({"rules": [{**TUESDAYS, "interval": True}]}, ErrorCode.MALFORMED),
        ({"rules": [{**TUESDAYS, "interval": 2.5}]}, ErrorCode.MALFORMED),
        ({"rules": [{**TUESDAYS, "anchor": None}]}, ErrorCode.ANCHOR_MISSING),
        ({"rules": [{**TUESDAYS, "weekdays": []}]}, ErrorCode.WEEKDAY_MISSING),
        ({"rules": []}, ErrorCode.NO_RULES),
        ({**SCHEDULE, "public_holidays_left_out": ["carnival"]}, ErrorCode.MALFORMED),
        ({**SCHEDULE, "seasons_left_out": [{"from": "juli", "to": "08-31"}]}, ErrorCode.MALFORMED),
        ({**SCHEDULE, "seasons_left_out": [{"from": "7-1", "to": "08-31"}]}, ErrorCode.MALFORMED),
        ({**SCHEDULE, "in_school_holidays": 0}, ErrorCode.MALFORMED),
    ],
)
def test_what_cannot_be_is_refused(data, code):
    with pytest.raises(TimetableError) as refused:
        schedule_from_json(data)
    assert refused.value.code is code


def test_what_cannot_be_read_is_named():
    with pytest.raises(TimetableError) as refused:
        schedule_from_json({"rules": [{**MINIMAL, "on": "4 mei"}]})
    assert refused.value.values == {"part": "rule: on"}


def test_a_week_with_another_day_is_refused():
    with pytest.raises(TimetableError) as refused:
        opening_hours_from_json({"week": {"MO": [], "DI": []}})
    assert refused.value.code in {ErrorCode.MALFORMED, ErrorCode.NO_RULES}


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12) | st.just("2027-05-04"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@budget
@given(key=st.sampled_from([*SCHEDULE]), inner=st.sampled_from([*TUESDAYS]), value=anything)
def test_whatever_is_given_is_read_or_refused(key, inner, value):
    outside, inside = copy.deepcopy(SCHEDULE), copy.deepcopy(SCHEDULE)
    outside[key] = value
    inside["rules"][0][inner] = value
    hours = {**opening_hours_to_json(HOURS), "week": value}
    for read, data in (
        (schedule_from_json, outside),
        (schedule_from_json, inside),
        (opening_hours_from_json, hours),
    ):
        try:
            assert read(data) is not None
        except TimetableError:
            continue
