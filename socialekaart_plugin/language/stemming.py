"""Dutch stemming: Snowball's Porter stemmer with overrides and spelling corrections."""

import re
import threading

import Stemmer

from .inflection import without_diminutive
from .orthography import VOWELS, unvoiced, with_long_vowel, with_single_end
from .word_lists import STEM_OVERRIDES

# "dutch_porter" strips endings only; "dutch" (Kraaij-Pohlmann) takes the "ge-" off "gezin" too.
_porter = Stemmer.Stemmer("dutch_porter")
# A stemmer is not thread-safe.
_lock = threading.Lock()

#: Increase the number when the code changes any stem.
STEMMING_VERSION = f"2/{Stemmer.version()}"

_PLAIN = re.compile(r"[a-z]+")
_SYLLABLE = re.compile(rf"[{VOWELS}]+")
_SHORT_SYLLABLE = re.compile(rf"(?:^|[^{VOWELS}])[aeou][^{VOWELS}wx]$")
_VOWELS = tuple(VOWELS)


def stem(word: str) -> str:
    """Return the stem of one word.

    Args:
        word: a folded word.

    Returns:
        Its stem; words in other scripts or with digits are returned unchanged.
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
    """Correct the spelling of Porter's stem: les, not less; huis, not huiz."""
    single = with_single_end(stripped)
    if single != stripped:
        return single
    if len(_SYLLABLE.findall(stripped)) == 1:
        stripped = _as_long_as(word, stripped)
    return unvoiced(stripped)


def _as_long_as(word: str, stripped: str) -> str:
    """Restore a long vowel that Porter shortened, so that lees differs from les."""
    if not _SHORT_SYLLABLE.search(stripped):
        return stripped
    long = with_long_vowel(stripped)
    is_open = word.startswith(stripped) and word[len(stripped) :].startswith(_VOWELS)
    return long if is_open or word.startswith(long) else stripped
