from datetime import date, time

import pytest

from socialekaart_plugin.timetable.calendars import Period, Season
from socialekaart_plugin.timetable.errors import TimetableError
from socialekaart_plugin.timetable.repetition import (
    MonthlyByWeekday,
    Once,
    Weekday,
    Weekly,
    Yearly,
)
from socialekaart_plugin.timetable.rule import Rule
from socialekaart_plugin.timetable.schedule import Schedule
from socialekaart_plugin.timetable.season_shift import first_mentioned, shifted
from socialekaart_plugin.timetable.slots import Slot

SLOT = Slot(time(10), time(12))
OLD, NEW = date(2026, 9, 1), date(2027, 9, 1)


def moved(rule, **kwargs):
    return shifted(Schedule((rule,), **kwargs), old=OLD, new=NEW).rules[0]


def test_single_dates_keep_their_weekday():
    assert moved(Rule(Once(date(2026, 11, 3)), SLOT)).repeats == Once(date(2027, 11, 2))


def test_every_other_week_begins_the_season_as_it_did():
    rule = moved(Rule(Weekly((Weekday.TUESDAY,), 2, date(2026, 9, 8)), SLOT))
    assert rule.on_or_after(date(2027, 8, 30)) == date(2027, 9, 7)


def test_every_other_month_moves_by_months():
    repeats = MonthlyByWeekday((Weekday.MONDAY,), (1,), 2, date(2026, 9, 30))
    assert moved(Rule(repeats, SLOT)).on_or_after(NEW) == date(2027, 9, 6)


def test_part_of_a_season_stays_part_of_a_season():
    rule = moved(Rule(Weekly((Weekday.TUESDAY,)), SLOT, OLD, date(2026, 12, 15)))
    assert (rule.valid_from, rule.valid_until) == (date(2027, 8, 31), date(2027, 12, 14))


def test_a_stretch_without_its_day_in_the_new_season_loses_its_bounds():
    first_monday = MonthlyByWeekday((Weekday.MONDAY,), (1,))
    rule = moved(Rule(first_monday, SLOT, date(2026, 9, 7), date(2026, 9, 8)))
    assert rule.on_or_after(NEW) == date(2027, 9, 6)


def test_what_comes_back_every_year_stays_as_it_is():
    rule = Rule(Yearly(12, 6), SLOT)
    assert moved(rule) == rule


def test_exceptions_of_every_year_stay_and_those_of_last_season_go():
    schedule = shifted(
        Schedule(
            (Rule(Weekly((Weekday.TUESDAY,)), SLOT),),
            left_out=frozenset({date(2026, 10, 6)}),
            periods_left_out=(Period(date(2026, 11, 1), date(2026, 11, 30)),),
            seasons_left_out=(Season.of_months(7, 8),),
            in_school_holidays=False,
        ),
        old=OLD,
        new=NEW,
    )
    assert (schedule.left_out, schedule.periods_left_out) == (frozenset(), ())
    assert schedule.seasons_left_out == (Season.of_months(7, 8),)
    assert schedule.in_school_holidays is False


def test_the_first_day_that_is_mentioned_is_found():
    weekly = Rule(Weekly((Weekday.TUESDAY,)), SLOT, OLD)
    assert first_mentioned(Schedule((weekly, Rule(Once(date(2026, 8, 29)), SLOT)))) == date(
        2026, 8, 29
    )
    assert first_mentioned(Schedule((Rule(Weekly((Weekday.TUESDAY,)), SLOT),))) is None


def test_a_day_out_of_reach_is_refused():
    schedule = Schedule((Rule(Weekly((Weekday.TUESDAY,)), SLOT),))
    with pytest.raises(TimetableError):
        shifted(schedule, old=OLD, new=date(9999, 1, 1))
