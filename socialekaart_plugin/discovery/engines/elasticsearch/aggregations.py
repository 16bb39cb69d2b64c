"""Facet counts as aggregations: one for all facets without a choice, one for each other."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from socialekaart_plugin.discovery.engines.reference_data import Vocabulary

from .mapping import OFFERED
from .query_dsl import Body, question_query

#: More values than all facets have combined that are counted.
_MOST_VALUES = 50_000
#: Name of the aggregation of several facets; no facet has this name.
_COMBINED = "facets"

Aggregations = Mapping[str, Any]


class FacetAggregations:
    """Builds the aggregations of a search, and reads their response.

    Aggregating one field with the values of all facets is faster than one field per facet.
    """

    def __init__(
        self, names: Sequence[str], vocabulary: Vocabulary, *, has_questions: bool
    ) -> None:
        """Count these facets.

        Args:
            names: of facets that exist.
            vocabulary: the help questions.
            has_questions: whether documents hold the help questions that match them.
        """
        self._names = names
        self._vocabulary = vocabulary
        self._has_questions = has_questions

    def body(self, chosen: Mapping[str, Body]) -> Body:
        """Return the aggregations.

        Args:
            chosen: filter by facet; the counts of a facet ignore its own filter.
        """
        combined = [name for name in self._names if self._is_indexed(name) and name not in chosen]
        aggregations: Body = {}
        if combined:
            of_one = combined[0] if len(combined) == 1 else ""
            aggregations[_COMBINED] = _filtered(chosen.values(), terms_aggregation(of_one))
        for name in self._names:
            if name not in combined:
                others = [body for other, body in chosen.items() if other != name]
                aggregations[name] = _filtered(others, self._aggregation(name))
        return aggregations

    def counts(self, answer: Aggregations) -> dict[str, dict[str, int]]:
        """Return the number of records per value, by facet; zeros left out.

        Adds up the spellings of a keyword.
        """
        found: dict[str, dict[str, int]] = {name: {} for name in self._names}
        for name, value, _label, number in _buckets(answer):
            # The combined aggregation counts every facet, requested or not.
            if (values := found.get(name)) is not None:
                values[value] = values.get(value, 0) + number
        return found

    def _is_indexed(self, name: str) -> bool:
        """Tell whether the field `counted` holds the values of a facet."""
        return name in OFFERED and (name != "help_question" or self._has_questions)

    def _aggregation(self, name: str) -> Body:
        if self._is_indexed(name):
            return terms_aggregation(name)
        if name == "help_question":
            questions = [question.slug for question in self._vocabulary.questions]
            filters = {slug: question_query(self._vocabulary, slug) for slug in questions}
            return {"filters": {"filters": filters or {"": {"match_none": {}}}}}
        return {"terms": {"field": f"facets.{name}", "size": _MOST_VALUES}}


def terms_aggregation(name: str) -> Body:
    """Return the terms aggregation of an offered facet, or of all when none is named."""
    some = {"include": f"{name}=.*"} if name else {}
    return {"terms": {"field": "counted", "size": _MOST_VALUES, **some}}


def keyword_labels(answer: Aggregations) -> dict[str, str]:
    """Return the label of each keyword in a response: its most common spelling."""
    labels: dict[str, str] = {}
    for name, value, label, _number in _buckets(answer):
        if name == "tag":
            labels.setdefault(value, label)
    return labels


def _filtered(filters: Iterable[Body], counting: Body) -> Body:
    clauses = list(filters)
    return (
        {"filter": {"bool": {"filter": clauses}}, "aggs": {"of": counting}} if clauses else counting
    )


def _buckets(aggregations: Aggregations) -> Iterator[tuple[str, str, str, int]]:
    """Yield facet, value, label of a keyword, and count; the highest count first.

    Skips facets in the combined aggregation that have one of their own.
    """
    for asked, answer in aggregations.items():
        buckets = answer.get("of", answer)["buckets"]
        if isinstance(buckets, dict):
            for value, bucket in buckets.items():
                if bucket["doc_count"]:
                    yield asked, value, "", bucket["doc_count"]
            continue
        for bucket in buckets:
            name, equals, value = bucket["key"].partition("=")
            if not equals:
                name, value = asked, name
            if asked != _COMBINED or name not in aggregations:
                value, _equals, label = value.partition("=")
                yield name, value, label, bucket["doc_count"]
