"""Compounds, cut into the listed words they are made of."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from .inflection import before_en
from .stemming import stem
from .word_lists import SILENT_PARTS, WHOLE_WORDS

#: Shorter words are part of too many others.
MINIMUM_LENGTH = 3

_LINKS = ("s", "en", "e", "n")


@dataclass(frozen=True, slots=True)
class Split:
    """A compound.

    Attributes:
        stem: of the whole word: its last part as a stem.
        tokens: stems of its parts, and with three or more of every two neighbours together.
    """

    stem: str
    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a word: where it begins and ends, the listed word, whether a link follows."""

    start: int
    end: int
    base: str
    is_linked: bool


class CompoundSplitter:
    """Cuts words with one list of parts.

    Args:
        listed: words that compounds are made of.
    """

    def __init__(self, listed: frozenset[str]) -> None:
        """Write down how every listed word stands before another."""
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
        """Cut a word into as few listed words as it takes, with the longest last part.

        Args:
            word: a folded word.

        Returns:
            The parts; None when the word is listed itself or is not made of listed words alone.
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
        """Find the best way through the word, by the best way to every place in it."""
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
    """Least parts first, then the longest last part, then the least links."""
    return len(route), route[-1].start - route[-1].end, sum(part.is_linked for part in route)


def _linked_forms(base: str) -> Iterator[str]:
    """Give how a word stands before another: with a link, or in the plural."""
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
    """Give two neighbours as they would be read as a word of their own."""
    for first, second in pairwise(parts):
        is_last = second is parts[-1]
        yield word[first.start : second.start] + (tail if is_last else stem(second.base))
