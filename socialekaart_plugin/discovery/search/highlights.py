"""Showing in the name and the text what was looked for."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from socialekaart_plugin.discovery.documents.plain_text import paragraphs
from socialekaart_plugin.discovery.query.plan import Alternative, Clause
from socialekaart_plugin.language import Analyzer
from socialekaart_plugin.publication.rules import Payload

#: Pieces of a text, and whether each is what was looked for.
Pieces = tuple[tuple[str, bool], ...]

#: A word as it is written, with what stands within it ("foto's").
_WORD = re.compile(r"\+?\w+(?:['’]\w+|&\w\b)*[+#]*")
#: Characters shown of a description, and before the first word that was found in it.
_SHOWN, _BEFORE = 240, 80
#: So many words as they are written are remembered.
_MOST_WORDS = 32_768
#: And of so many texts that all their words are.
_MOST_TEXTS = 131_072


class Highlighter:
    """Finds the words of a plan in texts."""

    def __init__(self, clauses: Iterable[Clause], analyzer: Analyzer) -> None:
        """Look for what these clauses look for."""
        self._written = _written_words(analyzer)
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
        found = self._written.found_by(self._wanted, text)
        # Most texts have none of them: seen by looking for letters, before words are taken apart.
        if not any(word in text for word in found):
            return ((text, False),) if text else ()
        pieces: list[tuple[str, bool]] = []
        end = 0
        for match in _WORD.finditer(text):
            if match[0] in found:
                if match.start() > end:
                    pieces.append((text[end : match.start()], False))
                pieces.append((match[0], True))
                end = match.end()
        if end < len(text):
            pieces.append((text[end:], False))
        return tuple(pieces)


@dataclass
class _Read:
    """Words that were read, and by every key those that it finds; a word stands there first.

    Of texts whose words are all read their hash stands in `texts`.
    """

    texts: set[int] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    by_key: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


class WrittenWords:
    """Words as they are written: of a page all are looked at, and the next has most of them again.

    Safe to share between threads.
    """

    def __init__(
        self, analyzer: Analyzer, *, most_words: int = _MOST_WORDS, most_texts: int = _MOST_TEXTS
    ) -> None:
        """Have read nothing yet.

        Args:
            analyzer: gives the stems of words.
            most_words: so many are remembered.
            most_texts: of so many texts is remembered that all their words are.
        """
        self._analyzer = analyzer
        self._most_words, self._most_texts = most_words, most_texts
        self._read = _Read()

    def found_by(self, wanted: set[str], text: str) -> set[str]:
        """Return words that are found by one of these keys; of a text at least all that it has."""
        read = self._read_text(text)
        found: set[str] = set()
        for key in wanted:
            if written := read.by_key.get(key):
                found |= written
        return found

    def _read_text(self, text: str) -> _Read:
        """Return what was read, this text as well."""
        read, mark = self._read, hash(text)
        if mark in read.texts:
            return read
        words = set(_WORD.findall(text))
        if new := words - read.words:
            if len(read.words) + len(new) > self._most_words:
                # Others go on with what they have.
                read = self._read = _Read()
            for word in words - read.words:
                for key in _keys_of(self._analyzer, word):
                    read.by_key[key].add(word)
                read.words.add(word)
        if len(read.texts) >= self._most_texts:
            read.texts.clear()
        read.texts.add(mark)
        return read


@lru_cache(maxsize=2)
def _written_words(analyzer: Analyzer) -> WrittenWords:
    return WrittenWords(analyzer)


def _as_is(word: str) -> str:
    """Mark a folded word that is looked for in just this form, so that it is no stem."""
    return f"={word}"


def _keys_of(analyzer: Analyzer, written: str) -> tuple[str, ...]:
    """Return by what a word as it is written can be found."""
    read = analyzer.terms(written)
    terms = [*read, *(analyzer.term(term.joined) for term in read if term.joined)]
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
