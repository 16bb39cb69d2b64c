"""What a word is for the search: its stem, and the words it is made of."""

import hashlib
import re
from dataclasses import dataclass, replace

from .decompounding import MINIMUM_LENGTH, CompoundSplitter
from .folding import LONGEST_WORD, folded_words, folded_words_and_joined
from .stemming import STEMMING_VERSION, stem
from .word_lists import LISTS_MARK, STOP_WORDS

#: How many words an analyzer remembers, some 17 MB.
_CACHE_SIZE = 65_536
#: A number and a word written as one, whichever comes first: "12stappen", "55plus", "plus55".
_NUMBERED = re.compile(r"(\d+)([^\W\d_]{3,})|([^\W\d_]{3,})(\d+)")


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a text, as it is matched.

    Attributes:
        word: the word as it is written, folded.
        stem: what it has in common with its other forms.
        parts: when it is made of listed words, their stems, and with three or more of them the
            stems of every two neighbours together; else empty.
        is_stop: whether it says nothing about what someone looks for.
        joined: the word with what its apostrophe ties to it, folded: "zoes" of "Zoë's"; else empty.
    """

    word: str
    stem: str
    parts: tuple[str, ...] = ()
    is_stop: bool = False
    joined: str = ""


class _Remembered(dict[str, Term]):
    """Terms by word; asks the analyzer for one it does not have, and forgets all when full."""

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
    """Reads texts into terms, with one list of words that compounds are made of.

    Safe to share between threads.

    Args:
        compounds: words that compounds are made of, folded; shorter than three letters is ignored.

    Attributes:
        mark: 16 characters that differ when the same text could give other terms.
    """

    def __init__(self, compounds: frozenset[str]) -> None:
        """Make ready to read; nothing is analysed yet."""
        listed = frozenset(word for word in compounds if len(word) >= MINIMUM_LENGTH)
        self._splitter = CompoundSplitter(listed)
        self._terms = _Remembered(self)
        digest = hashlib.blake2s(digest_size=8)
        digest.update(f"{STEMMING_VERSION} {LISTS_MARK} ".encode())
        digest.update("\n".join(sorted(listed)).encode())
        self.mark = digest.hexdigest()

    def term(self, word: str) -> Term:
        """Read one word; remembered.

        Args:
            word: a folded word, as `folded_words` gives them.
        """
        return self._terms[word]

    def terms(self, text: str) -> list[Term]:
        """Read a text: every word in order, stop words too."""
        if text.isascii() and "'" not in text:
            return list(map(self._terms.__getitem__, folded_words(text)))
        return [
            replace(self._terms[word], joined=joined) if joined else self._terms[word]
            for word, joined in folded_words_and_joined(text)
        ]

    def analyse(self, word: str) -> Term:
        """Read one word anew, past what is remembered."""
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
        """Return the number and the stem of the word, and what that is made of."""
        parts: dict[str, None] = {}
        for part in filter(None, found):
            term = self._terms[part]
            parts.update(dict.fromkeys((term.stem, *term.parts)))
        return tuple(parts)
