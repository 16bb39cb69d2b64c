"""Letters and signs written as others that say the same; plain Python."""

import re

from anyascii import anyascii

#: The signs that people type for an apostrophe, by code point, as the straight one.
APOSTROPHES = dict.fromkeys(map(ord, "’‘‛ʼʹ`´′＇ʻ"), "'")
#: Small letters that Unicode does not take apart (NFKD), and that people type without the stroke.
PLAIN_LETTERS = {
    ord(letter): plain
    for letter, plain in {
        "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h",
    }.items()
}  # fmt: skip

#: Signs that tell words apart, in words: 50+, +55, C++, F#, 10%, A&O; not "Koffie & thee".
_SIGNS = {"+": "plus", "#": "hekje", "%": "procent", "&": "en"}
_SIGN = re.compile(r"(?<=[\w+])\+|\+(?=\w)|(?<=\w)[#%]|(?<=\w)&(?=\w)")
# "18-" and "-18"; not what parts two words, and no dash between spaces.
_MINUS = re.compile(r"(?<=\w)[-−](?=\s|$)|(?:(?<=\s)|^)[-−](?=\d)")
_SPELLINGS = ("'", "’", "‘")


def signs_in_words(text: str) -> str:
    """Return a text in which "18+", "18-", "C++" and "C" are told apart by letters alone."""
    text = _MINUS.sub(" min ", text.strip())
    return _SIGN.sub(lambda sign: f" {_SIGNS[sign[0]]} ", text)


def in_ascii(text: str) -> str:
    """Return a text in the letters of English: "Łódź" as "Lodz", "18+" as "18 plus"."""
    return anyascii(signs_in_words(text))


def apostrophe_spellings(word: str) -> list[str]:
    """Return a word with each of the apostrophes that may be stored for the one typed."""
    plain = word.translate(APOSTROPHES)
    if "'" not in plain:
        return [word]
    return [plain.replace("'", sign) for sign in _SPELLINGS]
