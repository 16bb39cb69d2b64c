from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialekaart_plugin.timetable.calendars import DayOfYear, Period, Season
from socialekaart_plugin.timetable.opening_hours import OpeningHours, OtherDay
from socialekaart_plugin.timetable.public_holidays import USUAL_HOLIDAYS, PublicHoliday
from socialekaart_plugin.timetable.repetition import (
    LAST,
    MonthlyByDay,
    MonthlyByWeekday,
    Once,
    Weekday,
    Weekly,
    Yearly,
)
from socialekaart_plugin.timetable.rule import Rule
from socialekaart_plugin.timetable.schedule import Schedule
from socialekaart_plugin.timetable.sentences import LANGUAGES, opening_sentence, sentence
from socialekaart_plugin.timetable.slots import Slot
from tests.timetable.strategies import budget, days, schedules

MO, TU, WE, TH, FR, SA, SU = Weekday
MAY_3, SEPTEMBER = date(2027, 5, 3), date(2027, 9, 1)
DECEMBER, JUNE = date(2027, 12, 31), date(2028, 6, 30)
MORNING, EVENING = Slot(time(10), time(12)), Slot(time(19, 30), time(21, 5))
NINE, ONE = Slot(time(9), time(10)), Slot(time(13), time(15))
NIGHT, ROUND = Slot(time(22), time(2), overnight=True), Slot(time(9), time(9), overnight=True)
TILL_MIDNIGHT = Slot(time(20), time(0), overnight=True)
WHOLE_DAY = Slot(time(0), time(0), overnight=True)


def rule(repeats, slot=MORNING, **validity):
    return [Rule(repeats, slot, **validity)]


def weekly(*weekdays, interval=1, **rest):
    return rule(Weekly(weekdays, interval, MAY_3 if interval > 1 else None), **rest)


def monthly(*weekdays, weeks, interval=1):
    return rule(MonthlyByWeekday(weekdays, weeks, interval, MAY_3 if interval > 1 else None))


def once(day, slot=MORNING):
    return rule(Once(day), slot)


def schedule(rules, *, left_out=(), periods=(), seasons=(), school=True, holidays=()):
    return Schedule(
        tuple(rules), frozenset(left_out), periods, seasons, school, frozenset(holidays)
    )


CASES = [
    (
        schedule(weekly(TU)),
        "elke dinsdag van 10.00 tot 12.00 uur",
        "every Tuesday from 10:00 to 12:00",
    ),
    (
        schedule(weekly(TU, interval=2), school=False),
        "om de week op dinsdag van 10.00 tot 12.00 uur, niet in de schoolvakanties",
        "every other week on Tuesday from 10:00 to 12:00, not during school holidays",
    ),
    (
        schedule(weekly(MO, WE, slot=NINE) + weekly(MO, WE, slot=ONE)),
        "op maandag en woensdag van 9.00 tot 10.00 en van 13.00 tot 15.00 uur",
        "on Monday and Wednesday from 9:00 to 10:00 and from 13:00 to 15:00",
    ),
    (
        schedule(weekly(MO, slot=NINE) + weekly(WE, slot=NINE)),
        "op maandag en woensdag van 9.00 tot 10.00 uur",
        "on Monday and Wednesday from 9:00 to 10:00",
    ),
    (
        schedule(weekly(TU, slot=NINE) + weekly(TU, slot=ONE) + weekly(TU, slot=EVENING)),
        "elke dinsdag van 9.00 tot 10.00, van 13.00 tot 15.00 en van 19.30 tot 21.05 uur",
        "every Tuesday from 9:00 to 10:00, from 13:00 to 15:00 and from 19:30 to 21:05",
    ),
    (
        schedule(weekly(TU) + weekly(TH, slot=EVENING)),
        "elke dinsdag van 10.00 tot 12.00 uur; elke donderdag van 19.30 tot 21.05 uur",
        "every Tuesday from 10:00 to 12:00; every Thursday from 19:30 to 21:05",
    ),
    (
        schedule(weekly(MO, TU, WE, TH, FR)),
        "maandag tot en met vrijdag van 10.00 tot 12.00 uur",
        "Monday to Friday from 10:00 to 12:00",
    ),
    (
        schedule(weekly(MO, TU, WE, FR)),
        "op maandag, dinsdag, woensdag en vrijdag van 10.00 tot 12.00 uur",
        "on Monday, Tuesday, Wednesday and Friday from 10:00 to 12:00",
    ),
    (
        schedule(weekly(*Weekday)),
        "elke dag van 10.00 tot 12.00 uur",
        "every day from 10:00 to 12:00",
    ),
    (
        schedule(weekly(MO, TU, interval=2)),
        "om de week op maandag en dinsdag van 10.00 tot 12.00 uur",
        "every other week on Monday and Tuesday from 10:00 to 12:00",
    ),
    (
        schedule(weekly(MO, TU, WE, TH, FR, interval=2)),
        "om de week van maandag tot en met vrijdag van 10.00 tot 12.00 uur",
        "every other week from Monday to Friday from 10:00 to 12:00",
    ),
    (
        schedule(weekly(*Weekday, interval=2)),
        "om de week elke dag van 10.00 tot 12.00 uur",
        "every other week on every day from 10:00 to 12:00",
    ),
    (
        schedule(weekly(TU, interval=3)),
        "elke 3 weken op dinsdag van 10.00 tot 12.00 uur",
        "every 3 weeks on Tuesday from 10:00 to 12:00",
    ),
    (
        schedule(monthly(MO, weeks=(1,))),
        "elke eerste maandag van de maand van 10.00 tot 12.00 uur",
        "every first Monday of the month from 10:00 to 12:00",
    ),
    (
        schedule(monthly(MO, weeks=(1, 3))),
        "elke eerste en derde maandag van de maand van 10.00 tot 12.00 uur",
        "every first and third Monday of the month from 10:00 to 12:00",
    ),
    (
        schedule(monthly(FR, weeks=(LAST,))),
        "elke laatste vrijdag van de maand van 10.00 tot 12.00 uur",
        "every last Friday of the month from 10:00 to 12:00",
    ),
    (
        schedule(monthly(MO, WE, weeks=(2,))),
        "elke tweede maandag en woensdag van de maand van 10.00 tot 12.00 uur",
        "every second Monday and Wednesday of the month from 10:00 to 12:00",
    ),
    (
        schedule(monthly(MO, weeks=(1,), interval=2)),
        "om de maand op de eerste maandag van 10.00 tot 12.00 uur",
        "every other month on the first Monday from 10:00 to 12:00",
    ),
    (
        schedule(monthly(MO, weeks=(4,), interval=3)),
        "elke 3 maanden op de vierde maandag van 10.00 tot 12.00 uur",
        "every 3 months on the fourth Monday from 10:00 to 12:00",
    ),
    (
        schedule(monthly(MO, weeks=(1,), interval=12)),
        "elk jaar op de eerste maandag van mei van 10.00 tot 12.00 uur",
        "every year on the first Monday of May from 10:00 to 12:00",
    ),
    (
        schedule(rule(MonthlyByDay((15,)))),
        "op de 15e van de maand van 10.00 tot 12.00 uur",
        "on the 15th of the month from 10:00 to 12:00",
    ),
    (
        schedule(rule(MonthlyByDay((1, 15)))),
        "op de 1e en de 15e van de maand van 10.00 tot 12.00 uur",
        "on the 1st and the 15th of the month from 10:00 to 12:00",
    ),
    (
        schedule(rule(MonthlyByDay((LAST,)))),
        "op de laatste dag van de maand van 10.00 tot 12.00 uur",
        "on the last day of the month from 10:00 to 12:00",
    ),
    (
        schedule(rule(MonthlyByDay((15,), 2, MAY_3))),
        "om de maand op de 15e van 10.00 tot 12.00 uur",
        "every other month on the 15th from 10:00 to 12:00",
    ),
    (
        schedule(rule(MonthlyByDay((21, LAST), 3, MAY_3))),
        "elke 3 maanden op de 21e en de laatste dag van 10.00 tot 12.00 uur",
        "every 3 months on the 21st and the last day from 10:00 to 12:00",
    ),
    (
        schedule(rule(MonthlyByDay((1, 2), 12, MAY_3))),
        "elk jaar op de 1e en de 2e van mei van 10.00 tot 12.00 uur",
        "every year on the 1st and the 2nd of May from 10:00 to 12:00",
    ),
    (
        schedule(rule(Yearly(12, 5))),
        "elk jaar op 5 december van 10.00 tot 12.00 uur",
        "every year on 5 December from 10:00 to 12:00",
    ),
    (
        schedule(once(MAY_3)),
        "op 3 mei 2027 van 10.00 tot 12.00 uur",
        "on 3 May 2027 from 10:00 to 12:00",
    ),
    (
        schedule(once(MAY_3) + once(date(2027, 5, 10)) + once(date(2027, 6, 7))),
        "op 3 en 10 mei en 7 juni 2027 van 10.00 tot 12.00 uur",
        "on 3 and 10 May and 7 June 2027 from 10:00 to 12:00",
    ),
    (
        schedule(once(date(2027, 12, 24)) + once(date(2028, 1, 3))),
        "op 24 december 2027 en 3 januari 2028 van 10.00 tot 12.00 uur",
        "on 24 December 2027 and 3 January 2028 from 10:00 to 12:00",
    ),
    (
        schedule(once(MAY_3) + once(date(2027, 5, 10), slot=EVENING)),
        "op 3 mei 2027 van 10.00 tot 12.00 uur; op 10 mei 2027 van 19.30 tot 21.05 uur",
        "on 3 May 2027 from 10:00 to 12:00; on 10 May 2027 from 19:30 to 21:05",
    ),
    (
        schedule(weekly(TU) + once(MAY_3)),
        "elke dinsdag van 10.00 tot 12.00 uur; ook op 3 mei 2027 van 10.00 tot 12.00 uur",
        "every Tuesday from 10:00 to 12:00; also on 3 May 2027 from 10:00 to 12:00",
    ),
    (
        schedule(weekly(TU) + once(date(2027, 5, 4), slot=EVENING), left_out=(date(2027, 5, 4),)),
        "elke dinsdag van 10.00 tot 12.00 uur; op 4 mei 2027 alleen van 19.30 tot 21.05 uur",
        "every Tuesday from 10:00 to 12:00; on 4 May 2027 only from 19:30 to 21:05",
    ),
    (
        schedule(weekly(TU, valid_from=SEPTEMBER)),
        "elke dinsdag van 10.00 tot 12.00 uur, vanaf 1 september 2027",
        "every Tuesday from 10:00 to 12:00, from 1 September 2027",
    ),
    (
        schedule(weekly(TU, valid_until=JUNE)),
        "elke dinsdag van 10.00 tot 12.00 uur, tot en met 30 juni 2028",
        "every Tuesday from 10:00 to 12:00, up to and including 30 June 2028",
    ),
    (
        schedule(weekly(TU, valid_from=MAY_3, valid_until=DECEMBER)),
        "elke dinsdag van 10.00 tot 12.00 uur, van 3 mei tot en met 31 december 2027",
        "every Tuesday from 10:00 to 12:00, from 3 May up to and including 31 December 2027",
    ),
    (
        schedule(weekly(TU, valid_from=SEPTEMBER, valid_until=JUNE)),
        "elke dinsdag van 10.00 tot 12.00 uur, van 1 september 2027 tot en met 30 juni 2028",
        "every Tuesday from 10:00 to 12:00, from 1 September 2027 up to and including 30 June 2028",
    ),
    (
        schedule(weekly(TU, valid_from=SEPTEMBER) + weekly(TH, valid_from=SEPTEMBER, slot=EVENING)),
        "vanaf 1 september 2027: elke dinsdag van 10.00 tot 12.00 uur; elke donderdag "
        "van 19.30 tot 21.05 uur",
        "from 1 September 2027: every Tuesday from 10:00 to 12:00; every Thursday from "
        "19:30 to 21:05",
    ),
    (
        schedule(weekly(TU, valid_until=JUNE) + weekly(TH, valid_from=SEPTEMBER)),
        "elke dinsdag van 10.00 tot 12.00 uur, tot en met 30 juni 2028; elke donderdag "
        "van 10.00 tot 12.00 uur, vanaf 1 september 2027",
        "every Tuesday from 10:00 to 12:00, up to and including 30 June 2028; every "
        "Thursday from 10:00 to 12:00, from 1 September 2027",
    ),
    (
        schedule(weekly(TU), holidays=USUAL_HOLIDAYS),
        "elke dinsdag van 10.00 tot 12.00 uur, niet op feestdagen",
        "every Tuesday from 10:00 to 12:00, not on public holidays",
    ),
    (
        schedule(weekly(TU), school=False, holidays=USUAL_HOLIDAYS),
        "elke dinsdag van 10.00 tot 12.00 uur, niet in de schoolvakanties en niet op feestdagen",
        "every Tuesday from 10:00 to 12:00, not during school holidays and not on public holidays",
    ),
    (
        schedule(
            weekly(TU), holidays={PublicHoliday.KINGS_DAY, PublicHoliday.SECOND_CHRISTMAS_DAY}
        ),
        "elke dinsdag van 10.00 tot 12.00 uur, niet op Koningsdag en tweede kerstdag",
        "every Tuesday from 10:00 to 12:00, not on King’s Day and the second day of Christmas",
    ),
    (
        schedule(weekly(TU), holidays=set(PublicHoliday)),
        "elke dinsdag van 10.00 tot 12.00 uur, niet op feestdagen, Goede Vrijdag en Bevrijdingsdag",
        "every Tuesday from 10:00 to 12:00, not on public holidays, Good Friday and Liberation Day",
    ),
    (
        schedule(weekly(TU), holidays={PublicHoliday.LIBERATION_DAY_JUBILEE}),
        "elke dinsdag van 10.00 tot 12.00 uur, niet op Bevrijdingsdag (eens in de vijf jaar)",
        "every Tuesday from 10:00 to 12:00, not on Liberation Day (every five years)",
    ),
    (
        schedule(weekly(TU), seasons=(Season.of_months(7, 7),)),
        "elke dinsdag van 10.00 tot 12.00 uur, niet in juli",
        "every Tuesday from 10:00 to 12:00, not in July",
    ),
    (
        schedule(weekly(TU), seasons=(Season.of_months(7, 8),)),
        "elke dinsdag van 10.00 tot 12.00 uur, niet in juli en augustus",
        "every Tuesday from 10:00 to 12:00, not in July and August",
    ),
    (
        schedule(weekly(TU), seasons=(Season.of_months(6, 8),)),
        "elke dinsdag van 10.00 tot 12.00 uur, niet van juni tot en met augustus",
        "every Tuesday from 10:00 to 12:00, not from June up to and including August",
    ),
    (
        schedule(weekly(TU), seasons=(Season.of_months(11, 2),)),
        "elke dinsdag van 10.00 tot 12.00 uur, niet van november tot en met februari",
        "every Tuesday from 10:00 to 12:00, not from November up to and including February",
    ),
    (
        schedule(weekly(TU), seasons=(Season(DayOfYear(7, 15), DayOfYear(8, 31)),)),
        "elke dinsdag van 10.00 tot 12.00 uur, niet van 15 juli tot en met 31 augustus",
        "every Tuesday from 10:00 to 12:00, not from 15 July up to and including 31 August",
    ),
    (
        schedule(weekly(TU), seasons=(Season(DayOfYear(5, 4), DayOfYear(5, 4)),)),
        "elke dinsdag van 10.00 tot 12.00 uur, niet op 4 mei",
        "every Tuesday from 10:00 to 12:00, not on 4 May",
    ),
    (
        schedule(weekly(TU), periods=(Period(date(2027, 7, 1), date(2027, 8, 15)),)),
        "elke dinsdag van 10.00 tot 12.00 uur, niet van 1 juli tot en met 15 augustus 2027",
        "every Tuesday from 10:00 to 12:00, not from 1 July up to and including 15 August 2027",
    ),
    (
        schedule(weekly(TU), periods=(Period(date(2027, 12, 20), date(2028, 1, 9)),)),
        "elke dinsdag van 10.00 tot 12.00 uur, niet van 20 december 2027 tot en met 9 januari 2028",
        "every Tuesday from 10:00 to 12:00, not from 20 December 2027 up to and "
        "including 9 January 2028",
    ),
    (
        schedule(weekly(TU), periods=(Period(MAY_3, MAY_3),)),
        "elke dinsdag van 10.00 tot 12.00 uur, niet op 3 mei 2027",
        "every Tuesday from 10:00 to 12:00, not on 3 May 2027",
    ),
    (
        schedule(weekly(TU), left_out=(date(2027, 5, 4), date(2027, 5, 11), date(2027, 6, 8))),
        "elke dinsdag van 10.00 tot 12.00 uur, niet op 4 en 11 mei en 8 juni 2027",
        "every Tuesday from 10:00 to 12:00, not on 4 and 11 May and 8 June 2027",
    ),
    (
        schedule(
            weekly(TU),
            left_out=(date(2027, 5, 4),),
            school=False,
            seasons=(Season.of_months(7, 7),),
        ),
        "elke dinsdag van 10.00 tot 12.00 uur, niet in de schoolvakanties, niet in juli "
        "en niet op 4 mei 2027",
        "every Tuesday from 10:00 to 12:00, not during school holidays, not in July and "
        "not on 4 May 2027",
    ),
    (
        schedule(weekly(TU) + weekly(TH, slot=EVENING), school=False),
        "elke dinsdag van 10.00 tot 12.00 uur; elke donderdag van 19.30 tot 21.05 uur; "
        "niet in de schoolvakanties",
        "every Tuesday from 10:00 to 12:00; every Thursday from 19:30 to 21:05; not "
        "during school holidays",
    ),
    (
        schedule(once(MAY_3), school=False),
        "op 3 mei 2027 van 10.00 tot 12.00 uur",
        "on 3 May 2027 from 10:00 to 12:00",
    ),
    (
        schedule(weekly(FR, slot=NIGHT)),
        "elke vrijdag van 22.00 tot 2.00 uur (volgende dag)",
        "every Friday from 22:00 to 2:00 (the next day)",
    ),
    (
        schedule(weekly(FR, slot=ONE) + weekly(FR, slot=NIGHT)),
        "elke vrijdag van 13.00 tot 15.00 en van 22.00 tot 2.00 uur (volgende dag)",
        "every Friday from 13:00 to 15:00 and from 22:00 to 2:00 (the next day)",
    ),
    (
        schedule(weekly(FR, slot=TILL_MIDNIGHT)),
        "elke vrijdag van 20.00 tot 24.00 uur",
        "every Friday from 20:00 to 24:00",
    ),
    (
        schedule(weekly(SU, slot=WHOLE_DAY)),
        "elke zondag de hele dag",
        "every Sunday all day",
    ),
    (
        schedule(weekly(FR, slot=ROUND)),
        "elke vrijdag van 9.00 tot 9.00 uur (volgende dag)",
        "every Friday from 9:00 to 9:00 (the next day)",
    ),
    (
        schedule(weekly(FR, slot=NIGHT) + weekly(FR, slot=Slot(time(23), time(23, 30)))),
        "elke vrijdag van 22.00 tot 2.00 uur (volgende dag) en van 23.00 tot 23.30 uur",
        "every Friday from 22:00 to 2:00 (the next day) and from 23:00 to 23:30",
    ),
    (
        schedule(weekly(SU, slot=WHOLE_DAY) + weekly(SU, slot=MORNING)),
        "elke zondag de hele dag",
        "every Sunday all day",
    ),
    (
        schedule(weekly(SU, slot=WHOLE_DAY) + weekly(SU, slot=NIGHT)),
        "elke zondag de hele dag en van 22.00 tot 2.00 uur (volgende dag)",
        "every Sunday all day and from 22:00 to 2:00 (the next day)",
    ),
    (
        schedule(weekly(*Weekday, slot=WHOLE_DAY), holidays=[PublicHoliday.CHRISTMAS_DAY]),
        "dag en nacht, niet op eerste kerstdag",
        "day and night, not on Christmas Day",
    ),
    (
        schedule(weekly(*Weekday, slot=ROUND)),
        "dag en nacht",
        "day and night",
    ),
    (
        schedule(weekly(*Weekday, interval=2, slot=WHOLE_DAY)),
        "om de week elke dag de hele dag",
        "every other week on every day all day",
    ),
]


@pytest.mark.parametrize(("when", "dutch", "english"), CASES, ids=[case[1] for case in CASES])
def test_a_schedule_in_both_languages(when, dutch, english):
    assert sentence(when, "nl") == dutch
    assert sentence(when, "en") == english


def test_there_are_cases_enough():
    assert len(CASES) >= 40


@pytest.mark.parametrize(
    ("when", "today", "dutch"),
    [
        (schedule(weekly(TU, valid_from=MAY_3)), MAY_3, "elke dinsdag van 10.00 tot 12.00 uur"),
        (
            schedule(weekly(TU, valid_from=SEPTEMBER)),
            MAY_3,
            "elke dinsdag van 10.00 tot 12.00 uur, vanaf 1 september 2027",
        ),
        (
            schedule(weekly(TU, valid_until=MAY_3) + weekly(TH)),
            SEPTEMBER,
            "elke donderdag van 10.00 tot 12.00 uur",
        ),
        (
            schedule(weekly(TU) + once(MAY_3), left_out=[date(2027, 5, 4), date(2027, 9, 7)]),
            SEPTEMBER,
            "elke dinsdag van 10.00 tot 12.00 uur, niet op 7 september 2027",
        ),
        (
            schedule(weekly(TU), periods=(Period(MAY_3, SEPTEMBER), Period(DECEMBER, JUNE))),
            date(2027, 9, 2),
            "elke dinsdag van 10.00 tot 12.00 uur, "
            "niet van 31 december 2027 tot en met 30 juni 2028",
        ),
        # What is over as a whole is told as it was.
        (schedule(once(MAY_3)), SEPTEMBER, "op 3 mei 2027 van 10.00 tot 12.00 uur"),
    ],
)
def test_what_is_over_is_left_unsaid(when, today, dutch):
    assert sentence(when, "nl", today=today) == dutch


def test_a_date_left_out_on_which_nothing_was_is_added_not_moved():
    when = schedule(weekly(TU) + once(MAY_3, EVENING), left_out=[MAY_3])
    assert sentence(when, "nl") == (
        "elke dinsdag van 10.00 tot 12.00 uur; ook op 3 mei 2027 van 19.30 tot 21.05 uur"
    )


OFFICE = Slot(time(9), time(17))
WEEKDAYS = (MO, TU, WE, TH, FR)
LUNCH = (Slot(time(13), time(17)), Slot(time(9), time(12)))


def hours(week, *other_days, **exceptions):
    return OpeningHours(
        tuple(tuple(week.get(day, ())) for day in Weekday), other_days, **exceptions
    )


HOURS = [
    (
        hours({**dict.fromkeys(WEEKDAYS, (OFFICE,)), SA: [Slot(time(10), time(13))]}),
        "maandag tot en met vrijdag 9.00–17.00 uur, zaterdag 10.00–13.00 uur",
        "Monday to Friday 9:00–17:00, Saturday 10:00–13:00",
    ),
    (
        hours(dict.fromkeys((MO, TU), LUNCH)),
        "maandag en dinsdag 9.00–12.00 en 13.00–17.00 uur",
        "Monday and Tuesday 9:00–12:00 and 13:00–17:00",
    ),
    (
        hours(dict.fromkeys((MO, TU, WE, FR), (OFFICE,))),
        "maandag tot en met woensdag en vrijdag 9.00–17.00 uur",
        "Monday to Wednesday and Friday 9:00–17:00",
    ),
    (
        hours(dict.fromkeys((MO, WE, FR), (OFFICE,)) | dict.fromkeys((TU, TH), (MORNING,))),
        "maandag, woensdag en vrijdag 9.00–17.00 uur, dinsdag en donderdag 10.00–12.00 uur",
        "Monday, Wednesday and Friday 9:00–17:00, Tuesday and Thursday 10:00–12:00",
    ),
    (
        hours(dict.fromkeys(Weekday, (OFFICE,))),
        "elke dag 9.00–17.00 uur",
        "every day 9:00–17:00",
    ),
    (hours(dict.fromkeys(Weekday, (WHOLE_DAY,))), "dag en nacht", "day and night"),
    (
        hours(dict.fromkeys(Weekday, (Slot(time(0), time(12)), Slot(time(12), time(0), True)))),
        "dag en nacht",
        "day and night",
    ),
    (
        hours({MO: [WHOLE_DAY], TU: [OFFICE]}),
        "maandag de hele dag, dinsdag 9.00–17.00 uur",
        "Monday all day, Tuesday 9:00–17:00",
    ),
    (
        hours({FR: [NIGHT], SA: [TILL_MIDNIGHT]}),
        "vrijdag 22.00–2.00 uur (volgende dag), zaterdag 20.00–24.00 uur",
        "Friday 22:00–2:00 (the next day), Saturday 20:00–24:00",
    ),
    (
        hours({FR: [Slot(time(9), time(12)), NIGHT]}),
        "vrijdag 9.00–12.00 en 22.00–2.00 uur (volgende dag)",
        "Friday 9:00–12:00 and 22:00–2:00 (the next day)",
    ),
    (
        hours(
            {MO: [OFFICE]},
            OtherDay(date(2027, 12, 27)),
            OtherDay(date(2028, 1, 3), (MORNING,)),
            in_school_holidays=False,
            public_holidays_left_out=USUAL_HOLIDAYS,
            seasons_left_out=(Season.of_months(8, 8),),
        ),
        "maandag 9.00–17.00 uur; gesloten in de schoolvakanties, op feestdagen, in augustus en "
        "op 27 december 2027; op 3 januari 2028 10.00–12.00 uur",
        "Monday 9:00–17:00; closed during school holidays, on public holidays, in August and "
        "on 27 December 2027; on 3 January 2028 10:00–12:00",
    ),
    (
        hours({}, OtherDay(MAY_3, (MORNING,))),
        "op 3 mei 2027 10.00–12.00 uur",
        "on 3 May 2027 10:00–12:00",
    ),
]


@pytest.mark.parametrize(("when", "dutch", "english"), HOURS, ids=[case[1] for case in HOURS])
def test_opening_hours_in_both_languages(when, dutch, english):
    assert opening_sentence(when, "nl") == dutch
    assert opening_sentence(when, "en") == english


def test_other_days_that_are_over_are_left_unsaid():
    when = hours({MO: [OFFICE]}, OtherDay(MAY_3), OtherDay(SEPTEMBER, (MORNING,)))
    assert opening_sentence(when, "nl", today=DECEMBER) == "maandag 9.00–17.00 uur"


def test_the_language_of_a_country_is_the_language():
    assert sentence(schedule(once(MAY_3)), "en-GB") == "on 3 May 2027 from 10:00 to 12:00"


def test_another_language_is_a_mistake_of_the_programmer():
    with pytest.raises(ValueError, match="nl, en"):
        sentence(schedule(once(MAY_3)), "fr")


@budget
@given(when=schedules(), today=st.none() | days)
def test_there_is_always_a_sentence(when, today):
    for language in LANGUAGES:
        told = sentence(when, language, today=today)
        assert told == told.strip(" ;,")
        assert "  " not in told
        assert told
