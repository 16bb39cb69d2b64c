"""What a word is for the search: its stem, and the words it is made of."""

import hashlib
from dataclasses import dataclass

from .folding import LONGEST_WORD, folded_words
from .splitting import MINIMUM_LENGTH, CompoundSplitter
from .stemming import STEMMING_VERSION, stem
from .word_lists import LISTS_MARK, STOP_WORDS

#: How many words an analyzer remembers, some 17 MB.
_CACHE_SIZE = 65_536


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a text, as it is matched.

    Attributes:
        word: the word as it is written, folded.
        stem: what it has in common with its other forms.
        parts: when it is made of listed words, their stems, and with three or more of them the
            stems of every two neighbours together; else empty.
        is_stop: whether it says nothing about what someone looks for.
    """

    word: str
    stem: str
    parts: tuple[str, ...] = ()
    is_stop: bool = False


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
        return list(map(self._terms.__getitem__, folded_words(text)))

    def analyse(self, word: str) -> Term:
        """Read one word anew, past what is remembered."""
        word = word[:LONGEST_WORD]
        if word in STOP_WORDS:
            return Term(word, stem(word), (), True)
        split = self._splitter.split(word)
        if split is None:
            return Term(word, stem(word))
        return Term(word, split.stem, split.tokens)
