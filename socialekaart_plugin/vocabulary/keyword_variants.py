"""Find keywords that may be variants of one word: capitals, plurals, typing errors."""

import re
from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import fuzz

from socialekaart_plugin.language.word_keys import spelling_key

#: Minimum similarity (0 to 100) and minimum length for two words to count as a typing error.
_ALIKE = 90
_LONG_ENOUGH = 6


def look_alikes(words: Iterable[str]) -> dict[str, list[str]]:
    """Return the words that resemble other words, each with its matches, in order.

    Args:
        words: all different. 2000 words take a few hundredths of a second.
    """
    by_key: dict[str, list[str]] = defaultdict(list)
    for word in words:
        by_key[spelling_key(word)].append(word)
    found: dict[str, set[str]] = defaultdict(set)
    for same in by_key.values():
        for word in same:
            found[word].update(other for other in same if other != word)
    for first, second in _slips(by_key):
        for word in by_key[first]:
            found[word].update(by_key[second])
        for word in by_key[second]:
            found[word].update(by_key[first])
    return {word: sorted(others) for word, others in found.items() if others}


def _slips(keys: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Yield pairs of keys that differ little; compares only keys with the same beginning."""
    beginnings: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        if len(key) >= _LONG_ENOUGH:
            beginnings[key[:3]].append(key)
    for alike in beginnings.values():
        for number, first in enumerate(alike):
            for second in alike[number + 1 :]:
                if _differ_little(first, second):
                    yield first, second


def _differ_little(first: str, second: str) -> bool:
    if abs(len(first) - len(second)) > 1:
        return False
    if re.findall(r"\d+", first) != re.findall(r"\d+", second):
        return False
    return fuzz.ratio(first, second, score_cutoff=_ALIKE) > 0
