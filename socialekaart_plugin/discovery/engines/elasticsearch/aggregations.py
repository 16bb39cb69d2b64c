"""The counts of facets: one for all of which nothing is chosen, one for each other."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from socialekaart_plugin.discovery.engines.reference_data import Vocabulary

from .mapping import OFFERED
from .query_dsl import Body, question_query

#: More values than all facets have together that are counted.
_MOST_VALUES = 50_000
#: The name of the count of several facets; none of them is called so.
_TOGETHER = "facets"

Aggregations = Mapping[str, Any]


class FacetAggregations:
    """What a search counts, and what was counted.

    One field with the values of all facets is counted faster than a field of each.
    """

    def __init__(
        self, names: Sequence[str], vocabulary: Vocabulary, *, has_questions: bool
    ) -> None:
        """Count these facets.

        Args:
            names: of facets that exist.
            vocabulary: what help questions gather.
            has_questions: whether documents say which of these gather them.
        """
        self._names = names
        self._vocabulary = vocabulary
        self._has_questions = has_questions

    def body(self, chosen: Mapping[str, Body]) -> Body:
        """Return the aggregations.

        Args:
            chosen: by facet what is chosen in it; its own counts ignore that.
        """
        together = [name for name in self._names if self._is_kept(name) and name not in chosen]
        aggregations: Body = {}
        if together:
            of_one = together[0] if len(together) == 1 else ""
            aggregations[_TOGETHER] = _among(chosen.values(), values_of(of_one))
        for name in self._names:
            if name not in together:
                others = [body for other, body in chosen.items() if other != name]
                aggregations[name] = _among(others, self._values_of(name))
        return aggregations

    def counts(self, answer: Aggregations) -> dict[str, dict[str, int]]:
        """Return how many records have each value, by facet, of what was answered; no zeros.

        A keyword may be written in several ways.
        """
        found: dict[str, dict[str, int]] = {name: {} for name in self._names}
        for name, value, _label, number in _counted(answer):
            # Together all facets are counted, asked or not.
            if (values := found.get(name)) is not None:
                values[value] = values.get(value, 0) + number
        return found

    def _is_kept(self, name: str) -> bool:
        """Tell whether documents have the values of a facet among those that are counted."""
        return name in OFFERED and (name != "help_question" or self._has_questions)

    def _values_of(self, name: str) -> Body:
        if self._is_kept(name):
            return values_of(name)
        if name == "help_question":
            questions = [question.slug for question in self._vocabulary.questions]
            filters = {slug: question_query(self._vocabulary, slug) for slug in questions}
            return {"filters": {"filters": filters or {"": {"match_none": {}}}}}
        return {"terms": {"field": f"facets.{name}", "size": _MOST_VALUES}}


def values_of(name: str) -> Body:
    """Return what counts the values of an offered facet, or of all of them when none is named."""
    some = {"include": f"{name}=.*"} if name else {}
    return {"terms": {"field": "counted", "size": _MOST_VALUES, **some}}


def labels_counted(answer: Aggregations) -> dict[str, str]:
    """Return how keywords are written, of what was answered; as most do comes first."""
    labels: dict[str, str] = {}
    for name, value, label, _number in _counted(answer):
        if name == "tag":
            labels.setdefault(value, label)
    return labels


def _among(filters: Iterable[Body], counting: Body) -> Body:
    among = list(filters)
    return {"filter": {"bool": {"filter": among}}, "aggs": {"of": counting}} if among else counting


def _counted(aggregations: Aggregations) -> Iterator[tuple[str, str, str, int]]:
    """Yield facet, value, how a keyword is written, and how many have it; the most first.

    Of facets that are counted together those are left out that have a count of their own.
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
            if asked != _TOGETHER or name not in aggregations:
                value, _equals, label = value.partition("=")
                yield name, value, label, bucket["doc_count"]
