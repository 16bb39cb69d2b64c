"""The models of search: the embedded index, and the rules of editors."""

from .index import (
    AUDIENCE_BITS,
    IndexChange,
    SearchDocument,
    SearchWord,
    document_keys,
    record_key,
)
from .wording import CompoundWord, QueryRule, Reanalysis, StopRule, SynonymGroup

__all__ = [
    "AUDIENCE_BITS",
    "CompoundWord",
    "IndexChange",
    "QueryRule",
    "Reanalysis",
    "SearchDocument",
    "SearchWord",
    "StopRule",
    "SynonymGroup",
    "document_keys",
    "record_key",
]
