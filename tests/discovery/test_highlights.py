"""What a highlighter remembers of texts that it read changes nothing in what it shows."""

import tracemalloc

import pytest

from socialekaart_plugin.discovery.query.plan import Alternative, Clause
from socialekaart_plugin.discovery.search.highlights import Highlighter, WrittenWords
from socialekaart_plugin.language import STANDARD_COMPOUNDS, Analyzer


@pytest.fixture
def analyzer():
    """One that has read nothing yet."""
    return Analyzer(frozenset(STANDARD_COMPOUNDS))


def marked(analyzer, text, *stems, is_literal=False):
    alternatives = tuple(Alternative(tokens=(stem,), is_literal=is_literal) for stem in stems)
    clauses = [Clause(" ".join(stems), alternatives)] if stems else []
    return [
        piece for piece, is_found in Highlighter(clauses, analyzer).name({"name": text}) if is_found
    ]


TEXT = "Samen wandelen: wandelaars en een wandeling, in Wandelgroep 't Pad."


def test_every_form_of_a_word_is_marked_and_no_other(analyzer):
    stem = analyzer.term("wandelen").stem
    found = marked(analyzer, TEXT, stem)
    assert "wandelen" in found
    assert marked(analyzer, TEXT, analyzer.term("pad").stem) == ["Pad"]
    # Another question about a text that was read before.
    assert marked(analyzer, TEXT, stem) == found
    assert marked(analyzer, TEXT, analyzer.term("zwemmen").stem) == []
    assert marked(analyzer, TEXT) == []


def test_letters_within_another_word_are_not_the_word(analyzer):
    stem = analyzer.term("pad").stem
    assert marked(analyzer, "Het pad", stem) == ["pad"]
    assert marked(analyzer, "Paddenstoelen en padvinders", stem) == []
    assert marked(analyzer, "Het PAD langs paden", stem)[:1] == ["PAD"]


def test_a_form_that_another_text_brings_is_marked_in_texts_read_before(analyzer):
    stem = analyzer.term("fiets").stem
    assert marked(analyzer, "Een fiets lenen", stem) == ["fiets"]
    assert marked(analyzer, "Alle fietsen gratis", stem) == ["fietsen"]
    assert marked(analyzer, "Een fiets lenen", stem) == ["fiets"]


def test_a_word_in_just_this_form(analyzer):
    assert marked(analyzer, "Kaart en kaarten", "kaart", is_literal=True) == ["Kaart"]


@pytest.mark.parametrize("bound", ["most_words", "most_texts"])
def test_what_no_longer_fits_is_read_again(analyzer, bound):
    words, stem = WrittenWords(analyzer, **{bound: 3}), analyzer.term("fiets").stem
    for _ in range(2):
        for text in ("Een fiets", "Twee fietsen", "Drie oude fietsen", "Een fiets te leen"):
            assert words.found_by({stem}, text) & set(text.split())


def test_words_that_no_longer_fit_are_forgotten(analyzer):
    words, stem = WrittenWords(analyzer, most_words=3), analyzer.term("fiets").stem
    assert words.found_by({stem}, "Een fiets") == {"fiets"}
    assert words.found_by({stem}, "Drie oude fietsen") == {"fietsen"}


def test_texts_that_no_longer_fit_take_no_room(analyzer):
    words = WrittenWords(analyzer, most_texts=100)
    signs = str.maketrans("01", "!?")
    words.found_by({"fiets"}, "Een fiets")
    tracemalloc.start()
    try:
        for number in range(10_000):
            words.found_by({"fiets"}, f"Een fiets {number:b}".translate(signs))
        grown, _peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # Of ten thousand texts the hashes alone take half a megabyte.
    assert grown < 100_000
