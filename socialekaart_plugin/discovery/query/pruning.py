"""Clauses brought within the bounds of a plan: what was typed stays, what was added gives way."""

from collections.abc import Sequence
from dataclasses import replace

from .limits import MOST_ALTERNATIVES, MOST_TOKENS
from .plan import Alternative, Clause


def bounded(clauses: Sequence[Clause], most: int = MOST_TOKENS) -> tuple[Clause, ...]:
    """Return clauses with at most so many tokens together, shared out fairly.

    The first alternative of every clause stays, so that everything that was typed counts.
    """
    room = most
    kept: dict[int, Clause] = {}
    # The smallest first: what they leave is for the others.
    order = sorted(range(len(clauses)), key=lambda place: _cost(clauses[place]))
    for done, place in enumerate(order):
        clause = _within(clauses[place], room // (len(clauses) - done))
        kept[place] = clause
        room -= _cost(clause)
    return tuple(kept[place] for place in range(len(clauses)))


def _within(clause: Clause, most: int) -> Clause:
    first, *others = clause.alternatives
    if first.clauses:
        # Half for the words as they were typed, half for what they are together.
        share = most if not others else max(most // 2, len(first.clauses))
        first = replace(first, clauses=bounded(first.clauses, share))
    room = most - _cost_of(first)
    kept = [first]
    for alternative in others[: MOST_ALTERNATIVES - 1]:
        cost = _cost_of(alternative)
        if cost <= room:
            kept.append(alternative)
            room -= cost
    return replace(clause, alternatives=tuple(kept))


def _cost(clause: Clause) -> int:
    return sum(map(_cost_of, clause.alternatives))


def _cost_of(alternative: Alternative) -> int:
    return len(alternative.tokens) + sum(map(_cost, alternative.clauses))
