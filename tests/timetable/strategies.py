"""Random rules and schedules for the property tests, and their fixed budget."""

from datetime import date, datetime, time, timedelta

from dateutil.rrule import MONTHLY, WEEKLY, YEARLY, rrule, weekday
from hypothesis import HealthCheck, assume, settings
from hypothesis import strategies as st

from socialekaart_plugin.timetable.calendars import Calendar, DayOfYear, Period, Season
from socialekaart_plugin.timetable.errors import TimetableError
from socialekaart_plugin.timetable.public_holidays import PublicHoliday
from socialekaart_plugin.timetable.repetition import (
    MonthlyByDay,
    MonthlyByWeekday,
    Once,
    Weekday,
    Weekly,
    Yearly,
)
from socialekaart_plugin.timetable.rule import Rule
from socialekaart_plugin.timetable.schedule import Schedule
from socialekaart_plugin.timetable.slots import Slot

budget = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)

days = st.dates(date(2024, 1, 1), date(2031, 12, 31))
times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 0, 15, 30, 45]))
weekdays = st.sets(st.sampled_from(Weekday), min_size=1).map(tuple)
weeks_of_month = st.sets(st.sampled_from([1, 2, 3, 4, 5, -1]), min_size=1, max_size=3).map(tuple)
days_of_month = st.sets(st.one_of(st.integers(1, 31), st.just(-1)), min_size=1, max_size=3).map(
    tuple
)


@st.composite
def slots(draw):
    first, second = draw(times), draw(times)
    overnight = first >= second and (first == second or draw(st.booleans()))
    if not overnight:
        first, second = sorted((first, second))
    return Slot(first, second, overnight)


def stepped(kind, most, *parts):
    return st.one_of(
        st.builds(kind, *parts),
        st.builds(kind, *parts, st.integers(2, most), days),
    )


weekly = stepped(Weekly, 6, weekdays)
monthly_by_weekday = stepped(MonthlyByWeekday, 12, weekdays, weeks_of_month)
monthly_by_day = stepped(MonthlyByDay, 12, days_of_month)
yearly = days.map(lambda day: Yearly(day.month, day.day))
once = st.builds(Once, days)
arithmetic = st.one_of(weekly, monthly_by_weekday)
repeating = st.one_of(weekly, weekly, monthly_by_weekday, monthly_by_day, yearly)


@st.composite
def rules(draw, repeats=repeating):
    valid_from = draw(st.none() | days)
    valid_until = draw(st.none() | days)
    try:
        return Rule(draw(repeats), draw(slots()), valid_from, valid_until)
    except TimetableError:
        assume(False)


@st.composite
def periods(draw):
    first = draw(days)
    return Period(first, first + timedelta(draw(st.integers(0, 60))))


@st.composite
def seasons(draw):
    first, last = draw(days), draw(days)
    return Season(DayOfYear(first.month, first.day), DayOfYear(last.month, last.day))


@st.composite
def calendars(draw):
    found, last = [], None
    for period in sorted(draw(st.lists(periods(), max_size=8))):
        if last is None or period.first > last:
            found.append(period)
            last = period.last
    return Calendar("schoolvakanties", tuple(found))


@st.composite
def dates_of(draw, rule):
    """A few dates on which a rule happens, and one on which it may not."""
    near = [rule.on_or_after(day) for day in draw(st.lists(days, max_size=3))]
    return {day for day in (*near, draw(days)) if day is not None}


@st.composite
def schedules(draw):
    found = draw(st.lists(rules(), min_size=1, max_size=3))
    singles = draw(st.lists(st.builds(Rule, once, slots()), max_size=2))
    try:
        return Schedule(
            (*found, *singles),
            left_out=frozenset(draw(dates_of(found[0]))),
            periods_left_out=tuple(draw(st.lists(periods(), max_size=2))),
            seasons_left_out=tuple(draw(st.lists(seasons(), max_size=1))),
            in_school_holidays=draw(st.booleans()),
            public_holidays_left_out=draw(st.frozensets(st.sampled_from(PublicHoliday))),
        )
    except TimetableError:
        assume(False)


def by_dateutil(repeats, day, until):
    """The same repetition in dateutil's own words: the dates from a day to a day."""
    anchor = getattr(repeats, "anchor", None) or date(2000, 1, 3)
    match repeats:
        case Weekly():
            start = anchor - timedelta(anchor.weekday())
            how = {"freq": WEEKLY, "byweekday": list(map(int, repeats.weekdays)), "wkst": 0}
        case MonthlyByWeekday():
            start = anchor.replace(day=1)
            nth = [weekday(int(d), week) for d in repeats.weekdays for week in repeats.weeks]
            how = {"freq": MONTHLY, "byweekday": nth}
        case MonthlyByDay():
            start = anchor.replace(day=1)
            how = {"freq": MONTHLY, "bymonthday": repeats.days}
        case Yearly():
            start = date(2000, 1, 1)
            how = {"freq": YEARLY, "bymonth": repeats.month, "bymonthday": repeats.day}
    found = rrule(
        interval=getattr(repeats, "interval", 1),
        dtstart=datetime.combine(start, time()),
        until=datetime.combine(until, time()),
        **how,
    )
    return [each.date() for each in found if each.date() >= day]
