"""Transliteration: accents, other scripts and signs to ASCII or words; plain Python."""

import re

from anyascii import anyascii

#: Characters that people type as an apostrophe → the straight apostrophe.
APOSTROPHES = dict.fromkeys(map(ord, "’‘‛ʼʹ`´′＇ʻ"), "'")
#: Lower-case letters without Unicode decomposition (NFKD), which people type without the stroke.
PLAIN_LETTERS = {
    ord(letter): plain
    for letter, plain in {
        "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h",
    }.items()
}  # fmt: skip

#: Signs with meaning, in words: 50+, +55, C++, F#, 10%, A&O; not "Koffie & thee".
_SIGNS = {"+": "plus", "#": "hekje", "%": "procent", "&": "en"}
_SIGN = re.compile(r"(?<=[\w+])\+|\+(?=\w)|(?<=\w)[#%]|(?<=\w)&(?=\w)")
# "18-" and "-18"; not a hyphen between words, and not a dash between spaces.
_MINUS = re.compile(r"(?<=\w)[-−](?=\s|$)|(?:(?<=\s)|^)[-−](?=\d)")
_SPELLINGS = ("'", "’", "‘")


def signs_in_words(text: str) -> str:
    """Replace signs with meaning by words, so that "18+" and "18-", "C++" and "C" differ."""
    text = _MINUS.sub(" min ", text.strip())
    return _SIGN.sub(lambda sign: f" {_SIGNS[sign[0]]} ", text)


def in_ascii(text: str) -> str:
    """Transliterate text to ASCII: "Łódź" to "Lodz", "18+" to "18 plus"."""
    return anyascii(signs_in_words(text))


def apostrophe_spellings(word: str) -> list[str]:
    """Return the spellings of a word with every apostrophe that may be stored."""
    plain = word.translate(APOSTROPHES)
    if "'" not in plain:
        return [word]
    return [plain.replace("'", sign) for sign in _SPELLINGS]
