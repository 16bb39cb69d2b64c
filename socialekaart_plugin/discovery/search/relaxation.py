"""Query relaxation: with few results, suggests filters or words to drop, and nearby areas."""

import math
from collections.abc import Iterator
from dataclasses import replace

from socialekaart_plugin.discovery.engines.base import Engine, EngineQuery
from socialekaart_plugin.discovery.facets import FACETS
from socialekaart_plugin.discovery.query.plan import Clause, When
from socialekaart_plugin.foundation.audiences import Audience

from .request import Question, Relaxation

#: Fewer results than this are few.
FEW = 3
_MOST_RELAXATIONS = 6


def find_relaxations(engine: Engine, query: EngineQuery, total: int) -> tuple[Relaxation, ...]:
    """Return relaxations that give more results, best first.

    Args:
        engine: that ran the query.
        query: to relax.
        total: its number of results.
    """
    candidates = list(_candidates(query))
    totals = engine.totals([other for _relaxation, other in candidates])
    found = [
        replace(relaxation, total=number)
        for (relaxation, _other), number in zip(candidates, totals, strict=True)
        if number > total
    ]
    found.sort(key=lambda relaxation: -relaxation.total)
    nearby = _nearest_area(engine, query) if not total else None
    return (*((nearby,) if nearby else ()), *found[:_MOST_RELAXATIONS])


def _candidates(query: EngineQuery) -> Iterator[tuple[Relaxation, EngineQuery]]:
    """Yield every possible relaxation with its query."""
    unpaged = replace(query, counted=(), limit=0)
    for name, values in query.facets.items():
        # `kind` is a tab or an API endpoint, not a filter that visitors choose.
        if values and name != "kind":
            left = {other: chosen for other, chosen in query.facets.items() if other != name}
            yield Relaxation("facet", name, 0), replace(unpaged, facets=left)
    if query.when:
        yield Relaxation("when", "", 0), replace(unpaged, when=When())
    if query.near is not None and query.near.radius is not None:
        yield Relaxation("near", "", 0), replace(unpaged, near=None)
    if query.age is not None:
        yield Relaxation("age", "", 0), replace(unpaged, age=None)
    if query.verified_since is not None:
        yield Relaxation("verified", "", 0), replace(unpaged, verified_since=None)
    must_all = query.minimum >= len(query.clauses)
    for word, rest in _without_a_word(query.clauses):
        minimum = len(rest) if must_all else min(query.minimum, len(rest))
        yield Relaxation("word", word, 0), replace(unpaged, clauses=rest, minimum=minimum)


def _without_a_word(clauses: tuple[Clause, ...]) -> Iterator[tuple[str, tuple[Clause, ...]]]:
    """Yield each word with the clauses without it; words of a phrase one by one."""
    for number, clause in enumerate(clauses):
        before, after = clauses[:number], clauses[number + 1 :]
        together = clause.alternatives[0].clauses
        if len(together) > 1:
            for at, word in enumerate(together):
                yield word.typed, (*before, *together[:at], *together[at + 1 :], *after)
        elif before or after:
            yield clause.typed, (*before, *after)


def _nearest_area(engine: Engine, query: EngineQuery) -> Relaxation | None:
    """Return the nearest area with results, of the same kind as a chosen area."""
    chosen = query.facets.get("area", ())
    areas = engine.values("area")
    here = next((areas[slug] for slug in chosen if slug in areas and areas[slug].centre), None)
    if here is None or here.centre is None:
        return None
    anywhere = {name: values for name, values in query.facets.items() if name != "area"}
    wide = replace(query, facets=anywhere, counted=("area",), limit=0)
    counts = engine.search(wide).counts["area"]
    near = [
        (_approximate_distance(here.centre, other.centre), slug)
        for slug, other in areas.items()
        if slug in counts
        and slug not in chosen
        and other.area_kind == here.area_kind
        and other.centre is not None
    ]
    if not near:
        return None
    slug = min(near)[1]
    return Relaxation("area", "area", counts[slug], value=slug, label=areas[slug].name)


def _approximate_distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return an approximate distance in degrees, for comparison only."""
    east = (other[1] - one[1]) * math.cos(math.radians(one[0]))
    return math.hypot(other[0] - one[0], east)


def fitting_questions(
    engine: Engine, slugs: tuple[str, ...], audience: Audience
) -> tuple[Question, ...]:
    """Return help questions with their number of records; those without records are left out."""
    known = {slug: value for slug, value in engine.values(_QUESTION).items() if slug in slugs}
    asked = [slug for slug in slugs if slug in known]
    totals = engine.totals(
        [EngineQuery(facets={_QUESTION: (slug,)}, audience=audience) for slug in asked]
    )
    return tuple(
        Question(slug, known[slug].short_id, known[slug].name, known[slug].explanation, number)
        for slug, number in zip(asked, totals, strict=True)
        if number
    )


_QUESTION = FACETS["help_question"].name
