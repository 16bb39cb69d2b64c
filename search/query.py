"""Parses the search question of a visitor into words that any search engine accepts."""

from dataclasses import dataclass

from django.http import QueryDict

from socialekaart_plugin.foundation.search_words import search_words

LONGEST_QUESTION = 200
MOST_WORDS = 16


@dataclass(frozen=True)
class Question:
    """The words of a visitor, and which interpretations are allowed."""

    text: str
    words: list[str]
    #: Whether "dinsdagavond" means that evening; otherwise it is an ordinary word.
    reads_times: bool
    #: Whether an unknown word may be replaced by a known one.
    corrects: bool


def question_of(query: QueryDict) -> Question:
    """Return the question in a query string."""
    text = query.get("q", "").strip()[:LONGEST_QUESTION]
    return Question(
        text=text,
        words=words_of(text),
        reads_times=query.get("tijden") != "0",
        corrects=query.get("precies") != "1",
    )


def words_of(text: str) -> list[str]:
    """Return the words of a text, at most 16 from its first 200 characters."""
    return search_words(text[:LONGEST_QUESTION], MOST_WORDS)
