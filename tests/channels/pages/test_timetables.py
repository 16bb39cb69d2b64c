import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from socialekaart_plugin.channels.pages.timetables import held, in_brief, opening_lines
from tests.factories import opening_hours, weekly

#: A Monday, at noon.
NOW = datetime.datetime(2026, 11, 23, 12, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
HALL = {"uuid": "1", "short_id": "a", "name": "Buurthuis", "slug": "buurthuis"}
LIBRARY = {"uuid": "2", "short_id": "b", "name": "Bibliotheek", "slug": "bibliotheek"}


@pytest.fixture(autouse=True)
def dutch():
    with override("nl"):
        yield


def session(schedule, place=HALL, **more):
    return {"place": place, "room": "", "note": "", "schedule": schedule, **more}


def payload(*sessions, notices=(), **validity):
    return {
        "sessions": list(sessions),
        "notices": list(notices),
        "validity": {"from": None, "until": None, **validity},
    }


def closed(ends_on):
    return {"kind": "closed", "starts_on": "2026-11-01", "ends_on": ends_on, "text": "Dicht"}


def days(found):
    return [time.day for time in found.next_times]


TUESDAYS = "Elke dinsdag van 10.00 tot 12.00 uur"


@pytest.mark.parametrize(
    ("without_times", "told"),
    [
        ("", "Vraag naar de tijden"),
        ("by_appointment", "Op afspraak"),
        ("always", "Altijd, dag en nacht"),
    ],
)
def test_a_session_tells_when_and_one_without_times_what_is_known(without_times, told):
    some = {**payload(session(weekly()), session(None)), "without_times": without_times}
    found = held(some, NOW)
    assert [line.when for line in found.sessions] == [TUESDAYS, told]
    assert [line.asks for line in found.sessions] == [False, not without_times]
    assert [line.is_over for line in found.sessions] == [False, False]
    # In a list, that one must ask is only said when there is nothing else to say.
    assert in_brief(some, NOW) == ([TUESDAYS, told] if without_times else [TUESDAYS])
    none = {**payload(), "without_times": without_times}
    assert [line.when for line in held(none, NOW).sessions] == [told]
    assert in_brief(none, NOW) == in_brief({**none, **payload(session(None))}, NOW) == [told]


def test_of_what_is_always_no_next_times_are_told():
    assert days(held({**payload(), "without_times": "always"}, NOW)) == []


def test_a_row_of_an_older_format_tells_to_ask():
    assert in_brief(payload(), NOW) == ["Vraag naar de tijden"]


def test_an_organisation_is_asked_no_times():
    organisation = {"notices": [], "places": []}
    assert in_brief(organisation, NOW) == held(organisation, NOW).sessions == []


def test_the_next_times_of_all_sessions_are_told_together_in_order():
    found = held(payload(session(weekly()), session(weekly(weekdays=["MO"]), LIBRARY)), NOW)
    assert [(time.day, time.hours, time.place_name) for time in found.next_times] == [
        ("Morgen, dinsdag 24 november", "10.00–12.00\N{NO-BREAK SPACE}uur", "Buurthuis"),
        ("Maandag 30 november", "10.00–12.00\N{NO-BREAK SPACE}uur", "Bibliotheek"),
        ("Dinsdag 1 december", "10.00–12.00\N{NO-BREAK SPACE}uur", "Buurthuis"),
    ]


def test_the_place_is_not_repeated_when_there_is_only_one():
    found = held(payload(session(weekly()), session(weekly(weekdays=["MO"]))), NOW)
    assert {time.place_name for time in found.next_times} == {""}


def test_another_year_is_said():
    assert days(held(payload(session(weekly()), **{"from": "2027-03-01"}), NOW))[0] == (
        "Dinsdag 2 maart 2027"
    )


def test_no_time_is_promised_while_it_is_closed():
    found = held(payload(session(weekly()), notices=[closed("2026-12-01")]), NOW)
    assert days(found)[0] == "Dinsdag 8 december"
    assert days(held(payload(session(weekly()), notices=[closed(None)]), NOW)) == []
    assert days(held(payload(session(weekly()), notices=[closed("9999-12-31")]), NOW)) == []


def test_no_time_is_promised_after_the_last_day():
    assert days(held(payload(session(weekly()), until="2026-11-30"), NOW)) == [
        "Morgen, dinsdag 24 november"
    ]


def test_a_session_of_which_the_last_time_is_past_is_over():
    past = session(weekly(valid_until="2026-11-01"))
    found = held(payload(past, session(weekly())), NOW)
    assert [line.is_over for line in found.sessions] == [True, False]
    assert in_brief(payload(past, session(weekly())), NOW) == [
        "Elke dinsdag van 10.00 tot 12.00 uur"
    ]


def test_the_same_times_in_two_places_are_told_once_in_brief():
    assert len(in_brief(payload(session(weekly()), session(weekly(), LIBRARY)), NOW)) == 1


def test_a_language_without_sentences_gets_dutch_ones():
    with override("de"):
        assert in_brief(payload(session(weekly())), NOW)[0].startswith("Elke dinsdag")
    with override("en"):
        assert in_brief(payload(session(weekly())), NOW)[0].startswith("Every Tuesday")


@pytest.mark.django_db
def test_school_holidays_are_left_out(django_assert_num_queries):
    schedule = {**weekly(weekdays=["MO"]), "in_school_holidays": False}
    before_christmas = NOW.replace(month=12, day=15)
    with django_assert_num_queries(1):
        found = held(payload(session(schedule)), before_christmas)
    assert days(found)[0] == "Maandag 4 januari 2027"


WHOLE_DAY = {"starts_at": "00:00", "ends_at": "00:00", "overnight": True}
NIGHT = {"starts_at": "22:00", "ends_at": "02:00", "overnight": True}
O_CLOCK = "\N{NO-BREAK SPACE}uur"


def test_a_next_time_says_that_it_is_all_day_or_on_which_day_it_ends():
    found = held(payload(session(weekly(**WHOLE_DAY)), session(weekly(**NIGHT))), NOW)
    assert [time.hours for time in found.next_times[:2]] == [
        "de hele dag",
        f"22.00{O_CLOCK} tot woensdag 2.00{O_CLOCK}",
    ]


def test_a_place_that_is_open_day_and_night_or_past_midnight_says_so():
    always = {day: [WHOLE_DAY] for day in ("MO", "TU", "WE", "TH", "FR", "SA", "SU")}
    places = [
        {**HALL, "opening_hours": {"week": always}},
        {**LIBRARY, "opening_hours": {"week": {"MO": [NIGHT]}}},
    ]
    lines = opening_lines({"places": places}, NOW.replace(hour=23))
    assert (lines["1"].now, lines["1"].when) == ("Nu open, dag en nacht", "Dag en nacht")
    assert lines["2"].now == f"Nu open, tot dinsdag 2.00{O_CLOCK}"
    assert lines["2"].when == "Maandag 22.00–2.00 uur (volgende dag)"


def test_a_place_tells_when_it_is_open_and_whether_it_is_now():
    places = {"places": [{**HALL, "opening_hours": opening_hours()}, {**LIBRARY}]}
    line = opening_lines(places, NOW)["1"]
    assert line.is_open
    assert line.now == f"Nu open, tot 17.00{O_CLOCK}"
    assert line.when.startswith("Maandag 9.00–17.00 uur")
    evening = opening_lines(places, NOW.replace(hour=18))["1"]
    assert (evening.is_open, evening.now) == (False, "Nu gesloten")
    assert set(opening_lines(places, NOW)) == {"1"}
