"""Normalises text for comparison: lower case, without accents and apostrophes; tokenises words."""

import re
import unicodedata

from socialekaart_plugin.foundation.transliteration import APOSTROPHES, PLAIN_LETTERS

#: Longer words are cut; PostgreSQL refuses lexemes over 2,046 bytes.
LONGEST_WORD = 64

# A zero-width space separates words; other invisible characters (soft hyphen) do not.
_CONTROLS: dict[int, str] = dict.fromkeys((*range(32), *range(127, 160), 8203), " ")
_SPACED = _CONTROLS | APOSTROPHES

# Combining marks and invisible characters.
_DROPPED = frozenset({"Mn", "Me", "Cf"})
_LATIN_MARKS = re.compile("[\u0300-\u036f\u00ad]+")

_ASCII_WORD = re.compile(r"[a-z0-9]+")
_WORD = re.compile(r"[^\W_]+")
# "w.m.o." is typed as "wmo".
_INITIALS = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.){2,}[^\W\d_]?(?![^\W_])")
_LETTER_IN_WORD = r"[^\W_]"
# Short forms with an apostrophe: foto's, zo'n, baby'tjes; 's avonds, 't Hof, d'Oude.
_TIED_BEHIND = re.compile(rf"(?<={_LETTER_IN_WORD})'(?:s|n|t|tjes?)(?!{_LETTER_IN_WORD})")
_TIED_BEFORE = re.compile(
    rf"(?<!{_LETTER_IN_WORD})(?:'(?:s|t|n|k|m|r)(?!{_LETTER_IN_WORD})|[dl]'(?={_LETTER_IN_WORD}{{3}}))"
)
_SHORTENED = re.compile(r"(?<![^\W_])(m|z)'n(?![^\W_])")
# "zoë's" is also typed as "zoes".
_OF_SOMEONE = re.compile(rf"(?<={_LETTER_IN_WORD})'s(?!{_LETTER_IN_WORD})")
# "55+", "+55", "50+'ers", "c++", "f#", "q&a", "q & a"; "lhbti+" is "lhbti".
_PLUSSERS = re.compile(r"(?<=\d)\+'?(?=ers?\b)")
_PLUS_BEHIND = re.compile(r"(?:(?<=\d)|(?<=\b[^\W\d_]))\++(?![^\W_])")
_PLUS_BEFORE = re.compile(r"(?<![^\W_+])\+(?=\d{1,2}(?!\d))")
_SHARP = re.compile(r"(?<![^\W_])([a-g])#(?![^\W_])")
_TIED_INITIALS = re.compile(r"(?<![^\W_])([^\W\d_])\s?&\s?(?=[^\W\d_](?![^\W_]))", re.IGNORECASE)
_WITHIN = re.compile(rf"(?<={_LETTER_IN_WORD})'(?={_LETTER_IN_WORD})")


def fold(text: str) -> str:
    """Convert a text to lower case without accents.

    Args:
        text: any text from a user or another system.

    Returns:
        The text without accents and invisible characters, with straight apostrophes, and with
            spaces for control characters. Idempotent.
    """
    if text.isascii():
        return text.translate(_CONTROLS).lower()
    text = _decompose(text.translate(_SPACED))
    if text.isascii():
        return text.lower()
    # Lower case can add combining marks (İ), so decompose again.
    text = _decompose(text.casefold().translate(PLAIN_LETTERS))
    return text.translate(_SPACED)


def _decompose(text: str) -> str:
    text = _LATIN_MARKS.sub("", unicodedata.normalize("NFKD", text))
    if text.isascii():
        return text
    category = unicodedata.category
    return "".join([char for char in text if char < "\x80" or category(char) not in _DROPPED])


def folded_words(text: str) -> list[str]:
    """Split a text into normalised words.

    An apostrophe does not split a word: "foto's" gives "foto", "zo'n" gives "zo", "'s avonds" gives
    "avonds", "O'Neill" gives "oneill". Initials with full stops or "&" are one word: "W.M.O." gives
    "wmo", "Q&A" gives "qa". A plus is part of its word: "55+" gives "55plus".

    Args:
        text: any text from a user or another system.

    Returns:
        Words of letters and digits, in order, of at most `LONGEST_WORD` characters.
    """
    return _words_of(_folded(text))


def words_without_signs(text: str) -> list[str]:
    """Split a text at everything except letters and digits: "foto's" is "foto", "s".

    For names, which are compared more coarsely than search terms.
    """
    return _WORD.findall(fold(text))


def folded_words_and_joined(text: str) -> list[tuple[str, str]]:
    """Split a text into words, each with its joined form: "zoe" with "zoes" for "Zoë's".

    The joined form is empty for words without an apostrophe suffix.
    """
    folded = _folded(text)
    words = _words_of(folded)
    if "'" not in folded:
        return [(word, "") for word in words]
    joined = _words_of(_OF_SOMEONE.sub("s", folded))
    if len(joined) != len(words):  # initials with a tail: "w.m.o's."
        return [(word, "") for word in words]
    pairs = zip(words, joined, strict=True)
    return [(word, other if other != word else "") for word, other in pairs]


def _folded(text: str) -> str:
    return text.lower() if text.isascii() else fold(text)


def _words_of(folded: str) -> list[str]:
    folded = _without_signs(folded)
    if "'" in folded:
        folded = _without_apostrophes(folded)
    if "." in folded:
        folded = _INITIALS.sub(lambda found: found[0].replace(".", ""), folded)
    words = (_ASCII_WORD if folded.isascii() else _WORD).findall(folded)
    return [word[:LONGEST_WORD] for word in words] if len(folded) > LONGEST_WORD else words


def _without_signs(folded: str) -> str:
    """Spell out signs that are part of a word: "55+" as "55plus", "q&a" as "qa"."""
    if "+" in folded:
        folded = _PLUSSERS.sub("pluss", folded)
        folded = _PLUS_BEHIND.sub(lambda found: "plus" * min(len(found[0]), 2), folded)
        folded = _PLUS_BEFORE.sub("plus", folded)
    if "#" in folded:
        folded = _SHARP.sub(r"\1sharp", folded)
    return with_initials_closed(folded)


def with_initials_closed(text: str) -> str:
    """Join initials around "&": "q & a" as "qa"."""
    return _TIED_INITIALS.sub(r"\1", text) if "&" in text else text


def _without_apostrophes(folded: str) -> str:
    folded = _SHORTENED.sub(r"\1ijn", folded)
    folded = _TIED_BEFORE.sub(" ", _TIED_BEHIND.sub("", folded))
    return _WITHIN.sub("", folded)
