"""Generates words with the frequencies of real text: the nth word occurs 1/n times as often."""

import random
from bisect import bisect
from collections.abc import Iterator
from itertools import accumulate

from benchmarks.generate import SUBJECTS, WORDS

VOCABULARY = 20_000

#: Far more frequent than other words; neither search looks for them.
STOP_WORDS = ("de", "van", "het", "een", "en", "in", "is", "voor", "met", "op")

#: Ranks of the words to search for: in texts of 84 words, about a half, a ninth and one in seven
#: hundred of the records have them.
RANKS = {"common": 11, "middling": 71, "rare": 5400}

_ONSETS = (
    "b", "bl", "d", "dr", "f", "g", "gr", "h", "j", "k", "kl", "l", "m", "n", "p", "r", "spr", "t",
    "v", "w", "z",
)  # fmt: skip
_VOWELS = ("a", "aa", "ee", "ei", "eu", "i", "ie", "o", "oe", "oo", "ou", "u", "ui")
_CODAS = ("k", "l", "m", "p", "r", "lk", "mp", "rk", "rm", "lp")


class Words:
    """Draws words with the frequencies of real text; the same seed gives the same words."""

    def __init__(self, seed: int = 1) -> None:
        """Create the vocabulary."""
        self.chance = random.Random(seed)
        self.words = list(_vocabulary(random.Random(7)))
        self._until = list(accumulate(1 / rank for rank in range(1, len(self.words) + 1)))

    def wanted(self) -> dict[str, str]:
        """Return the words to search for, by how many records have them."""
        return {name: self.words[rank - 1] for name, rank in RANKS.items()}

    def sentence(self, length: int) -> str:
        """Return a sentence with this number of words, the first with a capital."""
        total, draw = self._until[-1], self.chance.random
        drawn = (self.words[bisect(self._until, draw() * total)] for _ in range(length))
        return " ".join(drawn).capitalize() + "."


def _vocabulary(chance: random.Random) -> Iterator[str]:
    """Yield words by frequency: stop words, then made-up and real ones alternately."""
    yield from STOP_WORDS
    given = {*STOP_WORDS, *WORDS, *SUBJECTS}
    real = [word for pair in zip(WORDS, SUBJECTS * 2, strict=False) for word in pair]
    own = list(dict.fromkeys((*real, *WORDS, *SUBJECTS)))
    left = VOCABULARY - len(STOP_WORDS)
    while left:
        # No word to search for is real: as part of a keyword or theme it would occur in more
        # records.
        if left % 2 and own:
            word = own.pop(0)
        else:
            word = _made_up(chance)
            if word in given:
                continue
            given.add(word)
        yield word
        left -= 1


def _made_up(chance: random.Random) -> str:
    """Return two or three syllables from which no stemmer removes anything."""
    syllables = chance.choice((2, 2, 3))
    return "".join(
        chance.choice(_ONSETS) + chance.choice(_VOWELS) + chance.choice(_CODAS)
        for _ in range(syllables)
    )
