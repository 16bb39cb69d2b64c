"""Which help questions fit what was typed."""

import math
from collections import defaultdict
from collections.abc import Iterable

from socialekaart_plugin.discovery.language import Analyzer

from .bounds import MOST_QUESTIONS
from .plan import Alternative, Clause

#: How much of what was typed a question must be about, and how much less than the best it may be.
_LEAST_COVERED = 0.5
_LEAST_OF_BEST = 0.75
#: What a stop word counts: "ik voel me alleen" and "ik kom niet rond" are told apart by them.
_STOP_WORD = 0.4
#: A word that more questions have than this (and than two) tells nothing.
_COMMON = 0.3


class Questions:
    """The help questions by their words."""

    def __init__(self, questions: Iterable[tuple[str, str]], analyzer: Analyzer) -> None:
        """Read the wording of each.

        Args:
            questions: slug and wording (name and explanation), in their order.
            analyzer: cuts the wording into words.
        """
        self._slugs: list[str] = []
        self._stems: dict[str, set[int]] = defaultdict(set)
        self._words: dict[str, set[int]] = defaultdict(set)
        sizes = []
        for number, (slug, wording) in enumerate(questions):
            self._slugs.append(slug)
            terms = analyzer.terms(wording)
            sizes.append(sum(not term.is_stop for term in terms))
            for term in terms:
                self._words[term.word].add(number)
                for token in (term.stem, *term.parts):
                    self._stems[token].add(number)
        self._sizes = sizes
        self._analyzer = analyzer

    def fitting(self, clauses: Iterable[Clause], stop_words: Iterable[str]) -> list[str]:
        """Return the slugs of the questions that fit, best first; at most `MOST_QUESTIONS`.

        Args:
            clauses: of the plan.
            stop_words: stems of the words that say little, which were left out of the clauses.
        """
        if not self._slugs:
            return []
        scores: dict[int, float] = defaultdict(float)
        asked = 0.0
        has_said = False
        for clause in clauses:
            weights = self._of_clause(clause)
            worth = self._worth(len(weights))
            if weights and not worth:
                continue
            asked += worth or self._worth(1)
            has_said = has_said or bool(weights)
            for number, weight in weights.items():
                scores[number] += weight * worth
        if not has_said:
            return []
        for stem in set(stop_words):
            having = self._stems.get(stem, set())
            worth = self._worth(len(having)) * _STOP_WORD
            asked += worth
            for number in having & scores.keys():
                scores[number] += worth
        return self._best(scores, asked)

    def _best(self, scores: dict[int, float], asked: float) -> list[str]:
        # Of equal ones, that which is about little else.
        order = sorted(scores, key=lambda number: (-scores[number], self._sizes[number], number))
        least = max(_LEAST_COVERED * asked, _LEAST_OF_BEST * scores[order[0]])
        fitting = [number for number in order if scores[number] >= least]
        return [self._slugs[number] for number in fitting[:MOST_QUESTIONS]]

    def _worth(self, having: int) -> float:
        """Return what a word tells that so many questions have: 0 when too many or none do."""
        total = len(self._slugs)
        if not having or having > max(2, _COMMON * total):
            return 0.0
        return math.log(1 + total / having)

    def _of_clause(self, clause: Clause) -> dict[int, float]:
        weights: dict[int, float] = {}
        for alternative in clause.alternatives:
            for number in self._of_alternative(alternative):
                weights[number] = max(weights.get(number, 0.0), alternative.weight)
        return weights

    def _of_alternative(self, alternative: Alternative) -> set[int]:
        if alternative.clauses:
            found = [set(self._of_clause(clause)) for clause in alternative.clauses]
        else:
            by_token = self._words if alternative.is_literal else self._stems
            tokens = [token for token in alternative.tokens if not self._is_stop_word(token)]
            # Of a phrase in which nothing is said, every word counts.
            found = [by_token.get(token, set()) for token in tokens or alternative.tokens]
        return set.intersection(*found) if found else set()

    def _is_stop_word(self, token: str) -> bool:
        return self._analyzer.term(token).is_stop
