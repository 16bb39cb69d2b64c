"""Splits a query into words and quoted phrases."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from socialekaart_plugin.language import Analyzer, Term, with_initials_closed

from .limits import QUERY_MAX_WORDS

# Pairs of quotes as used in the Netherlands, Germany and France.
_QUOTED = re.compile('"([^"]*)"|“([^“”"]*)[”"]|„([^„”“"]*)[”“"]|«([^«»]*)»|”([^”]*)”')


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a query.

    Attributes:
        typed: as typed, without punctuation.
        term: its analysis.
        run: increases at each quoted phrase: words of different runs are not adjacent.
    """

    typed: str
    term: Term
    run: int = 0

    @property
    def word(self) -> str:
        """The word, folded."""
        return self.term.word

    @property
    def stem(self) -> str:
        """Its stem."""
        return self.term.stem


@dataclass(frozen=True, slots=True)
class TypedWords:
    """What was typed.

    Attributes:
        words: outside quotes, in order, with stop words.
        phrases: quoted; never empty.
    """

    words: tuple[Word, ...]
    phrases: tuple[tuple[Word, ...], ...]


def quoted(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and content of each quoted phrase.

    A single quote is ignored.
    """
    for found in _QUOTED.finditer(text):
        yield found.start(), found.end(), found[found.lastindex or 0]


def read_words(text: str, analyzer: Analyzer) -> TypedWords:
    """Split a text into at most `QUERY_MAX_WORDS` words, stop words not counted."""
    words: list[Word] = []
    phrases: list[tuple[Word, ...]] = []
    room = QUERY_MAX_WORDS
    begin = run = 0
    for start, end, inside in [*quoted(text), (len(text), len(text), "")]:
        before = _limited(_words(text[begin:start], analyzer, run), room)
        room -= sum(not word.term.is_stop for word in before)
        phrase = tuple(_words(inside, analyzer, run))[:room]
        room -= len(phrase)
        words += before
        phrases += [phrase] if phrase else []
        begin, run = end, run + 1
    return TypedWords(tuple(words), tuple(phrases))


def _words(text: str, analyzer: Analyzer, run: int) -> Iterator[Word]:
    for piece in with_initials_closed(text).split():
        found = analyzer.terms(piece)
        for term in found:
            typed = piece.strip("\"'“”„«».,;:!?()[]") if len(found) == 1 else term.word
            yield Word(typed or term.word, term, run)


def _limited(words: Iterator[Word], most: int) -> list[Word]:
    """Return words, with at most `most` that are no stop words."""
    kept: list[Word] = []
    for word in words:
        most -= not word.term.is_stop
        if most < 0:
            break
        kept.append(word)
    return kept
