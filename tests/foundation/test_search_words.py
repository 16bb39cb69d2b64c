"""What someone typed, as words for any engine."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialekaart_plugin.foundation.search_words import (
    MOST_CHARACTERS,
    MOST_WORDS,
    search_words,
)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("koffie drinken", ["koffie", "drinken"]),
        ("koffie - thee", ["koffie", "thee"]),
        ("e-mail  naar\ta.b@example.com", ["e-mail", "naar", "a.b@example.com"]),
        ("'s ochtends", ["'s", "ochtends"]),
        ('"', []),
        ('"samen eten"', ["samen", "eten"]),
        ("a\\b", ["a", "b"]),
        ("\0a\0", ["a"]),
        ("\ud800x", ["x"]),
        ("( ) * : ^ 👩‍👩‍👧", []),
        ("المقهى café", ["المقهى", "café"]),
        ("", []),
    ],
)
def test_words_are_kept_and_grammar_is_left_out(typed, words):
    assert search_words(typed) == words


def test_of_very_many_words_the_first_are_kept():
    assert search_words("woord " * 600) == ["woord"] * MOST_WORDS
    assert search_words("a b c", at_most=2) == ["a", "b"]


@given(st.text() | st.text(alphabet="\"'\\\0 ab()*-\ud800", max_size=60))
def test_whatever_is_typed_gives_few_words_of_readable_signs(text):
    words = search_words(text)
    assert len(words) <= MOST_WORDS
    assert sum(map(len, words)) <= MOST_CHARACTERS
    for word in words:
        assert word
        assert word.encode()
        assert not set(word) & set('"\\\0 ')
        assert word in text
