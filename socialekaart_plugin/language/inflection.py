"""Dutch inflection: plurals and diminutives of a word, and the words it may be a form of."""

import re
from collections.abc import Iterator

from .orthography import (
    VOICED,
    VOWELS,
    has_short_end,
    unvoiced,
    voiced,
    with_long_vowel,
    with_single_end,
)

# Diminutive patterns, longest ending first, with the ending of the base word.
_DIMINUTIVES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), base)
    for pattern, base in (
        (r"inkje$", "ing"),  # kettinkje
        (r"ingetje$", "ing"),  # wandelingetje
        (r"([bglmnprtk])\1etje$", r"\1"),  # spelletje
        (r"mpje$", "m"),  # filmpje
        (r"((?:[aeiou]{2,}|ij|[^aeiou]e)[lnr])tje$", r"\1"),  # stoeltje, tuintje, kamertje
        (r"([aeiou]w|ij)tje$", r"\1"),  # vrouwtje, partijtje
        (r"([bcdfghklmnprstwx])je$", r"\1"),  # kopje, kaartje, lesje
    )
)
_DIMINUTIVE_ENDINGS = ("je", "tje", "pje", "etje")


def forms(word: str) -> list[str]:
    """Return possible inflected forms and base forms, the word itself first.

    Too many on purpose: the caller keeps those with the same stem.

    Args:
        word: folded.
    """
    found = dict.fromkeys([word])
    for base in _bases(word):
        for before in before_en(base):
            found.update(dict.fromkeys((before + "en", before + "e")))
        small = _diminutive(base)
        found.update(dict.fromkeys((base, base + "s", small, small + "s")))
    return list(found)


def before_en(word: str) -> Iterator[str]:
    """Yield possible spellings before "-en": schol(en), mann(en), huiz(en), glaz(en)."""
    if len(word) < 3 or word[-1] in VOWELS:
        return
    if has_short_end(word):
        yield word + word[-1]
        if word[-1] in VOICED:
            yield voiced(word)
    elif word[-2] in VOWELS and word[-3] == word[-2]:
        yield voiced(word[:-2] + word[-1])
    else:
        yield voiced(word)


def without_diminutive(word: str) -> str:
    """Return the base of a diminutive, singular or plural; else the word itself."""
    singular = word[:-1] if word.endswith("jes") else word
    if not singular.endswith("je"):
        return word
    for pattern, base in _DIMINUTIVES:
        shorter, found = pattern.subn(base, singular)
        if found and len(shorter) > 2:
            return shorter
    return word


def _bases(word: str) -> Iterator[str]:
    """Yield the word, and its possible bases if it is a plural or diminutive."""
    yield word
    singular = word.removesuffix("s")
    if singular != word and len(singular) > 2:
        yield singular
    for ending in _DIMINUTIVE_ENDINGS:
        base = singular.removesuffix(ending)
        if base != singular and len(base) > 2 and _diminutive(base) == singular:
            yield base
    base = word.removesuffix("en")
    if base == word or len(base) < 3 or base[-1] in VOWELS:
        return
    if has_short_end(base):
        yield unvoiced(with_long_vowel(base))
    else:
        yield unvoiced(with_single_end(base))


def _diminutive(word: str) -> str:
    """Return the diminutive: kaartje, baantje, boompje, balletje."""
    last = word[-1]
    if last in "lnrmg" and has_short_end(word):
        return f"{word}{last}etje"
    if last == "m":
        return word + "pje"
    return word + ("tje" if last in "aeiouylnrw" else "je")
