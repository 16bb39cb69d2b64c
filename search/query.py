"""What a visitor asked, made fit for any search engine."""

import re

LONGEST_QUESTION = 200
MOST_WORDS = 16
WORD = re.compile(r"\w+")


def words_of(text: str) -> list[str]:
    """Answer the words in what a visitor typed, at most 16 from the first 200 characters.

    Quotes, operators and control characters are left out: to one engine or another each of them
    is grammar.
    """
    return WORD.findall(text[:LONGEST_QUESTION])[:MOST_WORDS]
