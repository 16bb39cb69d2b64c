"""Words as they are compared: small letters without accents, apostrophes or other marks."""

import re
import unicodedata

#: Longest word that is told apart; PostgreSQL refuses lexemes over 2,046 bytes.
LONGEST_WORD = 64

_APOSTROPHES = dict.fromkeys(map(ord, "’‘‛ʼʹ`´′＇ʻ"), "'")
# Letters that NFKD leaves whole, and that people type without the stroke.
_LETTERS = {
    ord(letter): plain
    for letter, plain in {
        "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h",
    }.items()
}  # fmt: skip
# A zero-width space parts words; any other invisible character stands within one (soft hyphen).
_CONTROLS: dict[int, str] = dict.fromkeys((*range(32), *range(127, 160), 8203), " ")
_SPACED = _CONTROLS | _APOSTROPHES

# Marks above and below letters, and what is invisible within a word.
_DROPPED = frozenset({"Mn", "Me", "Cf"})
_LATIN_MARKS = re.compile("[\u0300-\u036f\u00ad]+")

_ASCII_WORD = re.compile(r"[a-z0-9]+")
_WORD = re.compile(r"[^\W_]+")
# "w.m.o." is typed as "wmo".
_INITIALS = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.){2,}[^\W\d_]?(?![^\W_])")
_LETTER_IN_WORD = r"[^\W_]"
# What an apostrophe ties to a word: foto's, zo'n, baby'tjes; 's avonds, 't Hof, d'Oude.
_TIED_BEHIND = re.compile(rf"(?<={_LETTER_IN_WORD})'(?:s|n|t|tjes?)(?!{_LETTER_IN_WORD})")
_TIED_BEFORE = re.compile(
    rf"(?<!{_LETTER_IN_WORD})(?:'(?:s|t|n|k|m|r)(?!{_LETTER_IN_WORD})|[dl]'(?={_LETTER_IN_WORD}{{3}}))"
)
_SHORTENED = re.compile(r"(?<![^\W_])(m|z)'n(?![^\W_])")
_WITHIN = re.compile(rf"(?<={_LETTER_IN_WORD})'(?={_LETTER_IN_WORD})")


def fold(text: str) -> str:
    """Write a text in small letters without accents.

    Args:
        text: anything a person or another system may send.

    Returns:
        The text in small letters; accents and invisible characters are gone, every apostrophe is
        the straight one, a control character is a space. Folding what is folded changes nothing.
    """
    if text.isascii():
        return text.translate(_CONTROLS).lower()
    text = _decompose(text.translate(_SPACED))
    if text.isascii():
        return text.lower()
    # Small letters may themselves bring marks (İ), so what came out is taken apart once more.
    text = _decompose(text.casefold().translate(_LETTERS))
    return text.translate(_SPACED)


def _decompose(text: str) -> str:
    text = _LATIN_MARKS.sub("", unicodedata.normalize("NFKD", text))
    if text.isascii():
        return text
    category = unicodedata.category
    return "".join([char for char in text if char < "\x80" or category(char) not in _DROPPED])


def folded_words(text: str) -> list[str]:
    """Cut a text into words as they are compared.

    An apostrophe never parts a word: "foto's" gives "foto", "zo'n" gives "zo", "'s avonds" gives
    "avonds", "O'Neill" gives "oneill". Initials with full stops are one word: "W.M.O." gives "wmo".

    Args:
        text: anything a person or another system may send.

    Returns:
        Words of letters and digits, in order, each of at most `LONGEST_WORD` characters.
    """
    folded = text.lower() if text.isascii() else fold(text)
    if "'" in folded:
        folded = _without_apostrophes(folded)
    if "." in folded:
        folded = _INITIALS.sub(lambda found: found[0].replace(".", ""), folded)
    words = (_ASCII_WORD if folded.isascii() else _WORD).findall(folded)
    return [word[:LONGEST_WORD] for word in words] if len(folded) > LONGEST_WORD else words


def _without_apostrophes(folded: str) -> str:
    folded = _SHORTENED.sub(r"\1ijn", folded)
    folded = _TIED_BEFORE.sub(" ", _TIED_BEHIND.sub("", folded))
    return _WITHIN.sub("", folded)
