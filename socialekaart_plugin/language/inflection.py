"""The forms that a Dutch word may have, for who must find some of them and not others."""

from collections.abc import Iterator

_VOICED = {"s": "z", "f": "v"}
_UNVOICED = {"z": "s", "v": "f"}
_VOWELS = frozenset("aeiouy")
_DIMINUTIVES = ("je", "tje", "pje", "etje")


def forms(word: str) -> list[str]:
    """Return words that may be a form of another, itself first.

    More than there are: the caller keeps those that the analysis gives the same stem.

    Args:
        word: folded.
    """
    found = dict.fromkeys([word])
    for base in _bases(word):
        for before in _before_en(base):
            found.update(dict.fromkeys((before + "en", before + "e")))
        small = _small(base)
        found.update(dict.fromkeys((base, base + "s", small, small + "s")))
    return list(found)


def _bases(word: str) -> Iterator[str]:
    """Yield the word, and what it may be a plural or diminutive of."""
    yield word
    singular = word.removesuffix("s")
    if singular != word and len(singular) > 2:
        yield singular
    for ending in _DIMINUTIVES:
        base = singular.removesuffix(ending)
        if base != singular and len(base) > 2 and _small(base) == singular:
            yield base
    base = word.removesuffix("en")
    if base == word or len(base) < 3:
        return
    last = base[-1]
    closed = _UNVOICED.get(last, last)
    if last in _VOWELS:
        return
    if base[-2] == last:
        yield base[:-1]
    elif base[-2] in _VOWELS and base[-3] not in _VOWELS:
        yield base[:-1] + base[-2] + closed
    else:
        yield base[:-1] + closed


def _before_en(base: str) -> Iterator[str]:
    """Yield how a word stands before "-en": schol(en), mann(en), huiz(en)."""
    if len(base) < 3 or base[-1] in _VOWELS:
        return
    last = base[-1]
    if _has_short_end(base):
        yield base + last
    elif base[-2] in _VOWELS and base[-3] == base[-2]:
        yield base[:-2] + _VOICED.get(last, last)
    else:
        yield base[:-1] + _VOICED.get(last, last)


def _small(base: str) -> str:
    """Return the diminutive: kaartje, baantje, boompje, balletje."""
    last = base[-1]
    if last in "lnrmg" and _has_short_end(base):
        return f"{base}{last}etje"
    if last == "m":
        return base + "pje"
    return base + ("tje" if last in "aeiouylnrw" else "je")


def _has_short_end(base: str) -> bool:
    """Tell whether a word ends in one vowel and one consonant: "man", not "maan" or "hulp"."""
    return (
        len(base) > 2
        and base[-1] not in _VOWELS
        and base[-2] in _VOWELS
        and base[-3] not in _VOWELS
    )
