from datetime import date

import pytest

from socialekaart_plugin.timetable.public_holidays import (
    USUAL_HOLIDAYS,
    PublicHoliday,
    Region,
    official_school_holidays,
    public_holidays_of,
    public_holidays_on,
)


@pytest.mark.parametrize(
    ("day", "holiday"),
    [
        (date(2027, 1, 1), PublicHoliday.NEW_YEARS_DAY),
        (date(2027, 3, 26), PublicHoliday.GOOD_FRIDAY),
        (date(2027, 3, 28), PublicHoliday.EASTER_SUNDAY),
        (date(2027, 3, 29), PublicHoliday.EASTER_MONDAY),
        (date(2027, 4, 27), PublicHoliday.KINGS_DAY),
        (date(2027, 5, 5), PublicHoliday.LIBERATION_DAY),
        (date(2027, 5, 6), PublicHoliday.ASCENSION_DAY),
        (date(2027, 5, 16), PublicHoliday.WHIT_SUNDAY),
        (date(2027, 5, 17), PublicHoliday.WHIT_MONDAY),
        (date(2027, 12, 25), PublicHoliday.CHRISTMAS_DAY),
        (date(2027, 12, 26), PublicHoliday.SECOND_CHRISTMAS_DAY),
    ],
)
def test_holidays_of_2027(day, holiday):
    assert public_holidays_on(day) == {holiday}


@pytest.mark.parametrize("year", [2001, 2014, 2025, 2026, 2030, 2038, 2100, 2099])
def test_every_year_has_every_holiday(year):
    """The library names them in words: a name that changed would be a holiday that is gone."""
    found = {holiday for day in public_holidays_of(year).values() for holiday in day}
    wanted = set(PublicHoliday)
    if year % 5:
        wanted -= {PublicHoliday.LIBERATION_DAY_JUBILEE}
    assert found == wanted


def test_kings_day_on_a_sunday_is_a_day_earlier():
    assert public_holidays_on(date(2025, 4, 26)) == {PublicHoliday.KINGS_DAY}
    assert public_holidays_on(date(2025, 4, 27)) == set()


def test_two_holidays_can_fall_together():
    assert public_holidays_on(date(2016, 5, 5)) == {
        PublicHoliday.LIBERATION_DAY,
        PublicHoliday.ASCENSION_DAY,
    }


def test_the_usual_ones_hold_liberation_day_every_fifth_year_only():
    assert public_holidays_on(date(2030, 5, 5)) & USUAL_HOLIDAYS
    assert not public_holidays_on(date(2027, 5, 5)) & USUAL_HOLIDAYS
    assert not public_holidays_on(date(2027, 3, 26)) & USUAL_HOLIDAYS


@pytest.mark.parametrize(
    ("region", "first", "last"),
    [
        (Region.NORTH, date(2027, 7, 10), date(2027, 8, 22)),
        (Region.MIDDLE, date(2027, 7, 17), date(2027, 8, 29)),
        (Region.SOUTH, date(2027, 7, 24), date(2027, 9, 5)),
    ],
)
def test_the_official_summer_of_2027_differs_a_region(region, first, last):
    period = official_school_holidays(region).period_on(date(2027, 8, 1))
    assert (period.first, period.last, period.name) == (first, last, "Zomervakantie")


def test_the_official_calendar_joins_christmas_across_new_year():
    period = official_school_holidays(Region.MIDDLE).period_on(date(2027, 1, 1))
    assert (period.first, period.last) == (date(2026, 12, 19), date(2027, 1, 3))


@pytest.mark.parametrize("region", Region)
def test_the_official_calendar_ends_where_a_year_is_not_complete(region):
    calendar = official_school_holidays(region)
    assert calendar.periods[-1].name == "Zomervakantie"
    assert calendar.knows(date(2029, 12, 31))
