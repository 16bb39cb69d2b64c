"""Words as they are compared: small letters without accents, apostrophes or other marks."""

import re
import unicodedata

from socialekaart_plugin.foundation.transliteration import APOSTROPHES, PLAIN_LETTERS

#: Longest word that is told apart; PostgreSQL refuses lexemes over 2,046 bytes.
LONGEST_WORD = 64

# A zero-width space parts words; any other invisible character stands within one (soft hyphen).
_CONTROLS: dict[int, str] = dict.fromkeys((*range(32), *range(127, 160), 8203), " ")
_SPACED = _CONTROLS | APOSTROPHES

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
# "zoë's" is typed as "zoes" too.
_OF_SOMEONE = re.compile(rf"(?<={_LETTER_IN_WORD})'s(?!{_LETTER_IN_WORD})")
# "55+", "+55", "50+'ers", "c++", "f#", "q&a", "q & a"; "lhbti+" is "lhbti".
_PLUSSERS = re.compile(r"(?<=\d)\+'?(?=ers?\b)")
_PLUS_BEHIND = re.compile(r"(?:(?<=\d)|(?<=\b[^\W\d_]))\++(?![^\W_])")
_PLUS_BEFORE = re.compile(r"(?<![^\W_+])\+(?=\d{1,2}(?!\d))")
_SHARP = re.compile(r"(?<![^\W_])([a-g])#(?![^\W_])")
_TIED_INITIALS = re.compile(r"(?<![^\W_])([^\W\d_])\s?&\s?(?=[^\W\d_](?![^\W_]))", re.IGNORECASE)
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
    text = _decompose(text.casefold().translate(PLAIN_LETTERS))
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
    "avonds", "O'Neill" gives "oneill". Initials with full stops or "&" are one word: "W.M.O." gives
    "wmo", "Q&A" gives "qa". A plus is part of its word: "55+" gives "55plus".

    Args:
        text: anything a person or another system may send.

    Returns:
        Words of letters and digits, in order, each of at most `LONGEST_WORD` characters.
    """
    return _words_of(_folded(text))


def words_without_signs(text: str) -> list[str]:
    """Cut a text into words at everything that is no letter or digit: "foto's" is "foto", "s".

    For names, which tell their words apart more coarsely than the search does.
    """
    return _WORD.findall(fold(text))


def folded_words_and_joined(text: str) -> list[tuple[str, str]]:
    """Cut a text into words, each with what its apostrophe joins: "zoe" with "zoes" of "Zoë's".

    The second is empty for a word that has none.
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
    """Write signs that are part of a word in letters: "55+" as "55plus", "q&a" as "qa"."""
    if "+" in folded:
        folded = _PLUSSERS.sub("pluss", folded)
        folded = _PLUS_BEHIND.sub(lambda found: "plus" * min(len(found[0]), 2), folded)
        folded = _PLUS_BEFORE.sub("plus", folded)
    if "#" in folded:
        folded = _SHARP.sub(r"\1sharp", folded)
    return with_initials_closed(folded)


def with_initials_closed(text: str) -> str:
    """Write initials with a sign between them as one word: "q & a" as "qa"."""
    return _TIED_INITIALS.sub(r"\1", text) if "&" in text else text


def _without_apostrophes(folded: str) -> str:
    folded = _SHORTENED.sub(r"\1ijn", folded)
    folded = _TIED_BEFORE.sub(" ", _TIED_BEHIND.sub("", folded))
    return _WITHIN.sub("", folded)
