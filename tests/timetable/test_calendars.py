from datetime import date, timedelta

import pytest
from hypothesis import given

from socialekaart_plugin.timetable.calendars import Calendar, DayOfYear, Period, Season
from socialekaart_plugin.timetable.errors import ErrorCode, TimetableError
from tests.timetable.strategies import budget, calendars, days, seasons

SPRING = ("voorjaar", date(2027, 2, 20), date(2027, 2, 28))
MAY = ("mei", date(2027, 4, 24), date(2027, 5, 2))


def test_a_calendar_knows_the_period_of_a_day():
    calendar = Calendar.of("vakanties", [MAY, SPRING])
    assert [period.name for period in calendar.periods] == ["voorjaar", "mei"]
    for day, name in [
        (date(2027, 2, 19), None),
        (date(2027, 2, 20), "voorjaar"),
        (date(2027, 2, 28), "voorjaar"),
        (date(2027, 3, 1), None),
        (date(2027, 5, 2), "mei"),
        (date(2027, 5, 3), None),
    ]:
        period = calendar.period_on(day)
        assert (period.name if period else None) == name


def test_a_calendar_says_of_which_days_it_knows():
    calendar = Calendar.of("vakanties", [SPRING, MAY])
    assert calendar.knows(date(2027, 3, 15))
    assert not calendar.knows(date(2027, 5, 3))
    assert not Calendar.of("leeg", []).knows(date(2027, 3, 15))


def test_overlapping_periods_are_refused():
    with pytest.raises(TimetableError) as refused:
        Calendar.of("vakanties", [SPRING, ("ook", date(2027, 2, 28), date(2027, 3, 1))])
    assert refused.value.code is ErrorCode.PERIODS_OVERLAP


def test_a_period_that_ends_before_it_starts_is_refused():
    with pytest.raises(TimetableError) as refused:
        Period(date(2027, 3, 2), date(2027, 3, 1))
    assert refused.value.code is ErrorCode.PERIOD_ENDS_BEFORE_IT_STARTS


@pytest.mark.parametrize(
    ("season", "day", "until"),
    [
        (Season.of_months(7, 8), date(2027, 7, 1), date(2027, 8, 31)),
        (Season.of_months(7, 8), date(2027, 6, 30), None),
        (Season.of_months(7, 8), date(2027, 9, 1), None),
        (Season.of_months(12, 2), date(2027, 12, 15), date(2028, 2, 29)),
        (Season.of_months(12, 2), date(2026, 12, 1), date(2027, 2, 28)),
        (Season.of_months(12, 2), date(2028, 2, 29), date(2028, 2, 29)),
        (Season.of_months(12, 2), date(2027, 3, 1), None),
        (Season.of_months(1, 12), date(2027, 12, 31), date(2027, 12, 31)),
    ],
)
def test_a_season_lasts_until(season, day, until):
    assert season.until(day) == until


def test_a_season_knows_whether_it_is_whole_months():
    assert Season.of_months(7, 8).is_of_whole_months
    assert Season(DayOfYear(2, 1), DayOfYear(2, 28)).is_of_whole_months
    assert not Season(DayOfYear(7, 2), DayOfYear(8, 31)).is_of_whole_months
    assert not Season(DayOfYear(7, 1), DayOfYear(8, 30)).is_of_whole_months


@pytest.mark.parametrize("day", [DayOfYear(2, 30), DayOfYear(0, 1), DayOfYear(6, 31)])
def test_a_day_that_no_year_has_is_refused(day):
    with pytest.raises(TimetableError) as refused:
        Season(DayOfYear(1, 1), day)
    assert refused.value.code is ErrorCode.DAY_OF_MONTH_INVALID


@budget
@given(season=seasons(), day=days)
def test_a_season_holds_every_day_until_its_last(season, day):
    until = season.until(day)
    if until is not None:
        assert day <= until <= day + timedelta(366)
        assert season.until(until) == until
        assert season.until(day + (until - day) // 2) == until


@budget
@given(calendar=calendars(), day=days)
def test_looking_a_day_up_is_looking_through_all_periods(calendar, day):
    assert calendar.period_on(day) == next((p for p in calendar.periods if day in p), None)
