"""Prunes clauses to the limits of a plan: typed words stay, extra alternatives are dropped."""

from collections.abc import Sequence
from dataclasses import replace

from .limits import MOST_ALTERNATIVES, MOST_TOKENS
from .plan import Alternative, Clause


def prune(clauses: Sequence[Clause], most: int = MOST_TOKENS) -> tuple[Clause, ...]:
    """Return clauses with at most `most` tokens in all, divided fairly.

    The first alternative of each clause stays, so that every typed word counts.
    """
    room = most
    kept: dict[int, Clause] = {}
    # Smallest first: what they do not use is for the others.
    order = sorted(range(len(clauses)), key=lambda place: _cost(clauses[place]))
    for done, place in enumerate(order):
        clause = _prune_clause(clauses[place], room // (len(clauses) - done))
        kept[place] = clause
        room -= _cost(clause)
    return tuple(kept[place] for place in range(len(clauses)))


def _prune_clause(clause: Clause, most: int) -> Clause:
    first, *others = clause.alternatives
    if first.clauses:
        # Half for the separate words, half for the group.
        share = most if not others else max(most // 2, len(first.clauses))
        first = replace(first, clauses=prune(first.clauses, share))
    room = most - _alternative_cost(first)
    kept = [first]
    for alternative in others[: MOST_ALTERNATIVES - 1]:
        cost = _alternative_cost(alternative)
        if cost <= room:
            kept.append(alternative)
            room -= cost
    return replace(clause, alternatives=tuple(kept))


def _cost(clause: Clause) -> int:
    return sum(map(_alternative_cost, clause.alternatives))


def _alternative_cost(alternative: Alternative) -> int:
    return len(alternative.tokens) + sum(map(_cost, alternative.clauses))
