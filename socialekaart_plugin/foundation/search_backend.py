"""A Wagtail search backend that cleans queries, so that no input causes a database error.

Wagtail (7.4 to 8.0) passes input unchanged. SQLite fails on a single quote and on hundreds of
words, in every list, chooser and API of Wagtail; PostgreSQL fails on NUL or a very long word. Set
this module as BACKEND in WAGTAILSEARCH_BACKENDS, and the real backend as SEARCHES_WITH. Remove it
once Wagtail handles such input.
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

#: The option for the real backend, and its default.
INNER = "SEARCHES_WITH"
DEFAULT_INNER = "wagtail.search.backends.database"


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802 - the name Wagtail looks for
    """Return the real backend, extended to clean queries."""
    options = dict(params)
    inner = import_backend(options.pop(INNER, DEFAULT_INNER))
    # Wagtail's database backend is a function, so get the class from an instance.
    backend_class: Any = type(inner(dict(options)))
    return _cleaning(backend_class)(options)


@cache
def _cleaning(backend_class: Any) -> Any:
    return type(backend_class.__name__, (CleansWords, backend_class), {})


class CleansWords:
    """Cleans queries before they reach the real backend."""

    def search(self, query: Any, model_or_queryset: Any, *args: Any, **kwargs: Any) -> Any:
        """Search for whole words; a text without words finds nothing."""
        return super().search(cleaned(query), model_or_queryset, *args, **kwargs)  # type: ignore[misc]

    def autocomplete(self, query: Any, model_or_queryset: Any, *args: Any, **kwargs: Any) -> Any:
        """Search for prefixes; a text without words finds nothing."""
        return super().autocomplete(cleaned(query), model_or_queryset, *args, **kwargs)  # type: ignore[misc]


def cleaned(query: Any) -> Any:
    """Return the cleaned query; it matches nothing when no words are left.

    Args:
        query: a string, or a modelsearch query object.
    """
    if isinstance(query, str):
        # Not an empty string: Wagtail's lists crash on its result.
        return " ".join(search_words(query)) or MATCH_NONE
    if isinstance(query, SearchQuery):
        found = _Cleaner().clean(query)
        return MATCH_NONE if found is None else found
    return query


class _Cleaner:
    """Cleans a query object; the limit on words applies to all its parts together."""

    def __init__(self) -> None:
        self.left = MOST_WORDS

    def clean(self, query: SearchQuery) -> SearchQuery | None:
        """Return the query without invalid words; None when it is empty."""
        if isinstance(query, (PlainText, Phrase, Fuzzy)):
            return self._words(query)
        if isinstance(query, (And, Or)):
            parts = [part for part in map(self.clean, query.subqueries) if part is not None]
            return type(query)(parts) if len(parts) > 1 else next(iter(parts), None)
        if isinstance(query, Not):
            # Excluding nothing matches everything.
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
