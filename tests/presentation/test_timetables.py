import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from socialekaart_plugin.presentation import timetables
from socialekaart_plugin.presentation.time_lines import Brief
from socialekaart_plugin.presentation.timetables import building_hours, own_hours
from socialekaart_plugin.publication.rules import as_of
from socialekaart_plugin.publication.selectors import holidays_needed_for
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


def closed(ends_on, starts_on="2026-11-01"):
    return {"kind": "closed", "starts_on": starts_on, "ends_on": ends_on, "text": "Dicht"}


def held(stored, now):
    read = as_of(stored, now.date())
    return timetables.held(read, now, holidays_needed_for([read]))


def in_brief(stored, now):
    return timetables.in_brief(as_of(stored, now.date()), now, None)


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
    assert in_brief(some, NOW).times == ([TUESDAYS, told] if without_times else [TUESDAYS])
    none = {**payload(), "without_times": without_times}
    assert [line.when for line in held(none, NOW).sessions] == [told]
    assert in_brief(none, NOW).times == [told]
    assert in_brief({**none, **payload(session(None))}, NOW).times == [told]


def test_of_what_is_always_no_next_times_are_told():
    assert days(held({**payload(), "without_times": "always"}, NOW)) == []


def test_without_sessions_one_is_told_to_ask():
    assert in_brief(payload(), NOW).times == ["Vraag naar de tijden"]


def test_an_organisation_is_asked_no_times():
    organisation = {"notices": [], "places": []}
    assert in_brief(organisation, NOW).times == held(organisation, NOW).sessions == []


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
    assert (
        found.sessions[0].when == "Elke dinsdag van 10.00 tot 12.00 uur, tot en met 1 november 2026"
    )
    assert in_brief(payload(past, session(weekly())), NOW).times == [
        "Elke dinsdag van 10.00 tot 12.00 uur"
    ]


def test_the_same_times_in_two_places_are_told_once_in_brief():
    assert len(in_brief(payload(session(weekly()), session(weekly(), LIBRARY)), NOW).times) == 1


def test_a_language_without_sentences_gets_dutch_ones():
    with override("de"):
        assert in_brief(payload(session(weekly())), NOW).times[0].startswith("Elke dinsdag")
    with override("en"):
        assert in_brief(payload(session(weekly())), NOW).times[0].startswith("Every Tuesday")


@pytest.mark.django_db
def test_school_holidays_are_left_out(django_assert_num_queries):
    schedule = {**weekly(weekdays=["MO"]), "in_school_holidays": False}
    before_christmas = NOW.replace(month=12, day=15)
    with django_assert_num_queries(1):
        found = held(payload(session(schedule)), before_christmas)
    assert days(found)[0] == "Maandag 4 januari 2027"


def test_what_paper_leaves_out_of_a_day_stands_apart():
    tomorrow, later, *_ = held(payload(session(weekly())), NOW).next_times
    assert (tomorrow.named, tomorrow.date) == ("Morgen", "dinsdag 24 november")
    assert (later.named, later.date) == ("", "dinsdag 1 december")


def test_no_time_is_promised_in_a_closure_that_is_announced():
    found = payload(session(weekly()), notices=[closed("2026-12-08", starts_on="2026-12-01")])
    assert days(held(found, NOW)) == [
        "Morgen, dinsdag 24 november",
        "Dinsdag 15 december",
        "Dinsdag 22 december",
    ]


def test_what_goes_on_now_comes_first_and_is_not_over():
    last = payload(session(weekly(valid_until="2026-11-24")))
    begun = NOW.replace(day=24, hour=11)
    found = held(last, begun)
    assert [(time.start.hour, time.is_on) for time in found.next_times] == [(10, True)]
    assert [line.is_over for line in found.sessions] == [False]
    brief = in_brief(last, begun)
    assert brief.now == f"Nu bezig, tot 12.00{O_CLOCK}"
    assert len(brief.times) == 1
    over = held(last, NOW.replace(day=24, hour=12))
    assert (over.next_times, over.sessions[0].is_over) == ([], True)


def test_what_goes_on_since_yesterday_is_told_with_its_sentence():
    night = weekly(weekdays=["SU"], starts_at="22:00", ends_at="03:00", overnight=True)
    night["rules"][0]["valid_until"] = "2026-11-22"
    found = held(payload(session(night)), NOW.replace(hour=2))
    assert found.sessions[0].when.startswith("Elke zondag van 22.00")
    assert not found.sessions[0].is_over
    assert found.next_times[0].is_on


def test_what_is_closed_until_further_notice_is_not_over():
    found = held(payload(session(weekly()), notices=[closed(None)]), NOW)
    assert [line.is_over for line in found.sessions] == [False]


def test_a_card_tells_the_next_time():
    brief = in_brief(payload(session(weekly())), NOW)
    assert (brief.now, brief.next_time.day) == ("", "Morgen, dinsdag 24 november")


def organisation(hours, notices=(), **more):
    place = {**HALL, "opening_hours": opening_hours()}
    stored = {"opening_hours": hours, "places": [place], "notices": list(notices), **more}
    return as_of(stored, NOW.date())


def test_a_building_that_is_open_says_nothing_of_an_organisation_in_it():
    unknown = organisation(None)
    assert own_hours(unknown, NOW, None) is None
    assert timetables.in_brief(unknown, NOW, None) == Brief([], "", None)
    thursday = {"week": {"TH": [{"starts_at": "13:00", "ends_at": "15:00"}]}}
    line = own_hours(organisation(thursday), NOW, None)
    assert (line.is_open, line.now) == (False, "Nu gesloten")
    assert line.opens.day == "Donderdag 26 november"
    building = building_hours(organisation(thursday), NOW, None)["1"]
    assert building.is_open
    assert building.now == f"Nu open, tot 17.00{O_CLOCK}"


def test_an_organisation_is_open_at_its_own_hours():
    line = own_hours(organisation(opening_hours()), NOW, None)
    assert (line.is_open, line.now) == (True, f"Nu open, tot 17.00{O_CLOCK}")


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
    lines = building_hours({"places": places}, NOW.replace(hour=23), None)
    assert (lines["1"].now, lines["1"].when) == ("Nu open, dag en nacht", "Dag en nacht")
    assert lines["2"].now == f"Nu open, tot dinsdag 2.00{O_CLOCK}"
    assert lines["2"].when == "Maandag 22.00–2.00 uur (volgende dag)"


def test_a_place_tells_when_it_is_open_and_whether_it_is_now():
    places = {"places": [{**HALL, "opening_hours": opening_hours()}, {**LIBRARY}]}
    line = building_hours(places, NOW, None)["1"]
    assert line.is_open
    assert line.now == f"Nu open, tot 17.00{O_CLOCK}"
    assert line.when.startswith("Maandag 9.00–17.00 uur")
    assert line.opens is None
    brief = timetables.in_brief(organisation(opening_hours()), NOW, None)
    assert brief.now == line.now


def test_an_organisation_that_is_closed_by_a_notice_is_not_open():
    line = own_hours(organisation(opening_hours(), [closed("2026-12-01")]), NOW, None)
    assert (line.is_open, line.now) == (False, "Nu gesloten")
    assert line.opens.day == "Maandag 7 december"


def test_the_hours_of_a_building_are_not_told_twice():
    assert building_hours(organisation(opening_hours(), opens_with_building=True), NOW, None) == {}


def test_a_place_of_which_the_hours_are_not_known_tells_none():
    places = {"places": [{**HALL, "opening_hours": opening_hours()}, {**LIBRARY}]}
    evening = building_hours(places, NOW.replace(hour=18), None)
    assert (evening["1"].is_open, evening["1"].now) == (False, "Nu gesloten")
    assert set(evening) == {"1"}
