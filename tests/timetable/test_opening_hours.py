from datetime import date, datetime, time

import pytest

from socialekaart_plugin.timetable.calendars import Calendar, Period
from socialekaart_plugin.timetable.clock import AMSTERDAM
from socialekaart_plugin.timetable.errors import ErrorCode, TimetableError
from socialekaart_plugin.timetable.opening_hours import OpeningHours, OtherDay
from socialekaart_plugin.timetable.public_holidays import USUAL_HOLIDAYS
from socialekaart_plugin.timetable.repetition import Weekday
from socialekaart_plugin.timetable.slots import Slot
from tests.timetable.openings import opening_by_hours

MO, TU, FR = Weekday.MONDAY, Weekday.TUESDAY, Weekday.FRIDAY
MORNING, AFTERNOON = Slot(time(9), time(12)), Slot(time(13), time(17))
NIGHT = Slot(time(20), time(2), overnight=True)
CHRISTMAS_EVE = date(2027, 12, 24)

HOURS = OpeningHours(
    week=((AFTERNOON, MORNING), (MORNING,), (), (), (NIGHT,), (), ()),
    other_days=(OtherDay(CHRISTMAS_EVE, (MORNING,)), OtherDay(date(2027, 12, 28))),
    periods_left_out=(Period(date(2027, 7, 1), date(2027, 7, 31)),),
    in_school_holidays=False,
    public_holidays_left_out=USUAL_HOLIDAYS,
)
SUMMER = Calendar.of("vakanties", [("zomer", date(2027, 8, 2), date(2027, 8, 29))])


@pytest.mark.parametrize(
    ("now", "answer"),
    [
        ("2027-05-03T09:00", True),  # a Monday
        ("2027-05-03T12:30", False),
        ("2027-05-03T13:00", True),
        ("2027-05-04T13:00", False),
        ("2027-05-07T23:00", True),
        ("2027-05-08T01:59", True),
        ("2027-05-08T02:00", False),
        ("2027-05-17T09:00", False),  # Whit Monday
        ("2027-07-05T09:00", False),
        ("2027-08-02T09:00", False),
        ("2027-08-30T09:00", True),
        ("2027-12-24T10:00", True),
        ("2027-12-24T21:00", False),
        ("2027-12-28T10:00", False),
    ],
)
def test_open_at(now, answer):
    moment = datetime.fromisoformat(now).replace(tzinfo=AMSTERDAM)
    assert (opening_by_hours(HOURS, moment, SUMMER) is not None) is answer


def test_open_until():
    moment = datetime(2027, 5, 7, 23, tzinfo=AMSTERDAM)
    opening = opening_by_hours(HOURS, moment)
    assert (opening.start.hour, opening.end.hour) == (20, 2)


def test_slots_and_other_days_are_kept_in_order():
    assert HOURS.week[0] == (MORNING, AFTERNOON)
    assert OpeningHours.of(
        {MO: [AFTERNOON, MORNING]}, OtherDay(date(2027, 12, 28)), OtherDay(CHRISTMAS_EVE)
    ).other_days == (OtherDay(CHRISTMAS_EVE), OtherDay(date(2027, 12, 28)))


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: OpeningHours.of({}), ErrorCode.NO_RULES),
        (lambda: OpeningHours.of({}, OtherDay(CHRISTMAS_EVE)), ErrorCode.NO_RULES),
        (lambda: OpeningHours(((MORNING,),)), ErrorCode.MALFORMED),
        (
            lambda: OpeningHours.of({MO: [MORNING, Slot(time(11), time(13))]}),
            ErrorCode.SLOTS_OVERLAP,
        ),
        (lambda: OtherDay(CHRISTMAS_EVE, (MORNING, MORNING)), ErrorCode.SLOTS_OVERLAP),
        (lambda: OtherDay(date(202, 7, 1)), ErrorCode.DATE_OUT_OF_RANGE),
        (
            lambda: OpeningHours.of(
                {MO: [MORNING]}, OtherDay(CHRISTMAS_EVE), OtherDay(CHRISTMAS_EVE, (MORNING,))
            ),
            ErrorCode.MALFORMED,
        ),
    ],
)
def test_what_cannot_be_is_refused(make, code):
    with pytest.raises(TimetableError) as refused:
        make()
    assert refused.value.code is code
