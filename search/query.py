"""What a visitor asked, made fit for any search engine."""

from dataclasses import dataclass

from django.http import QueryDict

from socialekaart_plugin.foundation.search_words import search_words

LONGEST_QUESTION = 200
MOST_WORDS = 16


@dataclass(frozen=True)
class Question:
    """What a visitor typed, and whether it may be read otherwise than it stands."""

    text: str
    words: list[str]
    #: Whether "dinsdagavond" means that evening; else it is a word as any other.
    reads_times: bool
    #: Whether a word that nothing has may be taken for one that something has.
    corrects: bool


def question_of(query: QueryDict) -> Question:
    """Answer what an address asks."""
    text = query.get("q", "").strip()[:LONGEST_QUESTION]
    return Question(
        text=text,
        words=words_of(text),
        reads_times=query.get("tijden") != "0",
        corrects=query.get("precies") != "1",
    )


def words_of(text: str) -> list[str]:
    """Answer the words in what a visitor typed, at most 16 from the first 200 characters."""
    return search_words(text[:LONGEST_QUESTION], MOST_WORDS)
