"""Comparison keys that are equal for similar spellings or sounds; never shown to users."""

import re
from functools import lru_cache

from socialekaart_plugin.foundation.transliteration import signs_in_words

from .folding import words_without_signs
from .orthography import UNVOICED, VOWELS, unvoiced, with_single_end

_LONG_VOWEL = re.compile(r"([aeou])\1")
#: Replacements for similar sounds in Dutch, applied in this order.
_SOUNDS = (
    ("sch", "sg"), ("ch", "g"), ("ck", "k"), ("ph", "f"), ("qu", "kw"), ("th", "t"), ("dt", "t"),
    ("x", "ks"), *UNVOICED.items(), ("d", "t"), ("c", "k"), ("q", "k"),
)  # fmt: skip
_SOFT_C = re.compile(r"c(?=[eiy])")
_NOT_HEARD = re.compile(rf"(?<=.)(?:ij|[{VOWELS}h])")
_DOUBLE = re.compile(r"(.)\1+")


def spelling_key(text: str) -> str:
    """Return a key that the singular and plural of a Dutch word roughly share.

    Ignores capitals, accents, spaces and hyphens, but not signs with meaning: "18+", "18-".
    """
    key = "".join(words_without_signs(signs_in_words(text)))
    key = _LONG_VOWEL.sub(r"\1", key)
    if len(key) > 4 and key.endswith("en"):
        key = with_single_end(key[:-2])
    key = unvoiced(key)
    return key[:-1] if len(key) > 3 and key.endswith("s") else key


@lru_cache(maxsize=20_000)
def sound_key(word: str) -> str:
    """Return a rough phonetic key: the first letter, the consonants and the digits.

    Args:
        word: folded.
    """
    if word.isdigit() or len(word) < 3:
        return word
    heard = _SOFT_C.sub("s", word)
    for written, spoken in _SOUNDS:
        heard = heard.replace(written, spoken)
    first = "a" if heard[0] in VOWELS else heard[0]
    heard = _DOUBLE.sub(r"\1", _NOT_HEARD.sub("", first + heard[1:]))
    return heard if len(heard) > 1 else word
