from datetime import date, timedelta

import pytest
from hypothesis import given

from socialekaart_plugin.timetable.errors import ErrorCode, TimetableError
from socialekaart_plugin.timetable.repetition import (
    LAST_DAY,
    MonthlyByDay,
    MonthlyByWeekday,
    Once,
    Weekday,
    Weekly,
    Yearly,
)
from tests.timetable.strategies import arithmetic, budget, by_dateutil, days, repeating

MO, TU, WE, FR = Weekday.MONDAY, Weekday.TUESDAY, Weekday.WEDNESDAY, Weekday.FRIDAY
TUESDAY = date(2026, 9, 1)


def first_dates(repeats, day, n):
    found = []
    while len(found) < n and (day := repeats.on_or_after(day)) is not None:
        found.append(day)
        day += timedelta(1)
    return found


def dates_until(repeats, day, until):
    found = []
    while (day := repeats.on_or_after(day)) is not None and day <= until:
        found.append(day)
        day += timedelta(1)
    return found


@budget
@given(repeats=arithmetic, anchored_before=days)
def test_arithmetic_gives_the_dates_of_dateutil(repeats, anchored_before):
    day = max(anchored_before, getattr(repeats, "anchor", None) or anchored_before)
    until = day + timedelta(500)
    assert dates_until(repeats, day, until) == by_dateutil(repeats, day, until)


@budget
@given(repeats=repeating, day=days)
def test_every_kind_gives_the_dates_of_dateutil(repeats, day):
    day = max(day, getattr(repeats, "anchor", None) or day)
    until = day + timedelta(800)
    assert dates_until(repeats, day, until) == by_dateutil(repeats, day, until)


@budget
@given(repeats=repeating, day=days)
def test_the_normal_form_has_the_same_dates(repeats, day):
    assert first_dates(repeats.normal(), day, 5) == first_dates(repeats, day, 5)
    assert repeats.normal().normal() == repeats.normal()


@budget
@given(repeats=repeating, day=days)
def test_an_interval_is_counted_backwards_as_well(repeats, day):
    if getattr(repeats, "interval", 1) > 1 and hasattr(repeats, "weekdays"):
        earlier = by_dateutil(repeats.normal(), day - timedelta(900), day)
        assert dates_until(repeats, day - timedelta(900), day) == earlier


@pytest.mark.parametrize(
    ("repeats", "dates"),
    [
        (Weekly((TU,)), ["2026-09-01", "2026-09-08", "2026-09-15"]),
        (Weekly((FR, MO)), ["2026-09-04", "2026-09-07", "2026-09-11"]),
        (Weekly((TU,), 2, TUESDAY), ["2026-09-01", "2026-09-15", "2026-09-29"]),
        # The anchor is any day of the week: this Sunday belongs to the week of the 7th.
        (Weekly((TU,), 2, date(2026, 9, 13)), ["2026-09-08", "2026-09-22", "2026-10-06"]),
        (Weekly((MO, FR), 2, TUESDAY), ["2026-09-04", "2026-09-14", "2026-09-18"]),
        (MonthlyByWeekday((MO,), (1,)), ["2026-09-07", "2026-10-05", "2026-11-02"]),
        (MonthlyByWeekday((FR,), (-1,)), ["2026-09-25", "2026-10-30", "2026-11-27"]),
        (MonthlyByWeekday((TU,), (5,)), ["2026-09-29", "2026-12-29", "2027-03-30"]),
        (MonthlyByWeekday((MO,), (1, 3)), ["2026-09-07", "2026-09-21", "2026-10-05"]),
        (MonthlyByWeekday((MO, WE), (2,)), ["2026-09-09", "2026-09-14", "2026-10-12"]),
        (MonthlyByWeekday((MO,), (1,), 2, date(2026, 10, 9)), ["2026-10-05", "2026-12-07"]),
        (MonthlyByDay((31,)), ["2026-10-31", "2026-12-31", "2027-01-31"]),
        (MonthlyByDay((-1,)), ["2026-09-30", "2026-10-31", "2026-11-30"]),
        (MonthlyByDay((1, 15), 2, date(2026, 10, 20)), ["2026-10-01", "2026-10-15", "2026-12-01"]),
        (Yearly(2, 29), ["2028-02-29", "2032-02-29"]),
        (Once(date(2027, 5, 3)), ["2027-05-03"]),
    ],
    ids=repr,
)
def test_first_dates(repeats, dates):
    wanted = [date.fromisoformat(day) for day in dates]
    assert first_dates(repeats, TUESDAY, len(wanted)) == wanted


def test_weekdays_and_weeks_are_kept_in_order_each_once():
    assert Weekly((FR, MO, FR)).weekdays == (MO, FR)
    assert MonthlyByWeekday((MO,), (-1, 3, 1, 3)).weeks == (1, 3, -1)
    assert MonthlyByDay((-1, 20, 3)).days == (3, 20, -1)


def test_after_the_last_year_there_is_nothing():
    assert MonthlyByWeekday((MO,), (5,)).on_or_after(LAST_DAY) is None
    assert MonthlyByDay((30,)).on_or_after(LAST_DAY) is None
    assert Yearly(1, 1).on_or_after(LAST_DAY) is None


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: Weekly(()), ErrorCode.WEEKDAY_MISSING),
        (lambda: MonthlyByWeekday((), (1,)), ErrorCode.WEEKDAY_MISSING),
        (lambda: Weekly((MO,), 0), ErrorCode.INTERVAL_INVALID),
        (lambda: Weekly((MO,), 53, TUESDAY), ErrorCode.INTERVAL_INVALID),
        (lambda: MonthlyByDay((1,), 13, TUESDAY), ErrorCode.INTERVAL_INVALID),
        (lambda: Weekly((MO,), 2), ErrorCode.ANCHOR_MISSING),
        (lambda: MonthlyByWeekday((MO,), (1,), 3), ErrorCode.ANCHOR_MISSING),
        (lambda: Weekly((MO,), 2, date(1969, 12, 31)), ErrorCode.DATE_OUT_OF_RANGE),
        (lambda: MonthlyByWeekday((MO,), ()), ErrorCode.WEEK_OF_MONTH_INVALID),
        (lambda: MonthlyByWeekday((MO,), (6,)), ErrorCode.WEEK_OF_MONTH_INVALID),
        (lambda: MonthlyByDay(()), ErrorCode.DAY_OF_MONTH_INVALID),
        (lambda: MonthlyByDay((32,)), ErrorCode.DAY_OF_MONTH_INVALID),
        (lambda: Yearly(2, 30), ErrorCode.DAY_OF_MONTH_INVALID),
        (lambda: Yearly(13, 1), ErrorCode.DAY_OF_MONTH_INVALID),
        (lambda: Once(date(207, 5, 3)), ErrorCode.DATE_OUT_OF_RANGE),
    ],
)
def test_what_cannot_be_is_refused(make, code):
    with pytest.raises(TimetableError) as refused:
        make()
    assert refused.value.code is code
