"""Finds documents whose indexed help questions are outdated, after a help question changed."""

from collections.abc import Iterator
from typing import Any

from elasticsearch import Elasticsearch, NotFoundError

from socialekaart_plugin.discovery.engines.reference_data import Vocabulary

from . import source_rows
from .aggregations import terms_aggregation
from .indices import IndexGoneError, write_alias
from .query_dsl import Body, question_query

#: Clauses in one request; servers limit the number of clauses of a query.
_MOST_WAYS = 100


def gathered_otherwise(
    client: Elasticsearch, name: str, vocabulary: Vocabulary
) -> Iterator[list[int]]:
    """Yield batches of keys of documents with outdated help questions; some keys twice.

    The server finds them, so that only documents that differ are rewritten.

    Args:
        client: with a timeout for writing.
        name: of the index itself.
        vocabulary: the current help questions.

    Raises:
        IndexGoneError: the index does not exist.
        elasticsearch.ApiError, elasticsearch.TransportError: no answer, or a refusal.
    """
    index = write_alias(name)
    try:
        client.indices.refresh(index=index)
        ways = _mismatch_queries(_indexed_values(client, index), vocabulary)
        for first in range(0, len(ways), _MOST_WAYS):
            yield from _matching_batches(client, index, ways[first : first + _MOST_WAYS])
    except NotFoundError as error:
        raise IndexGoneError(name) from error


def _matching_batches(client: Elasticsearch, index: str, ways: list[Body]) -> Iterator[list[int]]:
    """Yield batches of keys of documents that match any of these queries."""
    after: list[Any] | None = None
    while True:
        answer = client.search(
            index=index,
            size=source_rows.BATCH_SIZE,
            query={"bool": {"should": ways, "minimum_should_match": 1}},
            sort=["key"],
            search_after=after,
            source=False,
            track_total_hits=False,
            allow_partial_search_results=False,
        )
        hits = answer["hits"]["hits"]
        if not hits:
            return
        yield [int(hit["_id"]) for hit in hits]
        after = hits[-1]["sort"]


def _indexed_values(client: Elasticsearch, index: str) -> set[str]:
    """Return the help questions that documents hold, as values of `counted`."""
    counting = {"indexed": terms_aggregation("help_question")}
    answer = client.search(index=index, size=0, aggs=counting, allow_partial_search_results=False)
    return {each["key"] for each in answer["aggregations"]["indexed"]["buckets"]}


def _mismatch_queries(indexed: set[str], vocabulary: Vocabulary) -> list[Body]:
    """Return queries for documents that hold a help question and do not match it, or vice versa."""
    asked = {f"help_question={question.slug}": question.slug for question in vocabulary.questions}
    return [
        way
        for value in sorted(indexed | asked.keys())
        for way in _exclusive_or(
            {"term": {"counted": value}}, question_query(vocabulary, asked.get(value, ""))
        )
    ]


def _exclusive_or(one: Body, other: Body) -> list[Body]:
    """Return the queries for what matches either one, not both."""
    return [
        {"bool": {"filter": [one], "must_not": [other]}},
        {"bool": {"filter": [other], "must_not": [one]}},
    ]
