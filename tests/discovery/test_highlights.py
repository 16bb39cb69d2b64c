"""What a highlighter remembers of texts that it read changes nothing in what it shows."""

import pytest

from socialekaart_plugin.discovery.query.plan import Alternative, Clause
from socialekaart_plugin.discovery.search import highlights
from socialekaart_plugin.discovery.search.highlights import Highlighter
from socialekaart_plugin.language import STANDARD_COMPOUNDS, Analyzer


@pytest.fixture(autouse=True)
def nothing_read():
    highlights._written_words.cache_clear()


@pytest.fixture(scope="module")
def analyzer():
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


@pytest.mark.parametrize("bound", ["_MOST_WORDS", "_MOST_TEXTS"])
def test_what_no_longer_fits_is_read_again(analyzer, monkeypatch, bound):
    monkeypatch.setattr(highlights, bound, 3)
    stem = analyzer.term("fiets").stem
    for _ in range(2):
        for text in ("Een fiets", "Twee fietsen", "Drie oude fietsen", "Een fiets te leen"):
            assert len(marked(analyzer, text, stem)) == 1
    read = highlights._written_words(analyzer)._read
    assert len(read.texts) <= 3
