"""The backend through which Wagtail searches: whatever someone types reaches the engine as words.

Wagtail (7.4 to 8.0) hands what was typed to its engine as it stands. SQLite fails on a lone quote,
and on some hundreds of words, on every list, chooser and API of Wagtail's alike; PostgreSQL fails
on a NUL or a very long word. A site names this module as the BACKEND of WAGTAILSEARCH_BACKENDS,
and the backend that does the work as its SEARCHES_WITH. It can go when Wagtail reads such words.
"""

from functools import cache
from typing import Any

from modelsearch.backends import import_backend
from modelsearch.query import (
    MATCH_ALL,
    MATCH_NONE,
    And,
    Boost,
    Fuzzy,
    Not,
    Or,
    Phrase,
    PlainText,
    SearchQuery,
)

from .search_words import MOST_WORDS, search_words

#: The option that names the backend behind this one, and what it is when a site names none.
INNER = "SEARCHES_WITH"
DEFAULT_INNER = "wagtail.search.backends.database"


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802 - the name Wagtail looks for
    """Return the backend that SEARCHES_WITH names, to which no words are an error."""
    options = dict(params)
    inner = import_backend(options.pop(INNER, DEFAULT_INNER))
    # Wagtail's own for databases is a function: only what it gives tells the class.
    backend_class: Any = type(inner(dict(options)))
    return _cleaning(backend_class)(options)


@cache
def _cleaning(backend_class: Any) -> Any:
    return type(backend_class.__name__, (CleansWords, backend_class), {})


class CleansWords:
    """Cleans the words of a query before the backend behind it sees them."""

    def search(self, query: Any, model_or_queryset: Any, *args: Any, **kwargs: Any) -> Any:
        """Search for whole words; nothing is found by a text without a word."""
        return super().search(cleaned(query), model_or_queryset, *args, **kwargs)  # type: ignore[misc]

    def autocomplete(self, query: Any, model_or_queryset: Any, *args: Any, **kwargs: Any) -> Any:
        """Search for beginnings of words; nothing is found by a text without a word."""
        return super().autocomplete(cleaned(query), model_or_queryset, *args, **kwargs)  # type: ignore[misc]


def cleaned(query: Any) -> Any:
    """Return a query of cleaned words; one that finds nothing when there are none.

    Args:
        query: a text, or a query of modelsearch.
    """
    if isinstance(query, str):
        # Not the empty text: Wagtail's lists ask the answer to that for its model, and fail.
        return " ".join(search_words(query)) or MATCH_NONE
    if isinstance(query, SearchQuery):
        found = _Cleaner().clean(query)
        return MATCH_NONE if found is None else found
    return query


class _Cleaner:
    """Cleans a query and its parts, which together have no more words than one text may have."""

    def __init__(self) -> None:
        self.left = MOST_WORDS

    def clean(self, query: SearchQuery) -> SearchQuery | None:
        """Return a query without what is no word; None when nothing is left of it."""
        if isinstance(query, (PlainText, Phrase, Fuzzy)):
            return self._words(query)
        if isinstance(query, (And, Or)):
            parts = [part for part in map(self.clean, query.subqueries) if part is not None]
            return type(query)(parts) if len(parts) > 1 else next(iter(parts), None)
        if isinstance(query, Not):
            # Not to hold what is no word holds for everything.
            left_out = self.clean(query.subquery)
            return MATCH_ALL if left_out is None else Not(left_out)
        if isinstance(query, Boost):
            boosted = self.clean(query.subquery)
            return None if boosted is None else Boost(boosted, query.boost)
        return query

    def _words(self, query: PlainText | Phrase | Fuzzy) -> SearchQuery | None:
        words = search_words(query.query_string, self.left)
        self.left -= len(words)
        text = " ".join(words)
        if not words:
            return None
        if isinstance(query, PlainText):
            return PlainText(text, operator=query.operator, boost=query.boost)
        if isinstance(query, Fuzzy):
            return Fuzzy(text, operator=query.operator, unaccent=query.unaccent)
        return Phrase(text)
