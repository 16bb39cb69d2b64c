"""Stems: what singular and plural, noun and diminutive, short and long form have in common."""

import re
import threading

import Stemmer

from .inflection import without_diminutive
from .orthography import VOWELS, unvoiced, with_long_vowel, with_single_end
from .word_lists import STEM_OVERRIDES

# "dutch_porter" strips endings only; "dutch" (Kraaij-Pohlmann) takes the "ge-" off "gezin" too.
_porter = Stemmer.Stemmer("dutch_porter")
# A stemmer keeps its work in itself, so two threads may not use it at once.
_lock = threading.Lock()

#: Differs when other code gives other stems.
STEMMING_VERSION = f"2/{Stemmer.version()}"

_PLAIN = re.compile(r"[a-z]+")
_SYLLABLE = re.compile(rf"[{VOWELS}]+")
_SHORT_SYLLABLE = re.compile(rf"(?:^|[^{VOWELS}])[aeou][^{VOWELS}wx]$")
_VOWELS = tuple(VOWELS)


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
    base = without_diminutive(word)
    if base in STEM_OVERRIDES:
        return STEM_OVERRIDES[base]
    if base.endswith(("eeen", "ieen")):  # ideeën, categorieën
        base = base[:-2]
    with _lock:
        stripped: str = _porter.stemWord(base)
    stemmed = _as_spelled(stripped, base)
    return STEM_OVERRIDES.get(stemmed, stemmed)


def _as_spelled(stripped: str, word: str) -> str:
    """Write what Porter left as Dutch writes a singular: les, not less; huis, not huiz."""
    single = with_single_end(stripped)
    if single != stripped:
        return single
    if len(_SYLLABLE.findall(stripped)) == 1:
        stripped = _as_long_as(word, stripped)
    return unvoiced(stripped)


def _as_long_as(word: str, stripped: str) -> str:
    """Double the vowel where it was long and Porter made it single: lees is not les."""
    if not _SHORT_SYLLABLE.search(stripped):
        return stripped
    long = with_long_vowel(stripped)
    is_open = word.startswith(stripped) and word[len(stripped) :].startswith(_VOWELS)
    return long if is_open or word.startswith(long) else stripped
