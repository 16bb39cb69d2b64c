"""Showing in the name and the text what was looked for."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from itertools import chain

from socialekaart_plugin.discovery.documents.text import paragraphs
from socialekaart_plugin.discovery.language import Analyzer, folded_words
from socialekaart_plugin.discovery.planning.plan import Alternative, Clause
from socialekaart_plugin.publication.rules import Payload

#: Pieces of a text, and whether each is what was looked for.
Pieces = tuple[tuple[str, bool], ...]

#: A word as it is written, with what stands within it ("foto's").
_WORD = re.compile(r"\w+(?:['’]\w+)*")
#: Characters shown of a description, and before the first word that was found in it.
_SHOWN, _BEFORE = 240, 80


class Highlighter:
    """Finds the words of a plan in texts."""

    def __init__(self, clauses: Iterable[Clause], analyzer: Analyzer) -> None:
        """Look for what these clauses look for."""
        #: Gives for a word, as it is written, by what it can be found.
        self._keys = partial(_keys_of, analyzer)
        self._wanted = {
            _as_is(token) if alternative.is_literal else token
            for alternative in _alternatives(clauses)
            for token in alternative.tokens
        }

    def name(self, payload: Payload) -> Pieces:
        """Return the name in pieces."""
        return self._pieces(payload["name"])

    def snippet(self, payload: Payload) -> Pieces:
        """Return the summary in pieces, or the part of the description where it was found."""
        summary = self._pieces(payload["summary"])
        if self._is_found(summary) or not self._wanted:
            return summary
        for paragraph in paragraphs(payload["description"]):
            pieces = self._pieces(paragraph)
            if self._is_found(pieces):
                return _cut(pieces)
        return summary

    def _is_found(self, pieces: Pieces) -> bool:
        return any(is_found for _text, is_found in pieces)

    def _pieces(self, text: str) -> Pieces:
        words = set(_WORD.findall(text))
        if self._wanted.isdisjoint(chain.from_iterable(map(self._keys, words))):
            return ((text, False),) if text else ()
        pieces: list[tuple[str, bool]] = []
        end = 0
        for match in _WORD.finditer(text):
            if not self._wanted.isdisjoint(self._keys(match[0])):
                if match.start() > end:
                    pieces.append((text[end : match.start()], False))
                pieces.append((match[0], True))
                end = match.end()
        if end < len(text):
            pieces.append((text[end:], False))
        return tuple(pieces)


def _as_is(word: str) -> str:
    """Mark a folded word that is looked for in just this form, so that it is no stem."""
    return f"={word}"


# Of a page all words are looked at, and the next page has most of them again.
@lru_cache(maxsize=32_768)
def _keys_of(analyzer: Analyzer, written: str) -> tuple[str, ...]:
    """Return by what a word as it is written can be found."""
    terms = [analyzer.term(word) for word in folded_words(written)]
    return tuple(key for term in terms for key in (_as_is(term.word), term.stem, *term.parts))


def _alternatives(clauses: Iterable[Clause]) -> Iterator[Alternative]:
    for clause in clauses:
        for alternative in clause.alternatives:
            yield alternative
            yield from _alternatives(alternative.clauses)


def _cut(pieces: Pieces) -> Pieces:
    """Return the part of a text around what was found in it."""
    (first, is_found), *rest = pieces
    if not is_found and len(first) > _BEFORE:
        kept = first[-_BEFORE:].partition(" ")[2]
        pieces = ((f"… {kept}", False), *rest)
    shown: list[tuple[str, bool]] = []
    room = _SHOWN
    for text, is_match in pieces:
        if len(text) > room:
            shown.append((text[:room].rpartition(" ")[0] + " …", is_match))
            break
        shown.append((text, is_match))
        room -= len(text)
    return tuple(shown)
