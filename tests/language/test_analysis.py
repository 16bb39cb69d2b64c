"""The analyzer: a text in, terms out, the same for a record and for a query."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialekaart_plugin.language import (
    STANDARD_COMPOUNDS,
    Analyzer,
    Term,
    analysis,
    folded_words,
)
from socialekaart_plugin.language.word_lists import STOP_WORDS

ANALYZER = Analyzer(frozenset(STANDARD_COMPOUNDS))


def test_a_text_gives_every_word_in_order() -> None:
    assert ANALYZER.terms("Ik zoek een Taalmaatje") == [
        Term("ik", "ik", (), True),
        Term("zoek", "zoek", (), True),
        Term("een", "een", (), True),
        Term("taalmaatje", "taalmaatje", ("taal", "maatje"), False),
    ]


@pytest.mark.parametrize(
    "sentence",
    ["waar kan ik", "hoe krijg ik", "ik heb nodig", "wie helpt mij met", "ik ben op zoek naar een"],
)
def test_how_a_question_begins_is_left_out(sentence: str) -> None:
    meant = [term.word for term in ANALYZER.terms(sentence) if not term.is_stop]

    assert meant in ([], ["helpt"])


@pytest.mark.parametrize(
    "word",
    [
        "hulp",
        "help",
        "alleen",
        "samen",
        "thuis",
        "gratis",
        "buiten",
        "binnen",
        "werk",
        "oud",
        "jong",
        "vrij",
        "open",
        "nieuw",
        "praten",
    ],
)
def test_a_word_that_says_something_is_no_stop_word(word: str) -> None:
    assert not ANALYZER.term(word).is_stop


def test_stop_words_are_folded_words() -> None:
    assert {word for word in STOP_WORDS if folded_words(word) != [word]} == set()


@given(st.text(max_size=500))
def test_any_text_is_read_and_a_reading_repeats(text: str) -> None:
    terms = ANALYZER.terms(text)

    assert [term.word for term in terms] == folded_words(text)
    assert terms == ANALYZER.terms(text)
    assert all(0 < len(term.stem) <= 80 for term in terms)


@given(st.text(max_size=100))
def test_one_word_at_a_time_is_the_same_as_the_text(text: str) -> None:
    assert [ANALYZER.term(word) for word in folded_words(text)] == ANALYZER.terms(text)


def test_the_mark_differs_with_the_list_and_with_nothing_else() -> None:
    assert Analyzer(frozenset({"taal", "les"})).mark == Analyzer(frozenset({"les", "taal"})).mark
    assert Analyzer(frozenset({"taal"})).mark != Analyzer(frozenset({"taal", "les"})).mark
    assert len(ANALYZER.mark) == 16


def test_the_mark_differs_when_the_stems_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis, "LISTS_MARK", "other lists")

    assert Analyzer(frozenset(STANDARD_COMPOUNDS)).mark != ANALYZER.mark


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis, "_CACHE_SIZE", 10)
    analyzer = Analyzer(frozenset())

    first = analyzer.term("woord0")
    assert analyzer.term("woord0") is first
    for number in range(1, 100):
        assert analyzer.term(f"woord{number}").word == f"woord{number}"

    # It was forgotten, and is read again.
    assert analyzer.term("woord0") is not first


def test_a_word_longer_than_any_is_cut() -> None:
    assert len(ANALYZER.term("x" * 10_000).word) == 64


def test_threads_read_the_same() -> None:
    words = [f"{one}{other}en" for one in ("huis", "les", "taal") for other in STANDARD_COMPOUNDS]
    expected = [ANALYZER.term(word) for word in words]
    shared = Analyzer(frozenset(STANDARD_COMPOUNDS))
    readings: list[list[Term]] = []

    def read() -> None:
        readings.append([shared.term(word) for word in words])

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert readings == [expected] * 4
