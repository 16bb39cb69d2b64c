"""The mapping of the Elasticsearch index: names, fields and similarity."""

from typing import Any

from socialekaart_plugin.discovery.facets import FACETS, INTERNAL
from socialekaart_plugin.foundation.audiences import Audience

#: Increase with every change below: each version of the mapping has an index of its own.
MAPPING_VERSION = 2

#: Id of the document that holds the checkpoint.
STATE_ID = "state"

#: Text fields; they hold our own tokens.
TEXT_FIELDS = (
    *("name", "other_names", "summary", "subjects", "description"),
    *("name_parts", "parts", "literal", "name_literal"),
)
#: Audiences of the index; it holds nothing for colleagues only.
AUDIENCES = (Audience.PUBLIC, Audience.REFERRER)
#: Facets with a field of their own; help questions are queries on other facets.
FACET_FIELDS = tuple(name for name in (*FACETS, *INTERNAL) if name != "help_question")
#: Facets whose values are offered to visitors, and counted.
OFFERED = tuple(name for name, facet in FACETS.items() if facet.is_offered)

#: `search.request.MAX_OFFSET` plus a page.
MAX_RESULT_WINDOW = 1_001_000
#: In characters; longer tokens would be split.
_MAX_TOKEN_LENGTH = 10_000


def payload_field(audience: Audience) -> str:
    """Return the field with the payload of an audience."""
    return f"{audience.value}_payload"


def alias_of(prefix: str) -> str:
    """Return the alias under which the index is searched."""
    return f"{prefix}-v{MAPPING_VERSION}"


def index_name(prefix: str, stamp: str) -> str:
    """Return the name of the index with a timestamp."""
    return f"{alias_of(prefix)}-{stamp}"


def index_body(*, shards: int, replicas: str) -> dict[str, Any]:
    """Return the settings and mappings of a new index.

    Args:
        shards: number of primary shards.
        replicas: number of replicas, in the notation of `auto_expand_replicas` ("0-1").
    """
    return {
        "settings": {
            "number_of_shards": shards,
            "auto_expand_replicas": replicas,
            "max_result_window": MAX_RESULT_WINDOW,
            "analysis": {
                "tokenizer": {
                    "ours": {"type": "whitespace", "max_token_length": _MAX_TOKEN_LENGTH}
                },
                "analyzer": {"ours": {"type": "custom", "tokenizer": "ours"}},
            },
            # BM25 without term frequency (k1) and length normalisation (b).
            "similarity": {"default": {"type": "BM25", "k1": 0.0, "b": 0.0}},
        },
        "mappings": {
            "dynamic": "strict",
            "_meta": {"mapping_version": MAPPING_VERSION},
            "properties": {**_texts(), **_values(), **_payloads()},
        },
    }


def _texts() -> dict[str, Any]:
    return {name: {"type": "text", "analyzer": "ours"} for name in TEXT_FIELDS}


def _values() -> dict[str, Any]:
    keyword = {"type": "keyword"}
    return {
        "key": {"type": "long"},
        "record": {"type": "long"},
        "audiences": keyword,
        "sort_name": keyword,
        "facets": {"properties": dict.fromkeys(FACET_FIELDS, keyword)},
        # `facet=value` of all offered facets, so that one aggregation counts all.
        "counted": keyword,
        "points": {"type": "geo_point"},
        "min_age": {"type": "integer"},
        "max_age": {"type": "integer"},
        "verified_on": {"type": "date", "format": "yyyy-MM-dd"},
        "upkeep": {"type": "float"},
        "name_length": {"type": "integer"},
        # In minutes, see `documents.time_encoding`.
        "times": {"type": "long_range"},
        "long_times": {"type": "long_range"},
        "short_times": {"type": "long_range"},
        "short_starts": {"type": "long"},
        "short_ends": {"type": "long"},
        # Of the checkpoint.
        "synced_to": {"type": "long"},
        "change_mark": keyword,
        "areas_mark": keyword,
        "questions_mark": keyword,
    }


def _payloads() -> dict[str, Any]:
    return {payload_field(audience): {"type": "object", "enabled": False} for audience in AUDIENCES}
