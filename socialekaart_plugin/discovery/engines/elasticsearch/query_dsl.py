"""Translates the clauses of a query plan into the query DSL of Elasticsearch."""

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

MATCH_NONE: Body = {"match_none": {}}
MATCH_ALL: Body = {"match_all": {}}

#: A match by help question scores like a word of this inverse document frequency.
_QUESTION_RARITY = 3.0


def question_query(vocabulary: Vocabulary, slug: str) -> Body:
    """Return the query for the records of a help question: by theme and group, or picked."""
    question = next((each for each in vocabulary.questions if each.slug == slug), None)
    if question is None:
        return MATCH_NONE
    gathered = [
        {"terms": {f"facets.{facet}": list(values)}}
        for facet, values in (("theme", question.themes), ("target_group", question.target_groups))
        if values
    ]
    ways: list[Body] = [{"terms": {"key": list(question.documents)}}] if question.documents else []
    if gathered:
        ways.append({"bool": {"filter": gathered}})
    return {"bool": {"should": ways, "minimum_should_match": 1}} if ways else MATCH_NONE


class QueryBuilder:
    """Builds the queries of clauses; each scores by rarity and field."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Take help questions from this vocabulary."""
        self._vocabulary = vocabulary
        #: By tokens, the first alternative that has them.
        self.alternatives: dict[str, Alternative] = {}
        #: By name of a help question query, its alternative and its boost.
        self.named_queries: dict[str, tuple[Alternative, float]] = {}

    def at_least(self, clauses: Iterable[Clause], minimum: int) -> Body:
        """Return the query for records that match at least `minimum` clauses, and at least one."""
        queries = [self.clause(clause) for clause in clauses]
        if minimum >= len(queries):
            return {"bool": {"must": queries}}
        return {"bool": {"should": queries, "minimum_should_match": max(1, minimum)}}

    def clause(self, clause: Clause) -> Body:
        """Return the query for records that match any alternative; the best one scores."""
        return _dis_max([self._alternative(each) for each in clause.alternatives], lesser=0.0)

    def _alternative(self, alternative: Alternative) -> Body:
        if alternative.question:
            boost = FIELD_WEIGHTS["questions"] * _QUESTION_RARITY * alternative.weight
            found = question_query(self._vocabulary, alternative.question)
            return self._named_query(found, boost, alternative)
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
        """Return the query for adjacent tokens."""
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
        return _dis_max(ways, LESSER_FIELDS)

    def _token(self, alternative: Alternative, token: str) -> Body:
        """Return the query for a token in any field, with the term statistics of all fields."""
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
        gathered = self._question_queries(token)
        if not gathered:
            return found
        boost = FIELD_WEIGHTS["questions"] * _QUESTION_RARITY * alternative.weight
        return _dis_max(
            [found, self._named_query(_should(gathered), boost, alternative)], LESSER_FIELDS
        )

    def _question_queries(self, stem: str) -> list[Body]:
        """Return the queries of the help questions that have a stem in their name."""
        return [
            question_query(self._vocabulary, question.slug)
            for question in self._vocabulary.questions
            if stem in question.stems
        ]

    def _named_query(self, found: Body, boost: float, alternative: Alternative) -> Body:
        name = str(len(self.named_queries))
        self.named_queries[name] = alternative, boost
        return {"constant_score": {"filter": found, "boost": boost, "_name": name}}

    def _remember(self, text: str, alternative: Alternative) -> None:
        self.alternatives.setdefault(text, alternative)


def _dis_max(ways: list[Body], lesser: float) -> Body:
    if len(ways) == 1:
        return ways[0]
    return {"dis_max": {"queries": ways, "tie_breaker": lesser}}


def _should(ways: list[Body]) -> Body:
    return {"bool": {"should": ways, "minimum_should_match": 1}}
