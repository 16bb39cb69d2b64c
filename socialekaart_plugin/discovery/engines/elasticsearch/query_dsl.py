"""The clauses of a plan as queries of Elasticsearch; each scores by its rarity and its field."""

from collections.abc import Iterable
from typing import Any

from socialekaart_plugin.discovery.engines.reference_data import Vocabulary
from socialekaart_plugin.discovery.engines.weights import (
    FIELD_WEIGHTS,
    FIELDS,
    FIELDS_WITH_NEIGHBOURS,
    LESSER_FIELDS,
)
from socialekaart_plugin.discovery.query.plan import Alternative, Clause

Body = dict[str, Any]

NOTHING: Body = {"match_none": {}}
EVERYTHING: Body = {"match_all": {}}

#: What a help question gathers scores as a word that one record in so many has.
_QUESTION_RARITY = 3.0


def question_query(vocabulary: Vocabulary, slug: str) -> Body:
    """Return what finds the records of a help question: by its themes and groups, and picked."""
    question = next((each for each in vocabulary.questions if each.slug == slug), None)
    if question is None:
        return NOTHING
    gathered = [
        {"terms": {f"facets.{facet}": list(values)}}
        for facet, values in (("theme", question.themes), ("target_group", question.target_groups))
        if values
    ]
    ways: list[Body] = [{"terms": {"key": list(question.documents)}}] if question.documents else []
    if gathered:
        ways.append({"bool": {"filter": gathered}})
    return {"bool": {"should": ways, "minimum_should_match": 1}} if ways else NOTHING


class Matcher:
    """Turns clauses into queries."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Look for help questions in this vocabulary."""
        self._vocabulary = vocabulary
        #: By tokens, the first alternative that looks for them.
        self.alternatives: dict[str, Alternative] = {}
        #: By name of a query for what help questions gather, its alternative and its points.
        self.gathered: dict[str, tuple[Alternative, float]] = {}

    def at_least(self, clauses: Iterable[Clause], minimum: int) -> Body:
        """Return what finds records that match so many clauses; at least one."""
        queries = [self.clause(clause) for clause in clauses]
        if minimum >= len(queries):
            return {"bool": {"must": queries}}
        return {"bool": {"should": queries, "minimum_should_match": max(1, minimum)}}

    def clause(self, clause: Clause) -> Body:
        """Return what finds records that match an alternative; the best one scores."""
        return _best([self._alternative(each) for each in clause.alternatives], lesser=0.0)

    def _alternative(self, alternative: Alternative) -> Body:
        if alternative.question:
            boost = FIELD_WEIGHTS["questions"] * _QUESTION_RARITY * alternative.weight
            found = question_query(self._vocabulary, alternative.question)
            return self._gathered(found, boost, alternative)
        if alternative.clauses:
            minimum = alternative.minimum or len(alternative.clauses)
            query = self.at_least(alternative.clauses, minimum)
            query["bool"]["boost"] = alternative.weight
            return query
        if alternative.is_phrase:
            return self._phrase(alternative)
        tokens = [self._token(alternative, token) for token in alternative.tokens]
        return tokens[0] if len(tokens) == 1 else {"bool": {"must": tokens}}

    def _phrase(self, alternative: Alternative) -> Body:
        """Return what finds tokens next to each other."""
        text = " ".join(alternative.tokens)
        fields = ("literal",) if alternative.is_literal else FIELDS_WITH_NEIGHBOURS
        ways = [
            {
                "match_phrase": {
                    field: {"query": text, "boost": FIELD_WEIGHTS[field] * alternative.weight}
                }
            }
            for field in fields
            if field != "questions"
        ]
        self._remember(text, alternative)
        return _best(ways, LESSER_FIELDS)

    def _token(self, alternative: Alternative, token: str) -> Body:
        """Return what finds a token in any field; as rare as it is in all of them together."""
        self._remember(token, alternative)
        if alternative.is_literal:
            boost = FIELD_WEIGHTS["literal"] * alternative.weight
            return {"term": {"literal": {"value": token, "boost": boost}}}
        found: Body = {
            "multi_match": {
                "query": token,
                "type": "cross_fields",
                "fields": [
                    f"{field}^{FIELD_WEIGHTS[field]}" for field in FIELDS if field != "questions"
                ],
                "tie_breaker": LESSER_FIELDS,
                "boost": alternative.weight,
            }
        }
        gathered = self._with_stem(token)
        if not gathered:
            return found
        boost = FIELD_WEIGHTS["questions"] * _QUESTION_RARITY * alternative.weight
        return _best([found, self._gathered(_any(gathered), boost, alternative)], LESSER_FIELDS)

    def _with_stem(self, stem: str) -> list[Body]:
        """Return what finds the records of the help questions in whose name a stem stands."""
        return [
            question_query(self._vocabulary, question.slug)
            for question in self._vocabulary.questions
            if stem in question.stems
        ]

    def _gathered(self, found: Body, boost: float, alternative: Alternative) -> Body:
        name = str(len(self.gathered))
        self.gathered[name] = alternative, boost
        return {"constant_score": {"filter": found, "boost": boost, "_name": name}}

    def _remember(self, text: str, alternative: Alternative) -> None:
        self.alternatives.setdefault(text, alternative)


def _best(ways: list[Body], lesser: float) -> Body:
    if len(ways) == 1:
        return ways[0]
    return {"dis_max": {"queries": ways, "tie_breaker": lesser}}


def _any(ways: list[Body]) -> Body:
    return {"bool": {"should": ways, "minimum_should_match": 1}}
