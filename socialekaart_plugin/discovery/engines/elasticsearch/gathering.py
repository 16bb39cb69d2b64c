"""The documents that say otherwise than the help questions do which of these gather them."""

from collections.abc import Iterator
from typing import Any

from elasticsearch import Elasticsearch

from socialekaart_plugin.discovery.engines.vocabulary import Vocabulary

from . import rows
from .counting import values_of
from .indices import write_alias
from .matching import Body, question_query


def gathered_otherwise(
    client: Elasticsearch, name: str, vocabulary: Vocabulary
) -> Iterator[list[int]]:
    """Yield batches of keys of documents that are gathered by others than they say.

    The server finds them: of a million documents only those are written anew that differ.

    Args:
        client: whose time-out is meant for writing.
        name: of the index itself.
        vocabulary: the help questions as they are now.
    """
    index = write_alias(name)
    client.indices.refresh(index=index)
    differing = _otherwise(_said(client, index), vocabulary)
    after: list[Any] | None = None
    while differing:
        answer = client.search(
            index=index,
            size=rows.BATCH_SIZE,
            query={"bool": {"should": differing, "minimum_should_match": 1}},
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
