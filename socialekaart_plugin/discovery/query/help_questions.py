"""Matches a query with help questions."""

import math
from collections import defaultdict
from collections.abc import Iterable

from socialekaart_plugin.language import Analyzer

from .limits import MOST_QUESTIONS
from .plan import Alternative, Clause

#: Minimum score of a question, as a share of the query and of the best question.
_MIN_COVERAGE = 0.5
_MIN_SHARE_OF_BEST = 0.75
#: Weight of a stop word: they distinguish "ik voel me alleen" from "ik kom niet rond".
_STOP_WORD = 0.4
#: Weight of a word of the explanation, relative to the name.
_EXPLANATION = 0.6
#: Weight of a word that no question has: "mijn man is overleden" is about dying all the same.
_UNKNOWN = 0.6
#: It counts more outside sentences: "koffie drinken" is not about an addiction.
_UNKNOWN_OF_WORDS = 1.2
#: A word in a larger share of questions (and in more than two) is ignored.
_MAX_DOCUMENT_SHARE = 0.15


class Questions:
    """The help questions, indexed by word."""

    def __init__(self, questions: Iterable[tuple[str, str]], analyzer: Analyzer) -> None:
        """Index the wording of each.

        Args:
            questions: slug and wording, in their order: the name on the first line, then the
                explanation.
            analyzer: splits the wording into words.
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
        """Index words of the next question; return how many are no stop words."""
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
            stop_words: stems of the stop words left out of the clauses.
            is_sentence: whether the query is a sentence; then it may match with fewer words.
        """
        if not self._slugs:
            return []
        unknown = _UNKNOWN if is_sentence else _UNKNOWN_OF_WORDS
        scores: dict[int, float] = defaultdict(float)
        total_weight = 0.0
        has_match = False
        for clause in clauses:
            weights = self._of_clause(clause)
            rarity = self._rarity(len(weights))
            if weights and not rarity:
                continue
            total_weight += rarity or unknown * self._rarity(1)
            has_match = has_match or bool(weights)
            for number, weight in weights.items():
                scores[number] += weight * rarity
        if not has_match:
            return []
        for stem in set(stop_words):
            matching = self._stems.get(stem, {})
            rarity = self._rarity(len(matching)) * _STOP_WORD
            for number in matching.keys() & scores.keys():
                scores[number] += rarity * matching[number]
        return self._best(scores, _MIN_COVERAGE * total_weight)

    def _best(self, scores: dict[int, float], least_score: float) -> list[str]:
        # Ties: the question with the fewest words first.
        order = sorted(scores, key=lambda number: (-scores[number], self._sizes[number], number))
        least = max(least_score, _MIN_SHARE_OF_BEST * scores[order[0]])
        fitting = [number for number in order if scores[number] >= least]
        return [self._slugs[number] for number in fitting[:MOST_QUESTIONS]]

    def _rarity(self, matching: int) -> float:
        """Return the inverse document frequency of a word; 0 when it is too common or unknown."""
        total = len(self._slugs)
        if not matching or matching > max(2, _MAX_DOCUMENT_SHARE * total):
            return 0.0
        return math.log(1 + total / matching)

    def _of_clause(self, clause: Clause) -> dict[int, float]:
        """Return the weight of each question that matches a clause, by number."""
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
            # In a phrase of stop words only, all count.
            found = [by_token.get(token, {}) for token in tokens or alternative.tokens]
        if not found:
            return {}
        first, *others = found
        common = set(first).intersection(*others)
        return {number: min(each[number] for each in found) for number in common}

    def _is_stop_word(self, token: str) -> bool:
        return self._analyzer.term(token).is_stop
