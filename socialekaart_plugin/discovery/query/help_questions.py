"""Which help questions fit what was typed."""

import math
from collections import defaultdict
from collections.abc import Iterable

from socialekaart_plugin.language import Analyzer

from .limits import MOST_QUESTIONS
from .plan import Alternative, Clause

#: How much of what was typed a question must be about, and how much less than the best it may be.
_LEAST_COVERED = 0.5
_LEAST_OF_BEST = 0.75
#: What a stop word counts: "ik voel me alleen" and "ik kom niet rond" are told apart by them.
_STOP_WORD = 0.4
#: What a word of the explanation counts beside one of the name.
_EXPLANATION = 0.6
#: What a word that no question has counts: "mijn man is overleden" is about dying all the same.
_UNKNOWN = 0.6
#: Of words that are no sentence it counts more: "koffie drinken" is not about an addiction.
_UNKNOWN_OF_WORDS = 1.2
#: A word that more questions have than this (and than two) tells nothing.
_COMMON = 0.15


class Questions:
    """The help questions by their words."""

    def __init__(self, questions: Iterable[tuple[str, str]], analyzer: Analyzer) -> None:
        """Read the wording of each.

        Args:
            questions: slug and wording, in their order: the name on the first line, then the
                explanation.
            analyzer: cuts the wording into words.
        """
        self._analyzer = analyzer
        self._slugs: list[str] = []
        self._sizes: list[int] = []
        #: By stem and by folded word, the numbers of the questions that have it, and its weight.
        self._stems: dict[str, dict[int, float]] = defaultdict(dict)
        self._words: dict[str, dict[int, float]] = defaultdict(dict)
        for slug, wording in questions:
            name, _line, explanation = wording.partition("\n")
            size = self._add(name, 1.0) + self._add(explanation, _EXPLANATION)
            self._slugs.append(slug)
            self._sizes.append(size)

    def _add(self, text: str, weight: float) -> int:
        """Add words of the question that is next, and return how many of them say something."""
        number = len(self._slugs)
        terms = self._analyzer.terms(text)
        for term in terms:
            self._words[term.word].setdefault(number, weight)
            for token in (term.stem, *term.parts):
                self._stems[token].setdefault(number, weight)
        return sum(not term.is_stop for term in terms)

    def fitting(
        self, clauses: Iterable[Clause], stop_words: Iterable[str], *, is_sentence: bool
    ) -> list[str]:
        """Return the slugs of the questions that fit, best first; at most `MOST_QUESTIONS`.

        Args:
            clauses: of the plan.
            stop_words: stems of the words that say little, which were left out of the clauses.
            is_sentence: whether it reads as a sentence: then less of it must be in the question.
        """
        if not self._slugs:
            return []
        unknown = _UNKNOWN if is_sentence else _UNKNOWN_OF_WORDS
        scores: dict[int, float] = defaultdict(float)
        asked = 0.0
        has_said = False
        for clause in clauses:
            weights = self._of_clause(clause)
            worth = self._worth(len(weights))
            if weights and not worth:
                continue
            asked += worth or unknown * self._worth(1)
            has_said = has_said or bool(weights)
            for number, weight in weights.items():
                scores[number] += weight * worth
        if not has_said:
            return []
        for stem in set(stop_words):
            having = self._stems.get(stem, {})
            worth = self._worth(len(having)) * _STOP_WORD
            for number in having.keys() & scores.keys():
                scores[number] += worth * having[number]
        return self._best(scores, _LEAST_COVERED * asked)

    def _best(self, scores: dict[int, float], least_score: float) -> list[str]:
        # Of equal ones, that which is about little else.
        order = sorted(scores, key=lambda number: (-scores[number], self._sizes[number], number))
        least = max(least_score, _LEAST_OF_BEST * scores[order[0]])
        fitting = [number for number in order if scores[number] >= least]
        return [self._slugs[number] for number in fitting[:MOST_QUESTIONS]]

    def _worth(self, having: int) -> float:
        """Return what a word tells that so many questions have: 0 when too many or none do."""
        total = len(self._slugs)
        if not having or having > max(2, _COMMON * total):
            return 0.0
        return math.log(1 + total / having)

    def _of_clause(self, clause: Clause) -> dict[int, float]:
        """Return the questions that match a clause, by number, and how well each does."""
        weights: dict[int, float] = {}
        for alternative in clause.alternatives:
            for number, weight in self._of_alternative(alternative).items():
                weights[number] = max(weights.get(number, 0.0), weight * alternative.weight)
        return weights

    def _of_alternative(self, alternative: Alternative) -> dict[int, float]:
        if alternative.clauses:
            found = [self._of_clause(clause) for clause in alternative.clauses]
        else:
            by_token = self._words if alternative.is_literal else self._stems
            tokens = [token for token in alternative.tokens if not self._is_stop_word(token)]
            # Of a phrase in which nothing is said, every word counts.
            found = [by_token.get(token, {}) for token in tokens or alternative.tokens]
        if not found:
            return {}
        first, *others = found
        common = set(first).intersection(*others)
        return {number: min(each[number] for each in found) for number in common}

    def _is_stop_word(self, token: str) -> bool:
        return self._analyzer.term(token).is_stop
