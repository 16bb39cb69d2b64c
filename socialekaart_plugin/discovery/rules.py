"""How text is made comparable: for records and for queries alike."""

import re
import unicodedata

#: A query longer than this is cut: nobody types more, and work per query stays bounded.
QUERY_MAX_LENGTH = 200
QUERY_MAX_WORDS = 10

_WORD = re.compile(r"\w+")


def fold(text: str) -> str:
    """Return text in small letters without accents, punctuation as single spaces."""
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(_WORD.findall(plain.casefold()))


def query_words(text: str) -> list[str]:
    """Return the words of a query, folded, bounded in length and number."""
    return fold(text[:QUERY_MAX_LENGTH]).split()[:QUERY_MAX_WORDS]
