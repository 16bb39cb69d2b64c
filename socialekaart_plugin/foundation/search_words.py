"""What someone typed to search by, made fit for any search engine."""

import unicodedata

#: More words than anyone types; each is one more level in the query that a database reads.
MOST_WORDS = 32
#: Characters that are read; PostgreSQL refuses a word of more than 2,046 bytes.
MOST_CHARACTERS = 400
#: To one engine or another the beginning or end of a phrase, or of an escaped character.
_GRAMMAR = '"\\'


def search_words(text: str, at_most: int = MOST_WORDS) -> list[str]:
    """Return the words in what someone typed, as they typed them.

    Quotes, backslashes and control characters are left out: to one engine or another each of them
    is grammar. So is a sign that stands alone, such as the hyphen in "koffie - thee": no engine
    has it, and a search for all words would find nothing.

    Args:
        text: what was typed, of any length.
        at_most: how many words are wanted.
    """
    read = "".join(" " if _is_grammar(sign) else sign for sign in text[:MOST_CHARACTERS])
    words = (word for word in read.split() if any(map(str.isalnum, word)))
    return [word for word, _number in zip(words, range(at_most), strict=False)]


def _is_grammar(sign: str) -> bool:
    # Cc: control characters, NUL among them; Cs: halves of a character, which no database stores.
    return sign in _GRAMMAR or unicodedata.category(sign) in ("Cc", "Cs")
