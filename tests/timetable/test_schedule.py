from datetime import date, time, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialekaart_plugin.timetable.calendars import Calendar, Period, Season
from socialekaart_plugin.timetable.errors import ErrorCode, TimetableError
from socialekaart_plugin.timetable.public_holidays import USUAL_HOLIDAYS, PublicHoliday
from socialekaart_plugin.timetable.repetition import Once, Weekday, Weekly, Yearly
from socialekaart_plugin.timetable.rule import Rule
from socialekaart_plugin.timetable.schedule import Schedule
from socialekaart_plugin.timetable.slots import Slot
from tests.timetable.strategies import budget, calendars, days, schedules

MORNING = Slot(time(10), time(12))
TUESDAYS = Rule(Weekly((Weekday.TUESDAY,)), MORNING)
MAY = Calendar.of("vakanties", [("mei", date(2027, 4, 24), date(2027, 5, 2))])


def dates(schedule, day, n, school_holidays=None):
    found = schedule.dates(schedule.rules[0], day, school_holidays)
    return [f"{each:%m-%d}" for each in islice(found, n)]


APRIL = date(2027, 4, 13)
ALL = ["04-13", "04-20", "04-27", "05-04"]


@pytest.mark.parametrize(
    ("exceptions", "found"),
    [
        ({}, ALL),
        ({"left_out": frozenset({date(2027, 4, 20)})}, ["04-13", "04-27", "05-04", "05-11"]),
        (
            {"periods_left_out": (Period(date(2027, 4, 14), date(2027, 4, 27)),)},
            ["04-13", "05-04", "05-11", "05-18"],
        ),
        ({"seasons_left_out": (Season.of_months(4, 4),)}, ["05-04", "05-11", "05-18", "05-25"]),
        ({"in_school_holidays": False}, ["04-13", "04-20", "05-04", "05-11"]),
        ({"public_holidays_left_out": USUAL_HOLIDAYS}, ["04-13", "04-20", "05-04", "05-11"]),
        ({"public_holidays_left_out": frozenset({PublicHoliday.GOOD_FRIDAY})}, ALL),
    ],
)
def test_what_is_left_out_does_not_happen(exceptions, found):
    assert dates(Schedule((TUESDAYS,), **exceptions), APRIL, 4, MAY) == found


def test_without_a_calendar_no_school_holidays_are_known():
    assert dates(Schedule((TUESDAYS,), in_school_holidays=False), APRIL, 4) == ALL


def test_a_chosen_date_happens_whatever_is_left_out():
    schedule = Schedule(
        (Rule(Once(date(2027, 4, 27)), MORNING), TUESDAYS),
        left_out=frozenset({date(2027, 4, 27)}),
        seasons_left_out=(Season.of_months(4, 4),),
        in_school_holidays=False,
        public_holidays_left_out=USUAL_HOLIDAYS,
    )
    assert dates(schedule, APRIL, 4, MAY) == ["04-27"]


@pytest.mark.parametrize(
    ("rules", "exceptions", "code"),
    [
        ((), {}, ErrorCode.NO_RULES),
        ((TUESDAYS,), {"seasons_left_out": (Season.of_months(1, 12),)}, ErrorCode.NEVER_HAPPENS),
        (
            (TUESDAYS,),
            {"seasons_left_out": (Season.of_months(9, 2), Season.of_months(3, 8))},
            ErrorCode.NEVER_HAPPENS,
        ),
        (
            (Rule(Weekly((Weekday.TUESDAY,)), MORNING, date(2027, 5, 3), date(2027, 5, 9)),),
            {"left_out": frozenset({date(2027, 5, 4)})},
            ErrorCode.NEVER_HAPPENS,
        ),
        (
            (Rule(Yearly(12, 25), MORNING),),
            {"public_holidays_left_out": USUAL_HOLIDAYS},
            ErrorCode.NEVER_HAPPENS,
        ),
    ],
)
def test_a_schedule_that_never_happens_is_refused(rules, exceptions, code):
    with pytest.raises(TimetableError) as refused:
        Schedule(rules, **exceptions)
    assert refused.value.code is code


def test_the_rule_that_never_happens_is_named():
    with pytest.raises(TimetableError) as refused:
        Schedule(
            (TUESDAYS, Rule(Yearly(7, 1), MORNING)), seasons_left_out=(Season.of_months(7, 7),)
        )
    assert refused.value.values == {"rule": 1}


@budget
@given(schedule=schedules(), school_holidays=calendars(), day=days)
def test_no_date_is_left_out_and_none_is_missing(schedule, school_holidays, day):
    until = day + timedelta(400)
    for rule in schedule.rules:
        found = []
        for each in schedule.dates(rule, day, school_holidays):
            if each > until:
                break
            found.append(each)
        every = (day + timedelta(n) for n in range(401))
        assert found == [
            each
            for each in every
            if rule.happens_on(each)
            and (rule.is_single or schedule.left_out_until(each, school_holidays) is None)
        ]


@budget
@given(schedule=schedules(), school_holidays=calendars(), day=days)
def test_what_leaves_out_a_day_leaves_out_every_day_until_its_last(schedule, school_holidays, day):
    until = schedule.left_out_until(day, school_holidays)
    if until is not None:
        assert until >= day
        assert schedule.left_out_until(until, school_holidays) is not None


@budget
@given(schedule=schedules(), order=st.randoms(use_true_random=False), day=days)
def test_the_order_of_rules_does_not_matter_to_the_normal_form(schedule, order, day):
    rules = [*schedule.rules, *schedule.rules]
    order.shuffle(rules)
    shuffled = Schedule(tuple(rules), left_out=schedule.left_out)
    straight = Schedule(schedule.rules, left_out=schedule.left_out)
    assert shuffled.normal() == straight.normal()
