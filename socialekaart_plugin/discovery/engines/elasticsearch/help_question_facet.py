"""The documents that say otherwise than the help questions do which of these gather them."""

from collections.abc import Iterator
from typing import Any

from elasticsearch import Elasticsearch, NotFoundError

from socialekaart_plugin.discovery.engines.reference_data import Vocabulary

from . import source_rows
from .aggregations import values_of
from .indices import IndexGoneError, write_alias
from .query_dsl import Body, question_query

#: Of two for each help question so many are asked at once; servers bound the parts of a query.
_MOST_WAYS = 100


def gathered_otherwise(
    client: Elasticsearch, name: str, vocabulary: Vocabulary
) -> Iterator[list[int]]:
    """Yield batches of keys of documents that are gathered by others than they say; some twice.

    The server finds them: of a million documents only those are written anew that differ.

    Args:
        client: whose time-out is meant for writing.
        name: of the index itself.
        vocabulary: the help questions as they are now.

    Raises:
        IndexGoneError: the index is not there.
        elasticsearch.ApiError, elasticsearch.TransportError: no answer, or a refusal.
    """
    index = write_alias(name)
    try:
        client.indices.refresh(index=index)
        ways = _otherwise(_said(client, index), vocabulary)
        for first in range(0, len(ways), _MOST_WAYS):
            yield from _found(client, index, ways[first : first + _MOST_WAYS])
    except NotFoundError as error:
        raise IndexGoneError(name) from error


def _found(client: Elasticsearch, index: str, ways: list[Body]) -> Iterator[list[int]]:
    """Yield batches of keys of documents that one of these queries finds."""
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


def _said(client: Elasticsearch, index: str) -> set[str]:
    """Return the help questions that documents name, as they are counted."""
    counting = {"said": values_of("help_question")}
    answer = client.search(index=index, size=0, aggs=counting, allow_partial_search_results=False)
    return {each["key"] for each in answer["aggregations"]["said"]["buckets"]}


def _otherwise(said: set[str], vocabulary: Vocabulary) -> list[Body]:
    """Return what finds documents that name a help question and are not gathered, or otherwise."""
    asked = {f"help_question={question.slug}": question.slug for question in vocabulary.questions}
    return [
        way
        for value in sorted(said | asked.keys())
        for way in _differing(
            {"term": {"counted": value}}, question_query(vocabulary, asked.get(value, ""))
        )
    ]


def _differing(one: Body, other: Body) -> list[Body]:
    """Return what has one of the two, and not both."""
    return [
        {"bool": {"filter": [one], "must_not": [other]}},
        {"bool": {"filter": [other], "must_not": [one]}},
    ]
