"""The index as Elasticsearch has it: its names, its fields and how words score."""

from typing import Any

from socialekaart_plugin.discovery.facets import FACETS, INTERNAL
from socialekaart_plugin.foundation.audiences import Audience

#: Raised with every change of what is below: the new code then waits for an index of its own.
MAPPING_VERSION = 2

#: The document that tells up to which change the others are written.
STATE_ID = "state"

#: The text fields, of tokens that we made.
TEXT_FIELDS = (
    *("name", "other_names", "summary", "subjects", "description"),
    *("name_parts", "parts", "literal", "name_literal"),
)
#: What audiences may find; of what is for colleagues alone there is nothing here.
AUDIENCES = (Audience.PUBLIC, Audience.REFERRER)
#: What is filtered by. Help questions gather records by what these have, when asked.
FACET_FIELDS = tuple(name for name in (*FACETS, *INTERNAL) if name != "help_question")
#: The facets of which visitors are given the values, so that these are counted.
OFFERED = tuple(name for name, facet in FACETS.items() if facet.is_offered)

#: The last hit that paging reaches; `search.request.MAX_OFFSET` and a page.
MAX_RESULT_WINDOW = 1_001_000
#: Of the letters of a word; longer ones would be cut in two.
_MAX_TOKEN_LENGTH = 10_000


def payload_field(audience: Audience) -> str:
    """Return the field that keeps the payload of an audience."""
    return f"{audience.value}_payload"


def alias_of(prefix: str) -> str:
    """Return the name under which the index is searched."""
    return f"{prefix}-v{MAPPING_VERSION}"


def index_name(prefix: str, stamp: str) -> str:
    """Return the name of an index that is built at a moment."""
    return f"{alias_of(prefix)}-{stamp}"


def index_body(*, shards: int, replicas: str) -> dict[str, Any]:
    """Return the settings and mappings of a new index.

    Args:
        shards: over how many parts the records are spread.
        replicas: how many copies, as `auto_expand_replicas` has it ("0-1").
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
            # How often a word occurs does not count, nor how long a text is: BM25 without both.
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
        # `facet=value` of every facet that is offered, keywords with their name: counted in one go.
        "counted": keyword,
        "points": {"type": "geo_point"},
        "min_age": {"type": "integer"},
        "max_age": {"type": "integer"},
        "verified_on": {"type": "date", "format": "yyyy-MM-dd"},
        "upkeep": {"type": "float"},
        "name_length": {"type": "integer"},
        # Minutes, as `documents.times` counts them.
        "times": {"type": "long_range"},
        "long_times": {"type": "long_range"},
        "short_times": {"type": "long_range"},
        "short_starts": {"type": "long"},
        "short_ends": {"type": "long"},
        # Of the state.
        "synced_to": {"type": "long"},
        "change_mark": keyword,
        "areas_mark": keyword,
        "questions_mark": keyword,
    }


def _payloads() -> dict[str, Any]:
    return {payload_field(audience): {"type": "object", "enabled": False} for audience in AUDIENCES}
