"""Words that never were, as frequent as those of real text: the nth occurs 1/n times as often."""

import random
from bisect import bisect
from collections.abc import Iterator
from itertools import accumulate

from benchmarks.generate import SUBJECTS, WORDS

VOCABULARY = 20_000

#: As frequent as nothing else; neither search looks for them.
STOP_WORDS = ("de", "van", "het", "een", "en", "in", "is", "voor", "met", "op")

#: Ranks of the words that are looked for, by which of the records has them: about a half, a ninth
#: and one in seven hundred, in texts of 84 words.
RANKS = {"common": 11, "middling": 71, "rare": 5400}

_ONSETS = (
    "b", "bl", "d", "dr", "f", "g", "gr", "h", "j", "k", "kl", "l", "m", "n", "p", "r", "spr", "t",
    "v", "w", "z",
)  # fmt: skip
_VOWELS = ("a", "aa", "ee", "ei", "eu", "i", "ie", "o", "oe", "oo", "ou", "u", "ui")
_CODAS = ("k", "l", "m", "p", "r", "lk", "mp", "rk", "rm", "lp")


class Words:
    """Draws words in the proportions of real text; the same words for the same seed."""

    def __init__(self, seed: int = 1) -> None:
        """Make the vocabulary."""
        self.chance = random.Random(seed)
        self.words = list(_vocabulary(random.Random(7)))
        self._until = list(accumulate(1 / rank for rank in range(1, len(self.words) + 1)))

    def wanted(self) -> dict[str, str]:
        """Return the words to look for, by how many records have them."""
        return {name: self.words[rank - 1] for name, rank in RANKS.items()}

    def sentence(self, length: int) -> str:
        """Return so many words, the first with a capital."""
        total, draw = self._until[-1], self.chance.random
        drawn = (self.words[bisect(self._until, draw() * total)] for _ in range(length))
        return " ".join(drawn).capitalize() + "."


def _vocabulary(chance: random.Random) -> Iterator[str]:
    """Yield the words, the most frequent first: stop words, then made-up and real ones in turns."""
    yield from STOP_WORDS
    given = {*STOP_WORDS, *WORDS, *SUBJECTS}
    real = [word for pair in zip(WORDS, SUBJECTS * 2, strict=False) for word in pair]
    own = list(dict.fromkeys((*real, *WORDS, *SUBJECTS)))
    left = VOCABULARY - len(STOP_WORDS)
    while left:
        # Of the words looked for none is real: as part of a tag or a theme it would be in more.
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
    """Return two or three syllables that no stemmer takes anything off."""
    syllables = chance.choice((2, 2, 3))
    return "".join(
        chance.choice(_ONSETS) + chance.choice(_VOWELS) + chance.choice(_CODAS)
        for _ in range(syllables)
    )
