from datetime import date, time
from itertools import islice

import pytest
from hypothesis import given

from socialekaart_plugin.timetable.errors import ErrorCode, TimetableError
from socialekaart_plugin.timetable.repetition import (
    MonthlyByDay,
    MonthlyByWeekday,
    Once,
    Weekday,
    Weekly,
)
from socialekaart_plugin.timetable.rule import Rule
from socialekaart_plugin.timetable.slots import Slot
from tests.timetable.strategies import budget, days, rules

TU = Weekday.TUESDAY
MORNING = Slot(time(10), time(12))
FROM, UNTIL = date(2027, 3, 3), date(2027, 3, 24)


def test_happens_between_its_first_and_its_last_day():
    rule = Rule(Weekly((TU,)), MORNING, FROM, UNTIL)
    found = list(rule.dates(date(2026, 1, 1)))
    assert found == [date(2027, 3, 9), date(2027, 3, 16), date(2027, 3, 23)]
    assert rule.happens_on(date(2027, 3, 9))
    assert not rule.happens_on(date(2027, 3, 2))
    assert not rule.happens_on(date(2027, 3, 30))


def test_both_days_count():
    rule = Rule(Weekly((TU,)), MORNING, date(2027, 3, 2), date(2027, 3, 9))
    assert list(rule.dates(date(2026, 1, 1))) == [date(2027, 3, 2), date(2027, 3, 9)]


@pytest.mark.parametrize(
    ("repeats", "valid_from", "valid_until", "code"),
    [
        (Weekly((TU,)), UNTIL, FROM, ErrorCode.UNTIL_BEFORE_FROM),
        (Weekly((TU,)), FROM, date(2027, 3, 8), ErrorCode.NEVER_HAPPENS),
        (Weekly((TU,), 2, FROM), FROM, date(2027, 3, 15), ErrorCode.NEVER_HAPPENS),
        (MonthlyByWeekday((TU,), (5,)), FROM, UNTIL, ErrorCode.NEVER_HAPPENS),
        (MonthlyByDay((31,)), date(2027, 4, 1), date(2027, 4, 30), ErrorCode.NEVER_HAPPENS),
        (MonthlyByDay((30,), 12, date(2027, 2, 1)), None, None, ErrorCode.NEVER_HAPPENS),
        (Once(FROM), UNTIL, None, ErrorCode.NEVER_HAPPENS),
        (Weekly((TU,)), date(202, 7, 1), None, ErrorCode.DATE_OUT_OF_RANGE),
        (Weekly((TU,)), None, date(2270, 1, 1), ErrorCode.DATE_OUT_OF_RANGE),
    ],
)
def test_what_cannot_be_is_refused(repeats, valid_from, valid_until, code):
    with pytest.raises(TimetableError) as refused:
        Rule(repeats, MORNING, valid_from, valid_until)
    assert refused.value.code is code


def test_two_ways_to_say_one_rule_have_one_normal_form():
    one = Rule(Weekly((TU,), 2, date(2027, 3, 9)), MORNING, FROM)
    other = Rule(Weekly((TU,), 2, date(2026, 12, 18)), MORNING, date(2027, 3, 9))
    assert one != other
    assert one.normal() == other.normal()
    assert one.normal().valid_from == date(2027, 3, 9)


@budget
@given(rule=rules(), day=days)
def test_the_normal_form_happens_on_the_same_dates(rule, day):
    assert list(islice(rule.normal().dates(day), 5)) == list(islice(rule.dates(day), 5))
    assert rule.normal().normal() == rule.normal()
