import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialekaart_plugin.discovery.query import parse_times
from socialekaart_plugin.discovery.query.plan import When

MONDAY = datetime.date(2026, 11, 23)


def day(ahead):
    return MONDAY + datetime.timedelta(ahead)


def dates(*ahead, parts=()):
    return When(dates=tuple(map(day, ahead)), parts=parts)


def weekdays(*days, parts=()):
    return When(weekdays=days, parts=parts)


EVENING, AFTERNOON, MORNING = ("evening",), ("afternoon",), ("morning",)
NOW = When(now=True)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("vandaag", dates(0)),
        ("morgen", dates(1)),
        ("overmorgen", dates(2)),
        ("vanavond", dates(0, parts=EVENING)),
        ("van avond", dates(0, parts=EVENING)),
        ("vanmiddag", dates(0, parts=AFTERNOON)),
        ("vanochtend", dates(0, parts=MORNING)),
        ("vanmorgen", dates(0, parts=MORNING)),
        ("morgenavond", dates(1, parts=EVENING)),
        ("morgen middag", dates(1, parts=AFTERNOON)),
        ("vandaag en morgen", dates(0, 1)),
        ("deze week", dates(*range(7))),
        ("volgende week", dates(*range(7, 14))),
        ("volgende week dinsdag", dates(8)),
        ("dinsdag volgende week", dates(8)),
        ("dit weekend", dates(5, 6)),
        ("volgend weekend", dates(12, 13)),
        ("komende dinsdag", dates(1)),
        ("aanstaande dinsdagavond", dates(1, parts=EVENING)),
        ("komende maandag", dates(7)),
        ("deze maandag", dates(0)),
        ("volgende dinsdag", dates(8)),
        ("today", dates(0)),
        ("tonight", dates(0, parts=EVENING)),
        ("tomorrow", dates(1)),
        ("this afternoon", dates(0, parts=AFTERNOON)),
    ],
)
def test_days_near_today_are_dates(text, when):
    assert parse_times(text, MONDAY) == (when, text, "")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("23 november", (2026, 11, 23)),
        ("22 november", (2027, 11, 22)),
        ("23 november 2026", (2026, 11, 23)),
        ("op 3 dec", (2026, 12, 3)),
        ("donderdag 3 december", (2026, 12, 3)),
        ("29 februari", (2028, 2, 29)),
        ("23-11", (2026, 11, 23)),
        ("24/11", (2026, 11, 24)),
        ("op 5-6", (2027, 6, 5)),
        ("vrijdag 4-12", (2026, 12, 4)),
        ("01-12-2026", (2026, 12, 1)),
        ("1-12-26", (2026, 12, 1)),
        ("2026-12-01", (2026, 12, 1)),
        ("december 1st", (2026, 12, 1)),
    ],
)
def test_a_date_without_a_year_is_the_first_that_comes(text, date):
    assert parse_times(text, MONDAY) == (When(dates=(datetime.date(*date),)), text, "")


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("dinsdag", weekdays(1)),
        ("dinsdags", weekdays(1)),
        ("op dinsdag", weekdays(1)),
        ("elke dinsdag", weekdays(1)),
        ("Dinsdag", weekdays(1)),
        ("dinsdagavond", weekdays(1, parts=EVENING)),
        ("dinsdagavonden", weekdays(1, parts=EVENING)),
        ("dinsdag avond", weekdays(1, parts=EVENING)),
        ("dinsdag 's avonds", weekdays(1, parts=EVENING)),
        ("dinsdag-middag", weekdays(1, parts=AFTERNOON)),
        ("dinsdagochtend", weekdays(1, parts=MORNING)),
        ("dinsdagmorgen", weekdays(1, parts=MORNING)),
        ("di-avond", weekdays(1, parts=EVENING)),
        ("wo middag", weekdays(2, parts=AFTERNOON)),
        ("dinsdag en donderdag", weekdays(1, 3)),
        ("maandag/dinsdag", weekdays(0, 1)),
        ("maandag t/m vrijdag", weekdays(0, 1, 2, 3, 4)),
        ("ma-vr", weekdays(0, 1, 2, 3, 4)),
        ("zaterdag t/m maandag", weekdays(0, 5, 6)),
        ("weekend", weekdays(5, 6)),
        ("in het weekend", weekdays(5, 6)),
        ("doordeweeks", weekdays(0, 1, 2, 3, 4)),
        ("door de week", weekdays(0, 1, 2, 3, 4)),
        ("monday", weekdays(0)),
        ("monday evening", weekdays(0, parts=EVENING)),
        ("weekdays", weekdays(0, 1, 2, 3, 4)),
        ("'s avonds", When(parts=EVENING)),
        ("’s avonds", When(parts=EVENING)),
        ("avonds", When(parts=EVENING)),
        ("'s morgens", When(parts=MORNING)),
        ("in de middag", When(parts=AFTERNOON)),
        ("overdag", When(parts=(*MORNING, *AFTERNOON))),
    ],
)
def test_days_of_the_week_and_parts_of_the_day_come_back_every_week(text, when):
    assert parse_times(text, MONDAY) == (when, text, "")


@pytest.mark.parametrize(
    ("text", "matched", "rest"),
    [
        ("nu", "nu", ""),
        ("nu open", "nu open", ""),
        ("open nu voedselbank", "open nu", "voedselbank"),
        ("apotheek is nu open", "is nu open", "apotheek"),
        ("wie is er nu nog open", "wie is er nu nog open", ""),
        ("voedselbank nu geopend", "nu geopend", "voedselbank"),
        ("spreekuur nu", "nu", "spreekuur"),
        ("food bank open now", "open now", "food bank"),
    ],
)
def test_now_is_what_is_open_now(text, matched, rest):
    assert parse_times(text, MONDAY) == (NOW, matched, rest)


@pytest.mark.parametrize(
    "text",
    [
        "Avondvierdaagse",
        "avond vierdaagse",
        "Zondagmiddagconcert",
        "Morgenster",
        "De Morgen",
        "goede morgen",
        "Goede Vrijdag",
        "Witte Donderdag",
        "Black Friday",
        "taal-avond",
        "een avond uit",
        "di",
        "Stichting Di Bella",
        "zo kan het ook",
        "do something",
        '"dinsdag" koffie',
        "“open nu”",
        "«dinsdagavond» groep",
        "ik heb nu hulp nodig",
        "wat nu",
        "afgelopen dinsdag",
        "kinderen 4-12 jaar",
        "kinderen 4-12",
        "12-8 jaar",
        "24/7 hulp",
        "31-2",
        "2711 AB",
        "99-99-9999",
        "06-12345678",
        "",
        "?!",
    ],
)
def test_names_ages_and_quotes_are_left_as_they_are(text):
    assert parse_times(text, MONDAY) == (When(), "", text)


@pytest.mark.parametrize(
    ("text", "matched", "rest"),
    [
        ("yoga op dinsdagavond in Rokkeveen", "op dinsdagavond", "yoga in Rokkeveen"),
        ("koffie, dinsdag.", "dinsdag.", "koffie"),
        ("dinsdag koffie of donderdag", "dinsdag donderdag", "koffie of"),
        ("open op zondag", "open op zondag", ""),
        ("zondag open", "zondag open", ""),
        ("is er vanavond nog iets open", "vanavond nog iets open", "is er"),
        ("open eettafel zondag", "zondag", "open eettafel"),
        ('"samen eten" dinsdag', "dinsdag", '"samen eten"'),
        ("spelletjes avond", "avond", "spelletjes"),
    ],
)
def test_the_other_words_stay(text, matched, rest):
    _when, found, left = parse_times(text, MONDAY)
    assert (found, left) == (matched, rest)


def test_this_week_on_its_last_day_is_that_day():
    sunday = day(6)
    assert parse_times("deze week", sunday)[0] == When(dates=(sunday,))
    assert parse_times("dit weekend", sunday)[0] == When(dates=(sunday,))


def test_a_weekday_of_this_week_that_is_over_is_such_a_day_of_any_week():
    assert parse_times("deze week dinsdag", day(3)) == (weekdays(1), "deze week dinsdag", "")


PIECES = """
op dinsdag avond 's avonds nu open morgen 23-11 23 november volgende week " “ ” t/m ma vr
/ , yoga is er
"""


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(PIECES.split()), max_size=12).map(" ".join) | st.text(max_size=300))
def test_any_text_is_read_and_what_is_left_was_typed(text):
    when, matched, rest = parse_times(text, MONDAY)
    assert bool(when) == bool(matched)
    assert set(rest) <= set(text) | {" "}
    if not when:
        assert rest == text
