"""The analyzer: turns text into terms, each with a stem and the parts of a compound."""

import hashlib
import re
from dataclasses import dataclass, replace

from .decompounding import MINIMUM_LENGTH, CompoundSplitter
from .folding import LONGEST_WORD, folded_words, folded_words_and_joined
from .stemming import STEMMING_VERSION, stem
from .word_lists import LISTS_MARK, STOP_WORDS

#: Cache size in words, about 17 MB.
_CACHE_SIZE = 65_536
#: A number joined to a word, in either order: "12stappen", "55plus", "plus55".
_NUMBERED = re.compile(r"(\d+)([^\W\d_]{3,})|([^\W\d_]{3,})(\d+)")


@dataclass(frozen=True, slots=True)
class Term:
    """An analysed word.

    Attributes:
        word: the folded word.
        stem: the part that its inflected forms share.
        parts: stems of the parts of a compound; for three or more parts also the stems of each
            pair of neighbours. Empty when it is not a compound.
        is_stop: whether it is a stop word.
        joined: the word with its apostrophe suffix: "zoes" for "Zoë's"; else empty.
    """

    word: str
    stem: str
    parts: tuple[str, ...] = ()
    is_stop: bool = False
    joined: str = ""


class _Remembered(dict[str, Term]):
    """A cache of terms; computes missing ones, and is cleared when full."""

    def __init__(self, analyzer: "Analyzer") -> None:
        super().__init__()
        self._analyzer = analyzer

    def __missing__(self, word: str) -> Term:
        term = self._analyzer.analyse(word)
        if len(self) >= _CACHE_SIZE:
            self.clear()
        self[word] = term
        return term


class Analyzer:
    """Analyses text with one list of compound parts.

    Thread-safe.

    Args:
        compounds: folded words that can be part of a compound; under three letters ignored.

    Attributes:
        mark: a hash of 16 characters that changes when the analysis can change.
    """

    def __init__(self, compounds: frozenset[str]) -> None:
        """Prepare the splitter; nothing is analysed yet."""
        listed = frozenset(word for word in compounds if len(word) >= MINIMUM_LENGTH)
        self._splitter = CompoundSplitter(listed)
        self._terms = _Remembered(self)
        digest = hashlib.blake2s(digest_size=8)
        digest.update(f"{STEMMING_VERSION} {LISTS_MARK} ".encode())
        digest.update("\n".join(sorted(listed)).encode())
        self.mark = digest.hexdigest()

    def term(self, word: str) -> Term:
        """Return the term of one word, cached.

        Args:
            word: a folded word, from `folded_words`.
        """
        return self._terms[word]

    def terms(self, text: str) -> list[Term]:
        """Return the terms of a text in order, including stop words."""
        if text.isascii() and "'" not in text:
            return list(map(self._terms.__getitem__, folded_words(text)))
        return [
            replace(self._terms[word], joined=joined) if joined else self._terms[word]
            for word, joined in folded_words_and_joined(text)
        ]

    def analyse(self, word: str) -> Term:
        """Analyse one word without the cache."""
        word = word[:LONGEST_WORD]
        if word in STOP_WORDS:
            return Term(word, stem(word), (), True)
        numbered = _NUMBERED.fullmatch(word)
        if numbered:
            return Term(word, stem(word), self._parts_of_numbered(*numbered.groups()))
        split = self._splitter.split(word)
        if split is None:
            return Term(word, stem(word))
        return Term(word, split.stem, split.tokens)

    def _parts_of_numbered(self, *found: str | None) -> tuple[str, ...]:
        """Return the number, the stem of the word and the parts of that word."""
        parts: dict[str, None] = {}
        for part in filter(None, found):
            term = self._terms[part]
            parts.update(dict.fromkeys((term.stem, *term.parts)))
        return tuple(parts)
