"""What the contract asks: queries of an engine in few words, and what must come of them."""

import datetime
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from socialekaart_plugin.discovery.engines.base import EngineQuery, Near
from socialekaart_plugin.discovery.query.plan import Alternative, Clause, When
from socialekaart_plugin.language import STANDARD_COMPOUNDS, Analyzer, folded_words

Names = list[str]

_ANALYZER = Analyzer(frozenset(STANDARD_COMPOUNDS))


@dataclass(frozen=True)
class Case:
    """A question to an engine, and the only right answer.

    Attributes:
        what: a sentence that holds.
        query: what is asked; records in `pinned` and `excluded` by name.
        hits: names, in order when `query` asks an order that says something, else by name.
        total: of all pages; by default as many as there are hits.
        counts: of the facets that are counted.
        distances: metres, by name; None for what has no place.
    """

    what: str
    query: dict[str, Any]
    hits: Names
    total: int | None = None
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    distances: dict[str, float | None] = field(default_factory=dict)


def engine_query(asked: dict[str, Any], keys: dict[str, int]) -> EngineQuery:
    """Return what is asked; the order is that of names unless another one is asked."""
    given = {"sort": "name", "now": moment("2026-11-23 09:00"), **asked}
    for name in ("pinned", "excluded"):
        given[name] = tuple(keys[record] for record in given.get(name, ()))
    given.setdefault("minimum", len(given.get("clauses", ())))
    return EngineQuery(**given)


def moment(text: str) -> datetime.datetime:
    """Return a moment, as clocks in the town show it."""
    return datetime.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Amsterdam"))


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def when(*dates: str, **kwargs: Any) -> When:
    return When(dates=tuple(map(day, dates)), **kwargs)


def near(latitude: float, longitude: float, radius: float | None = None) -> Near:
    return Near(latitude, longitude, radius)


def words(text: str) -> tuple[Clause, ...]:
    """Return a clause a word: its stem."""
    return tuple(Clause(word, (stems(word),)) for word in folded_words(text))


def either(*alternatives: Alternative) -> Clause:
    return Clause("", alternatives)


def stems(text: str, **kwargs: Any) -> Alternative:
    """Return an alternative: all these words, anywhere."""
    terms = _ANALYZER.terms(text)
    return Alternative(tuple(term.stem for term in terms), label=text, **kwargs)


def phrase(text: str, **kwargs: Any) -> Alternative:
    return stems(text, is_phrase=True, **kwargs)


def literal(word: str) -> Alternative:
    return Alternative((word,), is_literal=True, label=word)


def all_of(*clauses: Clause, minimum: int = 0) -> Alternative:
    return Alternative(clauses=clauses, minimum=minimum)


def question(slug: str, **kwargs: Any) -> Alternative:
    return Alternative(question=slug, reason="question", **kwargs)
