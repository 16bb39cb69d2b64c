import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialekaart_plugin.discovery.rules import (
    QUERY_MAX_LENGTH,
    QUERY_MAX_WORDS,
    fold,
    query_words,
)

budget = settings(max_examples=100, deadline=None, derandomize=True)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Café Één", "cafe een"),
        ("coördinatie", "coordinatie"),
        ("STRASSE straße", "strasse strasse"),
        ("taal-café, 't Huis!", "taal cafe t huis"),
        ("  veel   wit\n\t ", "veel wit"),
        ("İstanbul", "istanbul"),
        ("ﬁets", "fiets"),
        ("Ｂｕｕｒｔ", "buurt"),
        ("079-123 45 67", "079 123 45 67"),
        ("", ""),
        ("?!%'\"", ""),
    ],
)
def test_text_is_folded(text, folded):
    assert fold(text) == folded


@budget
@given(text=st.text(max_size=300))
def test_folded_text_is_words_with_single_spaces_between(text):
    folded = fold(text)
    assert re.fullmatch(r"(?:\w+(?: \w+)*)?", folded)
    assert not any(unicodedata.combining(char) for char in folded)


@budget
@given(text=st.text(max_size=300))
def test_accents_make_no_difference_however_they_are_written(text):
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


@budget
@given(text=st.text(max_size=300))
def test_folding_what_is_folded_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@budget
@given(text=st.text(max_size=3000))
def test_the_words_of_a_query_are_bounded(text):
    words = query_words(text)
    assert len(words) <= QUERY_MAX_WORDS
    assert query_words(text[:QUERY_MAX_LENGTH]) == words
    assert all(words)


def test_a_query_of_many_words_is_cut():
    assert query_words(" ".join(str(number) for number in range(100))) == list("0123456789")
