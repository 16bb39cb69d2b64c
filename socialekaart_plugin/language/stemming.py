"""Stems: what singular and plural, noun and diminutive, short and long form have in common."""

import re
import threading

import Stemmer

from .word_lists import STEM_OVERRIDES

# "dutch_porter" strips endings only; "dutch" (Kraaij-Pohlmann) takes the "ge-" off "gezin" too.
_porter = Stemmer.Stemmer("dutch_porter")
# A stemmer keeps its work in itself, so two threads may not use it at once.
_lock = threading.Lock()

#: Differs when other code gives other stems.
STEMMING_VERSION = f"2/{Stemmer.version()}"

_VOWELS = ("a", "e", "i", "o", "u", "y")
_PLAIN = re.compile(r"[a-z]+")
_SYLLABLE = re.compile(r"[aeiouy]+")
_SHORT_SYLLABLE = re.compile(r"(?:^|[^aeiouy])[aeou][^aeiouywx]$")
_TRAILING_DOUBLE = re.compile(r"([bcdfghjklmnprstvz])\1$")

# Diminutives, longest ending first: what the word ends in, and what stands there without "-je".
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


def stem(word: str) -> str:
    """Find the stem of one word.

    Args:
        word: a folded word.

    Returns:
        Its stem. Words in other scripts or with digits are their own stem.
    """
    known = STEM_OVERRIDES.get(word)
    if known is not None:
        return known
    if len(word) < 4 or not _PLAIN.fullmatch(word):
        return word
    base = _without_diminutive(word)
    if base in STEM_OVERRIDES:
        return STEM_OVERRIDES[base]
    if base.endswith(("eeen", "ieen")):  # ideeën, categorieën
        base = base[:-2]
    with _lock:
        stripped: str = _porter.stemWord(base)
    stemmed = _as_spelled(stripped, base)
    return STEM_OVERRIDES.get(stemmed, stemmed)


def _without_diminutive(word: str) -> str:
    singular = word[:-1] if word.endswith("jes") else word
    if not singular.endswith("je"):
        return word
    for pattern, base in _DIMINUTIVES:
        shorter, found = pattern.subn(base, singular)
        if found and len(shorter) > 2:
            return shorter
    return word


def _as_spelled(stripped: str, word: str) -> str:
    """Write what Porter left as Dutch writes a singular: les, not less; huis, not huiz."""
    if _TRAILING_DOUBLE.search(stripped):
        return _TRAILING_DOUBLE.sub(r"\1", stripped)
    if len(_SYLLABLE.findall(stripped)) == 1:
        stripped = _with_long_vowel(stripped, word)
    if stripped.endswith("z"):
        return stripped[:-1] + "s"
    if stripped.endswith("v"):
        return stripped[:-1] + "f"
    return stripped


def _with_long_vowel(stripped: str, word: str) -> str:
    """Double the vowel where it was long and Porter made it single: lees is not les."""
    if not _SHORT_SYLLABLE.search(stripped):
        return stripped
    long = stripped[:-1] + stripped[-2:]
    is_open = word.startswith(stripped) and word[len(stripped) :].startswith(_VOWELS)
    return long if is_open or word.startswith(long) else stripped
