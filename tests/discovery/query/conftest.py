import datetime
from collections.abc import Callable
from typing import Any

import pytest
from rapidfuzz.distance import OSA

from socialekaart_plugin.discovery.query import build_plan
from socialekaart_plugin.discovery.query.plan import Alternative, QueryPlan
from socialekaart_plugin.discovery.query.wording_rules import PlanRules, Synonyms
from socialekaart_plugin.language import STANDARD_COMPOUNDS, Analyzer

ANALYZER = Analyzer(frozenset(STANDARD_COMPOUNDS))
#: A Monday.
TODAY = datetime.date(2026, 11, 23)

Planner = Callable[..., QueryPlan]
Found = dict[tuple[tuple[str, ...], str], float]


class KnownWords:
    """A vocabulary of a few words, as an engine would keep it."""

    def __init__(self, *words: str) -> None:
        self.words = words
        terms = [ANALYZER.term(word) for word in words]
        self.stems = {stem for term in terms for stem in (term.stem, *term.parts)}

    def has(self, stem: str) -> bool:
        return stem in self.stems

    def words_like(self, word: str, *, prefix: bool, limit: int) -> list[str]:
        if prefix:
            return sorted(known for known in self.words if known.startswith(word))[:limit]
        near = [known for known in self.words if OSA.distance(word, known) <= 2]
        return sorted(near, key=lambda known: (OSA.distance(word, known), known))[:limit]


@pytest.fixture(scope="session")
def analyzer() -> Analyzer:
    return ANALYZER


@pytest.fixture(scope="session")
def known() -> type[KnownWords]:
    return KnownWords


@pytest.fixture
def planned() -> Planner:
    def plan(
        text: str,
        *groups: Synonyms,
        vocabulary: KnownWords | None = None,
        read_times: bool = True,
        **rules: Any,
    ) -> QueryPlan:
        rules.setdefault("compounds", frozenset(STANDARD_COMPOUNDS))
        return build_plan(
            text,
            rules=PlanRules(synonyms=groups, **rules),
            analyzer=ANALYZER,
            today=TODAY,
            read_times=read_times,
            vocabulary=vocabulary,
        )

    return plan


@pytest.fixture
def ways() -> Callable[..., Found]:
    """Weights by tokens and kind ("stem", "phrase", "literal") of the alternatives of a clause."""

    def kind(way: Alternative) -> str:
        return "phrase" if way.is_phrase else "literal" if way.is_literal else "stem"

    def found(plan: QueryPlan, clause: int = 0) -> Found:
        return {
            (way.tokens, kind(way)): way.weight
            for way in plan.clauses[clause].alternatives
            if way.tokens
        }

    return found
