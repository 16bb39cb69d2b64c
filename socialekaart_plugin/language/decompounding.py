"""Decompounding: splits a Dutch compound into listed words."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from .inflection import before_en
from .stemming import stem
from .word_lists import SILENT_PARTS, WHOLE_WORDS

#: Shorter words occur inside too many others.
MINIMUM_LENGTH = 3

_LINKS = ("s", "en", "e", "n")


@dataclass(frozen=True, slots=True)
class Split:
    """A split compound.

    Attributes:
        stem: the whole word, with its last part stemmed.
        tokens: stems of its parts; for three or more also each pair of neighbours.
    """

    stem: str
    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a compound: position, listed word, and whether a linking element follows."""

    start: int
    end: int
    base: str
    is_linked: bool


class CompoundSplitter:
    """Splits words with one list of parts.

    Args:
        listed: words that can be part of a compound.
    """

    def __init__(self, listed: frozenset[str]) -> None:
        """Precompute the forms that listed words take inside a compound."""
        parts = listed | WHOLE_WORDS
        self._heads: dict[str, str] = {}
        for base in sorted(parts, key=lambda word: (-len(word), word)):
            for form in _linked_forms(base):
                self._heads.setdefault(form, base)
        self._heads.update({base: base for base in parts})
        self._parts = parts
        self._tails = frozenset(map(stem, parts))
        self._longest_head = max(map(len, self._heads), default=0)

    def split(self, word: str) -> Split | None:
        """Split a word into the fewest listed words; on a tie the longest last part wins.

        Args:
            word: a folded word.

        Returns:
            The split; None when the word is listed itself, or has no complete split.
        """
        if len(word) < 2 * MINIMUM_LENGTH or word in self._parts:
            return None
        found = self._parts_of(word)
        if found is None:
            return None
        tail = stem(word[found[-1].start :])
        tokens = dict.fromkeys(_part_tokens(found, tail))
        if len(found) > 2:
            tokens.update(dict.fromkeys(_pair_tokens(word, found, tail)))
        return Split(word[: found[-1].start] + tail, tuple(tokens))

    def _parts_of(self, word: str) -> list[_Part] | None:
        """Find the best split, by dynamic programming over the positions in the word."""
        routes: dict[int, list[_Part]] = {0: []}
        ways: list[list[_Part]] = []
        for start in range(len(word) - MINIMUM_LENGTH + 1):
            route = routes.get(start)
            if route is None:
                continue
            tail = word[start:]
            if tail in self._parts or stem(tail) in self._tails:
                ways.append([*route, _Part(start, len(word), tail, False)])
            for part in self._heads_at(word, start):
                longer = [*route, part]
                known = routes.get(part.end)
                if known is None or _cost(longer) < _cost(known):
                    routes[part.end] = longer
        best = min(ways, key=_cost, default=[])
        return best if len(best) > 1 else None

    def _heads_at(self, word: str, start: int) -> Iterator[_Part]:
        longest = min(len(word) - MINIMUM_LENGTH, start + self._longest_head)
        for end in range(start + MINIMUM_LENGTH, longest + 1):
            form = word[start:end]
            base = self._heads.get(form)
            if base is not None:
                yield _Part(start, end, base, form != base)


def _cost(route: list[_Part]) -> tuple[int, int, int]:
    """Fewest parts, then the longest last part, then the fewest linking elements."""
    return len(route), route[-1].start - route[-1].end, sum(part.is_linked for part in route)


def _linked_forms(base: str) -> Iterator[str]:
    """Yield the forms of a word before another: with a linking element, or in the plural."""
    for link in _LINKS:
        yield base + link
    for before in before_en(base):
        yield before + "en"


def _part_tokens(parts: list[_Part], tail: str) -> Iterator[str]:
    for part in parts[:-1]:
        if f"{part.base}-" not in SILENT_PARTS:
            yield stem(part.base)
    if f"-{parts[-1].base}" not in SILENT_PARTS and f"-{tail}" not in SILENT_PARTS:
        yield tail


def _pair_tokens(word: str, parts: list[_Part], tail: str) -> Iterator[str]:
    """Yield each pair of neighbours as a word of its own."""
    for first, second in pairwise(parts):
        is_last = second is parts[-1]
        yield word[first.start : second.start] + (tail if is_last else stem(second.base))
