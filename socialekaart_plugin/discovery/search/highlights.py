"""Showing in the name and the text what was looked for."""

import re
from collections.abc import Iterable, Iterator

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
        self._analyzer = analyzer
        self._stems: set[str] = set()
        self._words: set[str] = set()
        #: Words as written, and whether each is looked for: the same ones come back and back.
        self._known: dict[str, bool] = {}
        for alternative in _alternatives(clauses):
            (self._words if alternative.is_literal else self._stems).update(alternative.tokens)

    def name(self, payload: Payload) -> Pieces:
        """Return the name in pieces."""
        return self._pieces(payload["name"])

    def snippet(self, payload: Payload) -> Pieces:
        """Return the summary in pieces, or the part of the description where it was found."""
        summary = self._pieces(payload["summary"])
        if self._is_found(summary) or not (self._stems or self._words):
            return summary
        for paragraph in paragraphs(payload["description"]):
            pieces = self._pieces(paragraph)
            if self._is_found(pieces):
                return _cut(pieces)
        return summary

    def _is_found(self, pieces: Pieces) -> bool:
        return any(is_found for _text, is_found in pieces)

    def _pieces(self, text: str) -> Pieces:
        pieces: list[tuple[str, bool]] = []
        end = 0
        for match in _WORD.finditer(text):
            if self._is_written_of(match[0]):
                if match.start() > end:
                    pieces.append((text[end : match.start()], False))
                pieces.append((match[0], True))
                end = match.end()
        if end < len(text):
            pieces.append((text[end:], False))
        return tuple(pieces)

    def _is_written_of(self, written: str) -> bool:
        is_found = self._known.get(written)
        if is_found is None:
            is_found = any(map(self._is_looked_for, folded_words(written)))
            self._known[written] = is_found
        return is_found

    def _is_looked_for(self, word: str) -> bool:
        if word in self._words:
            return True
        term = self._analyzer.term(word)
        return term.stem in self._stems or any(part in self._stems for part in term.parts)


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
