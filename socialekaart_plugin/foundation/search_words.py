"""Splits search input into words that are safe for every search engine."""

import unicodedata

#: Maximum number of words; each adds a level to the database query.
MOST_WORDS = 32
#: Maximum input length; PostgreSQL refuses words over 2,046 bytes.
MOST_CHARACTERS = 400
#: Characters that are query syntax in some engine: phrases or escapes.
_GRAMMAR = '"\\'


def search_words(text: str, at_most: int = MOST_WORDS) -> list[str]:
    """Return the words of the input, as typed.

    Removes quotes, backslashes and control characters, which are query syntax in some engine. Also
    removes a sign on its own, such as the hyphen in "koffie - thee": no engine indexes it, so a
    search for all words would find nothing.

    Args:
        text: the input, of any length.
        at_most: the maximum number of words.
    """
    read = "".join(" " if _is_grammar(sign) else sign for sign in text[:MOST_CHARACTERS])
    words = (word for word in read.split() if any(map(str.isalnum, word)))
    return [word for word, _number in zip(words, range(at_most), strict=False)]


def _is_grammar(sign: str) -> bool:
    # Cc: control characters such as NUL; Cs: surrogates, which databases reject.
    return sign in _GRAMMAR or unicodedata.category(sign) in ("Cc", "Cs")
