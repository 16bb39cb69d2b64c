"""Completion: suggests records, themes, help questions and keywords while someone types."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from socialekaart_plugin.discovery.engines import current_engine
from socialekaart_plugin.discovery.engines.base import Engine, EngineQuery, Named
from socialekaart_plugin.discovery.query import QUERY_MAX_LENGTH
from socialekaart_plugin.discovery.selectors import current_analyzer
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.language import fold, folded_words

_MOST_WORDS = 6
#: Minimum length of the last word.
_SHORTEST = 2
_SHORTEST_TO_CORRECT = 4
#: Facets with completions, in order, and the maximum of each.
_REFERENCE_FACETS = {"help_question": 2, "theme": 2, "tag": 2}
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Completion:
    """A suggestion.

    Attributes:
        kind: organisation, activity, place, theme, help_question or tag.
        value: short id of a record; slug of a facet value.
        name: for display.
        count: number of its records; 1 for a record.
        pieces: the name in pieces, and whether each matches the text.
    """

    kind: str
    value: str
    name: str
    count: int
    pieces: tuple[tuple[str, bool], ...]


def completions(text: str, *, audience: Audience, limit: int = 8) -> list[Completion]:
    """Return suggestions for a text; facet values first, then records.

    Args:
        text: as typed; the last word may be a prefix, and may be misspelt.
        audience: who types: nothing that they may not see is suggested.
        limit: how many at most.
    """
    words = folded_words(text[:QUERY_MAX_LENGTH])[:_MOST_WORDS]
    if limit < 1 or not words or len(words[-1]) < _SHORTEST:
        return []
    engine = current_engine(current_analyzer)
    found = _found(engine, words, audience, limit)
    if not found and len(words[-1]) >= _SHORTEST_TO_CORRECT:
        for other in engine.words_like(words[-1], prefix=True, limit=3):
            words = [*words[:-1], other]
            if found := _found(engine, words, audience, limit):
                break
    return [Completion(n.kind, n.value, n.name, n.count, _pieces(n.name, words)) for n in found]


def _found(engine: Engine, words: list[str], audience: Audience, limit: int) -> list[Named]:
    values = list(_reference_values(engine, words, audience))[: max(1, limit // 2)]
    return [*values, *engine.names(words, audience=audience, limit=limit - len(values))]


def _reference_values(engine: Engine, words: list[str], audience: Audience) -> Iterator[Named]:
    """Yield matching facet values that have records for this audience."""
    candidates = []
    for facet, most in _REFERENCE_FACETS.items():
        named = [
            (not fold(value.name).startswith(words[0]), len(value.name), value.name, slug)
            for slug, value in engine.values(facet).items()
            if _has_words(value.name, words)
        ]
        candidates += [(facet, slug, name) for _, _, name, slug in sorted(named)[:most]]
    totals = engine.totals(
        [EngineQuery(facets={facet: (slug,)}, audience=audience) for facet, slug, _ in candidates]
    )
    for (facet, slug, name), number in zip(candidates, totals, strict=True):
        if number:
            yield Named(facet, slug, name, number)


def _has_words(name: str, words: list[str]) -> bool:
    """Tell whether a name has the words, the last one as a prefix."""
    known = folded_words(name)
    *whole, last = words
    return all(word in known for word in whole) and any(word.startswith(last) for word in known)


def _pieces(name: str, words: list[str]) -> tuple[tuple[str, bool], ...]:
    """Return a name in pieces: typed parts of words, and the rest."""
    pieces: list[tuple[str, bool]] = []
    end = 0
    for match in _WORD.finditer(name):
        typed = next((word for word in words if fold(match[0]).startswith(word)), None)
        if typed is not None:
            pieces.append((name[end : match.start()], False))
            # Folding may turn one letter into two: "ß" becomes "ss".
            pieces.append((match[0][: len(typed)], True))
            end = min(match.start() + len(typed), match.end())
    pieces.append((name[end:], False))
    return tuple(piece for piece in pieces if piece[0])
