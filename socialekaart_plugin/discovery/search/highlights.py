"""Highlights: marks the matching words in names and texts."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from socialekaart_plugin.discovery.documents.plain_text import paragraphs
from socialekaart_plugin.discovery.query.plan import Alternative, Clause
from socialekaart_plugin.language import Analyzer
from socialekaart_plugin.publication.rules import Payload

#: Pieces of a text, and whether each is a match.
Pieces = tuple[tuple[str, bool], ...]

#: A word as written, with punctuation inside it ("foto's").
_WORD = re.compile(r"\+?\w+(?:['’]\w+|&\w\b)*[+#]*")
#: Characters shown of a description, and before its first match.
_SHOWN, _BEFORE = 240, 80
#: Size of the cache of words.
_MOST_WORDS = 32_768
#: Size of the cache of texts whose words are all cached.
_MOST_TEXTS = 131_072


class Highlighter:
    """Finds the words of a query plan in texts."""

    def __init__(self, clauses: Iterable[Clause], analyzer: Analyzer) -> None:
        """Highlight matches of these clauses."""
        self._written = _written_words(analyzer)
        self._wanted = {
            _as_is(token) if alternative.is_literal else token
            for alternative in _alternatives(clauses)
            for token in alternative.tokens
        }

    def name(self, payload: Payload) -> Pieces:
        """Return the highlighted name."""
        return self._pieces(payload["name"])

    def snippet(self, payload: Payload) -> Pieces:
        """Return the highlighted summary, or the part of the description around the first match."""
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
        # Fast path: most texts have no match.
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
    """The cache: words by the keys that match them; a word is added to `by_key` first.

    `texts` holds the hashes of texts whose words are all cached.
    """

    texts: set[int] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    by_key: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


class WrittenWords:
    """Caches by which keys written words match: pages of results share most of their words.

    Thread-safe.
    """

    def __init__(
        self, analyzer: Analyzer, *, most_words: int = _MOST_WORDS, most_texts: int = _MOST_TEXTS
    ) -> None:
        """Start empty.

        Args:
            analyzer: gives the stems of words.
            most_words: size of the cache of words.
            most_texts: size of the cache of texts whose words are all cached.
        """
        self._analyzer = analyzer
        self._most_words, self._most_texts = most_words, most_texts
        self._read = _Read()

    def found_by(self, wanted: set[str], text: str) -> set[str]:
        """Return cached words that match any of these keys, including all such words of a text."""
        read = self._read_text(text)
        found: set[str] = set()
        for key in wanted:
            if written := read.by_key.get(key):
                found |= written
        return found

    def _read_text(self, text: str) -> _Read:
        """Return the cache, with the words of this text added."""
        read, mark = self._read, hash(text)
        if mark in read.texts:
            return read
        words = set(_WORD.findall(text))
        if new := words - read.words:
            if len(read.words) + len(new) > self._most_words:
                # Other threads keep using the old cache.
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
    """Mark a word as an exact form, to tell it from a stem."""
    return f"={word}"


def _keys_of(analyzer: Analyzer, written: str) -> tuple[str, ...]:
    """Return the keys that match a written word: exact form, stem, parts."""
    read = analyzer.terms(written)
    terms = [*read, *(analyzer.term(term.joined) for term in read if term.joined)]
    return tuple(key for term in terms for key in (_as_is(term.word), term.stem, *term.parts))


def _alternatives(clauses: Iterable[Clause]) -> Iterator[Alternative]:
    for clause in clauses:
        for alternative in clause.alternatives:
            yield alternative
            yield from _alternatives(alternative.clauses)


def _cut(pieces: Pieces) -> Pieces:
    """Return the excerpt of a text around its first match."""
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
