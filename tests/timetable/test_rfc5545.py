from datetime import date, datetime, time, timedelta
from itertools import takewhile

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from socialekaart_plugin.timetable.calendars import Season
from socialekaart_plugin.timetable.clock import AMSTERDAM
from socialekaart_plugin.timetable.errors import ErrorCode, TimetableError
from socialekaart_plugin.timetable.occurrences import dates_left_out
from socialekaart_plugin.timetable.repetition import (
    MonthlyByDay,
    MonthlyByWeekday,
    Once,
    Weekday,
    Weekly,
    Yearly,
)
from socialekaart_plugin.timetable.rfc5545 import read_schedule, write_schedule
from socialekaart_plugin.timetable.rule import Rule
from socialekaart_plugin.timetable.schedule import Schedule
from socialekaart_plugin.timetable.slots import Slot
from tests.timetable.strategies import budget, days, plain_schedules

MO, TU, WE, TH, FR = list(Weekday)[:5]
MORNING = Slot(time(10), time(12))
START = "DTSTART;TZID=Europe/Amsterdam:20270504T100000\nDTEND;TZID=Europe/Amsterdam:20270504T120000"
FROM = date(2027, 5, 4)


def test_a_schedule_is_written():
    schedule = Schedule(
        (
            Rule(Weekly((TU,), 2, FROM), MORNING, date(2027, 5, 1), date(2027, 12, 31)),
            Rule(Once(date(2027, 5, 11)), MORNING),
            Rule(Once(date(2027, 6, 2)), Slot(time(20), time(0), overnight=True)),
        ),
        left_out=frozenset({date(2027, 6, 1), date(2027, 6, 2)}),
    )
    assert write_schedule(schedule).split("\n") == [
        "DTSTART;TZID=Europe/Amsterdam:20270504T100000",
        "DTEND;TZID=Europe/Amsterdam:20270504T120000",
        "RRULE:FREQ=WEEKLY;INTERVAL=2;WKST=MO;BYDAY=TU;UNTIL=20271231T090000Z",
        "EXDATE;TZID=Europe/Amsterdam:20270601T100000",
        "RDATE;TZID=Europe/Amsterdam:20270511T100000",
        "",
        "DTSTART;TZID=Europe/Amsterdam:20270602T200000",
        "DTEND;TZID=Europe/Amsterdam:20270603T000000",
    ]


def test_a_rule_without_a_first_day_begins_in_2000_and_reads_back_as_it_was():
    always = Schedule((Rule(Weekly((TU,)), MORNING),))
    assert "20000104T100000" in write_schedule(always)
    assert read_schedule(write_schedule(always)) == always


def test_what_has_no_words_is_written_as_dates():
    schedule = Schedule((Rule(Weekly((TU,)), MORNING),), seasons_left_out=(Season.of_months(7, 7),))
    assert "EXDATE" not in write_schedule(schedule)
    left_out = dates_left_out(schedule, date(2027, 7, 1), date(2027, 7, 14))
    assert "20270706T100000,20270713T100000" in write_schedule(schedule, left_out=left_out)


@pytest.mark.parametrize(
    ("rrule", "repeats"),
    [
        ("FREQ=WEEKLY", Weekly((TU,))),
        ("FREQ=WEEKLY;BYDAY=TU,TH", Weekly((TU, TH))),
        ("FREQ=WEEKLY;INTERVAL=2;WKST=MO;BYDAY=TU", Weekly((TU,), 2, FROM)),
        ("FREQ=WEEKLY;WKST=SU;BYDAY=TU", Weekly((TU,))),
        ("freq=weekly;byday=tu;", Weekly((TU,))),
        ("FREQ=DAILY", Weekly(tuple(Weekday))),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", Weekly((MO, TU, WE, TH, FR))),
        ("FREQ=MONTHLY;BYDAY=1TU", MonthlyByWeekday((TU,), (1,))),
        ("FREQ=MONTHLY;BYDAY=+1TU,3TU", MonthlyByWeekday((TU,), (1, 3))),
        ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1,-1", MonthlyByWeekday((TU,), (1, -1))),
        ("FREQ=MONTHLY;BYDAY=1TU,1WE", MonthlyByWeekday((TU, WE), (1,))),
        ("FREQ=MONTHLY", MonthlyByDay((4,))),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=4,-1", MonthlyByDay((4, -1), 3, FROM)),
        ("FREQ=YEARLY", Yearly(5, 4)),
        ("FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=4", Yearly(5, 4)),
        ("FREQ=YEARLY;BYMONTH=5;BYDAY=1TU", MonthlyByWeekday((TU,), (1,), 12, date(2027, 5, 1))),
    ],
)
def test_a_rule_is_read(rrule, repeats):
    assert read_schedule(f"{START}\nRRULE:{rrule}").rules == (Rule(repeats, MORNING, FROM),)


@pytest.mark.parametrize(
    ("until", "last"),
    [
        ("UNTIL=20270518", date(2027, 5, 18)),
        ("UNTIL=20270518T080000Z", date(2027, 5, 18)),
        ("UNTIL=20270518T075959Z", date(2027, 5, 17)),
        ("UNTIL=20270518T225959Z", date(2027, 5, 18)),
        ("UNTIL=20270518T100000", date(2027, 5, 18)),
        ("UNTIL=99991231T235959Z", date(2099, 12, 31)),
        ("COUNT=3", date(2027, 5, 18)),
    ],
)
def test_the_last_day_is_read(until, last):
    assert read_schedule(f"{START}\nRRULE:FREQ=WEEKLY;{until}").rules[0].valid_until == last


@pytest.mark.parametrize(
    ("end", "slot"),
    [
        ("DURATION:PT1H30M", Slot(time(10), time(11, 30))),
        ("DURATION:PT14H", Slot(time(10), time(0), overnight=True)),
        ("DURATION:P1D", Slot(time(10), time(10), overnight=True)),
        ("DTEND:20270504T080500Z", Slot(time(10), time(10, 5))),
        ("DTEND;VALUE=DATE-TIME:20270505T020000", Slot(time(10), time(2), overnight=True)),
    ],
)
def test_the_end_is_read(end, slot):
    assert read_schedule(f"DTSTART:20270504T100000\n{end}").rules == (Rule(Once(FROM), slot),)


def test_folded_lines_and_dates_without_a_time_are_read():
    text = f"{START}\r\nRRULE:FREQ=WEE\r\n KLY\r\nEXDATE;VALUE=DATE:20270511,20270518\r\n"
    assert read_schedule(text).left_out == {date(2027, 5, 11), date(2027, 5, 18)}


def test_a_date_both_added_and_left_out_is_left_out():
    text = f"{START}\nRRULE:FREQ=WEEKLY\nRDATE:20270505T100000\nEXDATE:20270505T100000"
    assert len(read_schedule(text).rules) == 1


WEEKLY = f"{START}\nRRULE:FREQ=WEEKLY"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", ErrorCode.MISSING),
        ("RRULE:FREQ=WEEKLY", ErrorCode.MISSING),
        ("DTSTART:20270504T100000", ErrorCode.MISSING),
        ("nonsense", ErrorCode.MALFORMED),
        ("DTSTART:4 mei\nDURATION:PT1H", ErrorCode.MALFORMED),
        ("DTSTART:٢٠٢٧٠٥٠٤T100000\nDURATION:PT1H", ErrorCode.MALFORMED),
        ("DTSTART:20270231T100000\nDURATION:PT1H", ErrorCode.MALFORMED),
        ("DTSTART:20270504T250000\nDURATION:PT1H", ErrorCode.MALFORMED),
        ("DTSTART:20270504T100000\nDURATION:1 hour", ErrorCode.MALFORMED),
        ("DTSTART:20270504T100000\nDURATION:P", ErrorCode.MALFORMED),
        (WEEKLY + ";INTERVAL=two", ErrorCode.MALFORMED),
        (WEEKLY + ";INTERVAL", ErrorCode.MALFORMED),
        (WEEKLY + ";BYDAY=XX", ErrorCode.MALFORMED),
        (WEEKLY + ";UNTIL=soon", ErrorCode.MALFORMED),
        (WEEKLY + ";FREQ=DAILY", ErrorCode.MALFORMED),
        (START + "\nRRULE:FREQ=HOURLY", ErrorCode.UNSUPPORTED),
        (START + "\nRRULE:BYDAY=TU", ErrorCode.UNSUPPORTED),
        (WEEKLY + ";BYHOUR=10", ErrorCode.UNSUPPORTED),
        (WEEKLY + ";BYMONTH=5", ErrorCode.UNSUPPORTED),
        (WEEKLY + ";BYDAY=1TU", ErrorCode.UNSUPPORTED),
        (WEEKLY + ";INTERVAL=2;WKST=SU", ErrorCode.UNSUPPORTED),
        (WEEKLY + ";COUNT=3;UNTIL=20270518", ErrorCode.UNSUPPORTED),
        (WEEKLY + ";COUNT=0", ErrorCode.UNSUPPORTED),
        (WEEKLY + ";COUNT=9999", ErrorCode.UNSUPPORTED),
        (START + "\nRRULE:FREQ=DAILY;INTERVAL=2", ErrorCode.UNSUPPORTED),
        (START + "\nRRULE:FREQ=YEARLY;INTERVAL=2", ErrorCode.UNSUPPORTED),
        (START + "\nRRULE:FREQ=YEARLY;BYDAY=18TU", ErrorCode.UNSUPPORTED),
        (START + "\nRRULE:FREQ=YEARLY;BYMONTHDAY=4", ErrorCode.UNSUPPORTED),
        (START + "\nRRULE:FREQ=YEARLY;BYMONTH=5,6;BYDAY=1TU", ErrorCode.UNSUPPORTED),
        (START + "\nRRULE:FREQ=MONTHLY;BYDAY=TU", ErrorCode.UNSUPPORTED),
        (START + "\nRRULE:FREQ=MONTHLY;BYDAY=1TU,3WE", ErrorCode.UNSUPPORTED),
        (START + "\nRRULE:FREQ=MONTHLY;BYDAY=TU,WE;BYSETPOS=1", ErrorCode.UNSUPPORTED),
        (START + "\nRRULE:FREQ=MONTHLY;BYDAY=1TU;BYMONTHDAY=4", ErrorCode.UNSUPPORTED),
        (START + "\nRRULE:FREQ=MONTHLY;BYDAY=6TU", ErrorCode.WEEK_OF_MONTH_INVALID),
        (START + "\nRRULE:FREQ=MONTHLY;BYMONTHDAY=32", ErrorCode.DAY_OF_MONTH_INVALID),
        (START + "\nRRULE:FREQ=YEARLY;BYMONTH=13", ErrorCode.DAY_OF_MONTH_INVALID),
        (START + "\nRRULE:FREQ=YEARLY;BYMONTH=99;BYDAY=1TU", ErrorCode.START_NOT_IN_RULE),
        (WEEKLY + ";INTERVAL=0", ErrorCode.INTERVAL_INVALID),
        (WEEKLY + "\nSUMMARY:Koffie", ErrorCode.UNSUPPORTED),
        (WEEKLY + "\nRRULE:FREQ=DAILY", ErrorCode.UNSUPPORTED),
        (WEEKLY + "\nRDATE:20270506T110000", ErrorCode.UNSUPPORTED),
        ("DTSTART;VALUE=DATE:20270504\nDURATION:P1D", ErrorCode.UNSUPPORTED),
        ("DTSTART;TZID=Europe/London:20270504T100000\nDURATION:PT1H", ErrorCode.OTHER_TIME_ZONE),
        ("DTSTART:20270504T100000Z\nDURATION:PT1H", ErrorCode.OTHER_TIME_ZONE),
        ("DTSTART:20270504T100030\nDURATION:PT1H", ErrorCode.TIME_NOT_IN_MINUTES),
        ("DTSTART:20270504T100000\nDURATION:PT25H", ErrorCode.OVERNIGHT_TOO_LONG),
        ("DTSTART:20270504T100000\nDTEND:20270504T090000", ErrorCode.END_NOT_AFTER_START),
        ("DTSTART:20270504T100000\nDTEND:20270504T100000", ErrorCode.END_NOT_AFTER_START),
        ("DTSTART:19600505T100000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY", ErrorCode.DATE_OUT_OF_RANGE),
        ("DTSTART:19990504T100000\nDURATION:PT1H", ErrorCode.DATE_OUT_OF_RANGE),
        (WEEKLY + ";BYDAY=WE", ErrorCode.START_NOT_IN_RULE),
        (WEEKLY + ";UNTIL=20270401", ErrorCode.UNTIL_BEFORE_FROM),
        (WEEKLY + ";UNTIL=20270504T070000Z", ErrorCode.UNTIL_BEFORE_FROM),
        (WEEKLY + "\nEXDATE:20270505T100000", ErrorCode.LEFT_OUT_NOT_IN_RULE),
        (WEEKLY + "\nEXDATE:20270511T110000", ErrorCode.LEFT_OUT_NOT_IN_RULE),
        (
            WEEKLY + ";UNTIL=20270511\nEXDATE:20270504T100000,20270511T100000",
            ErrorCode.NEVER_HAPPENS,
        ),
        (
            f"{WEEKLY}\nEXDATE:20270511T100000\n\nDTSTART:20270504T140000\nDURATION:PT1H\n"
            "RRULE:FREQ=WEEKLY",
            ErrorCode.UNSUPPORTED,
        ),
    ],
)
def test_what_cannot_be_is_refused(text, code):
    with pytest.raises(TimetableError) as refused:
        read_schedule(text)
    assert refused.value.code is code


@budget
@given(schedule=plain_schedules())
def test_what_is_written_reads_back_the_same(schedule):
    text = write_schedule(schedule)
    assert read_schedule(text).normal() == schedule.normal()
    assert write_schedule(read_schedule(text)) == text


def read_by_dateutil(block, first, last):
    """The starts in a block; dateutil reads no RDATE with a zone."""
    lines = block.split("\n")
    added = [line.partition(":")[2] for line in lines if line.startswith(("RDATE", "DTSTART"))]
    if "RRULE" in block:
        known = [line for line in lines if line.startswith(("DTSTART", "RRULE", "EXDATE"))]
        dates = rrulestr("\n".join(known), forceset=True)
        for each in dates.between(midnight(first), midnight(last)):
            yield each.replace(tzinfo=None)
        added.pop(0)
    for value in ",".join(added).split(","):
        if value:
            yield datetime.strptime(value, "%Y%m%dT%H%M%S")  # noqa: DTZ007


def midnight(day):
    return datetime.combine(day, time(), AMSTERDAM)


@budget
@given(schedule=plain_schedules(), day=days)
def test_dateutil_reads_the_same_dates_from_the_text(schedule, day):
    first, last = day - timedelta(1), day + timedelta(100)
    ours = {
        datetime.combine(each, rule.slot.starts_at)
        for rule in schedule.rules
        for each in takewhile(lambda each: each <= last, schedule.dates(rule, first))
    }
    theirs = {
        each
        for block in write_schedule(schedule).split("\n\n")
        for each in read_by_dateutil(block, first, last)
    }
    assert {each for each in ours if day <= each.date() < last} == {
        each for each in theirs if day <= each.date() < last
    }


@budget
@given(text=st.text(alphabet="DTSARENULFQ=WKY;:,2070504T1\n Z+-ÿ", max_size=120))
def test_whatever_is_given_is_read_or_refused(text):
    for each in (text, f"{START}\nRRULE:{text}", f"{WEEKLY};{text}", f"{WEEKLY}\n{text}"):
        try:
            schedule = read_schedule(each)
        except TimetableError:
            continue
        assert schedule.rules
