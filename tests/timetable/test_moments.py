import re
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialekaart_plugin.timetable.clock import AMSTERDAM, Occurrence, occurrence_on
from socialekaart_plugin.timetable.opening_hours import OpeningHours, OtherDay
from socialekaart_plugin.timetable.repetition import Weekday
from socialekaart_plugin.timetable.sentences import (
    LANGUAGES,
    hours_of,
    opening_now,
    opening_sentence,
    sentence,
    span,
)
from socialekaart_plugin.timetable.slots import Slot
from tests.timetable.openings import opening_by_hours
from tests.timetable.strategies import budget, days, slots

FRIDAY = date(2026, 11, 27)
WHOLE_DAY = Slot(time(0), time(0), overnight=True)
ALWAYS = dict.fromkeys(Weekday, (WHOLE_DAY,))
NIGHT = Slot(time(22), time(2), overnight=True)


def at(hour, minute=0, day=FRIDAY):
    return datetime.combine(day, time(hour, minute), AMSTERDAM)


@pytest.mark.parametrize(
    ("slot", "dutch", "english"),
    [
        (Slot(time(10), time(12)), "10.00–12.00 uur", "10:00–12:00"),
        (WHOLE_DAY, "de hele dag", "all day"),
        (Slot(time(20), time(0), True), "20.00–24.00 uur", "20:00–24:00"),
        (NIGHT, "22.00 uur tot zaterdag 2.00 uur", "22:00 to Saturday 2:00"),
        (Slot(time(9), time(9), True), "9.00 uur tot zaterdag 9.00 uur", "9:00 to Saturday 9:00"),
    ],
)
def test_a_time_that_it_is_held_names_the_other_day_on_which_it_ends(slot, dutch, english):
    occurrence = occurrence_on(FRIDAY, slot, AMSTERDAM)
    assert span(occurrence, "nl") == dutch
    assert span(occurrence, "en") == english


def open_on(week, *other_days, now):
    opening = opening_by_hours(OpeningHours.of(week, *other_days), now)
    return [opening_now(opening, now, language) for language in ("nl", "en")]


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (at(23), ["nu open, tot zaterdag 2.00 uur", "open now, until Saturday 2:00"]),
        (at(1, day=date(2026, 11, 28)), ["nu open, tot 2.00 uur", "open now, until 2:00"]),
        (at(12), ["nu gesloten", "closed now"]),
    ],
)
def test_a_place_that_closes_after_midnight_says_on_which_day(now, told):
    assert open_on({Weekday.FRIDAY: [NIGHT]}, now=now) == told


def test_a_place_that_closes_at_midnight_closes_on_the_day_itself():
    evening = Slot(time(20), time(0), overnight=True)
    assert open_on({Weekday.FRIDAY: [evening]}, now=at(21))[0] == "nu open, tot 24.00 uur"
    two_days = {Weekday.FRIDAY: [WHOLE_DAY], Weekday.SATURDAY: [WHOLE_DAY]}
    assert open_on(two_days, now=at(21)) == [
        "nu open, tot zaterdag 24.00 uur",
        "open now, until Saturday 24:00",
    ]


def test_a_place_that_never_closes_is_open_day_and_night():
    assert open_on(ALWAYS, now=at(21)) == ["nu open, dag en nacht", "open now, day and night"]
    # The clocks go back, and forward.
    assert open_on(ALWAYS, now=at(21, day=date(2026, 10, 24)))[0] == "nu open, dag en nacht"
    assert open_on(ALWAYS, now=at(21, day=date(2027, 3, 27)))[0] == "nu open, dag en nacht"


def test_a_place_that_closes_for_a_day_says_when_with_the_date_when_it_is_a_week_away():
    for closed, told in (
        (FRIDAY + timedelta(days=4), "nu open, tot maandag 24.00 uur"),
        (FRIDAY + timedelta(days=8), "nu open, tot vrijdag 4 december 24.00 uur"),
    ):
        assert open_on(ALWAYS, OtherDay(closed), now=at(1))[0] == told


#: A stretch that lasts no time at all, or that ends at the beginning of a day.
NOT_SAID = re.compile(r"(?<!\d)0[.:]00–0[.:]00|(?:tot|until|to) (?:\w+ )?0[.:]00|–0[.:]00")

#: What people fill a day with: whole days, midnights, and any other slot.
any_slot = st.one_of(slots(), st.just(WHOLE_DAY), st.just(Slot(time(20), time(0), True)))


@budget
@given(slot=any_slot, day=days, language=st.sampled_from(sorted(LANGUAGES)))
def test_no_stretch_ends_at_the_hour_with_which_a_day_begins(slot, day, language):
    occurrence = occurrence_on(day, slot, AMSTERDAM)
    assert not NOT_SAID.search(span(occurrence, language))
    assert not NOT_SAID.search(hours_of(slot, language))
    if slot == WHOLE_DAY:
        assert not re.search(r"\d", span(occurrence, language) + hours_of(slot, language))


@budget
@given(
    week=st.dictionaries(st.sampled_from(Weekday), any_slot.map(lambda slot: [slot]), min_size=1),
    day=days,
    hour=st.integers(0, 23),
    language=st.sampled_from(sorted(LANGUAGES)),
)
def test_no_sentence_ends_at_the_hour_with_which_a_day_begins(week, day, hour, language):
    hours = OpeningHours.of(week)
    now = at(hour, 30, day)
    opening = opening_by_hours(hours, now)
    said = [
        opening_sentence(hours, language),
        sentence(hours.schedule(), language),
        opening_now(opening, now, language),
    ]
    assert not [each for each in said if NOT_SAID.search(each)]
    if opening is not None and opening.end > at(0, day=day + timedelta(days=1)):
        assert re.search(r"(?i)\w+day|dag|night", said[2]), "the other day is named"


def test_what_lasts_for_days_names_the_day_on_which_it_ends():
    assert span(Occurrence(at(22), at(3, day=date(2026, 11, 29))), "nl") == (
        "22.00 uur tot zondag 3.00 uur"
    )
