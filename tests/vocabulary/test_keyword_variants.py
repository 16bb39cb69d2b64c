"""Which keywords may be one word written in two ways."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialekaart_plugin.language.word_keys import spelling_key
from socialekaart_plugin.vocabulary.keyword_variants import look_alikes


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("wandelen", "Wandelen"),
        ("café", "cafe"),
        ("koffie-ochtend", "koffieochtend"),
        ("foto", "foto's"),
        ("taal", "talen"),
        ("huis", "huizen"),
        ("les", "lessen"),
        ("cursus", "cursussen"),
        ("brief", "brieven"),
        ("vrijwilliger", "vrijwilligers"),
        ("mantelzorger", "mantelzorgr"),
    ],
)
def test_two_ways_of_writing_one_keyword_are_told(first, second):
    assert look_alikes([first, "iets anders", second]) == {first: [second], second: [first]}


@pytest.mark.parametrize(
    ("first", "second"),
    [("groep 7", "groep 8"), ("taal", "tafel"), ("zorg", "zang"), ("geld", "held"), ("bus", "bad")],
)
def test_different_keywords_are_left_alone(first, second):
    assert look_alikes([first, second]) == {}


def test_keywords_in_another_script_are_read_too():
    language, sport = "لغة", "رياضة"
    assert spelling_key(language) != spelling_key(sport)
    assert look_alikes(["18+", "18-", "C", "C++"]) == {}
    assert look_alikes([language, sport]) == {}
    assert look_alikes(["رِياضة", sport]) == {
        "رِياضة": [sport],
        sport: ["رِياضة"],
    }


@settings(max_examples=60)
@given(st.sets(st.text(min_size=1, max_size=12), max_size=12))
def test_resembling_is_mutual_and_never_oneself(words):
    found = look_alikes(words)
    for word, others in found.items():
        assert word not in others
        assert all(word in found[other] for other in others)


@given(st.text(max_size=20))
def test_any_text_has_a_key(word):
    assert spelling_key(word) == spelling_key(word.upper().lower()) or not word.isascii()
