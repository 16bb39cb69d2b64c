"""What search keeps: the index of the embedded engines, and what editors decide about words."""

from .index import IndexChange, SearchDocument, SearchWord
from .wording import CompoundWord, QueryRule, Reanalysis, StopRule, SynonymGroup

__all__ = [
    "CompoundWord",
    "IndexChange",
    "QueryRule",
    "Reanalysis",
    "SearchDocument",
    "SearchWord",
    "StopRule",
    "SynonymGroup",
]
