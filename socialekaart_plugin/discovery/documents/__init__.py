"""Builds the index document of a public record: payload in; tokens, facets and times out.

Reads payloads only, writes nothing, knows no engine; `index` stores the documents.
"""

from .builder import IndexDocument, build_document
from .coming_times import TIMES_AHEAD_DAYS
from .field_tokens import GAP
from .time_encoding import decode_times, minutes

__all__ = [
    "GAP",
    "TIMES_AHEAD_DAYS",
    "IndexDocument",
    "build_document",
    "decode_times",
    "minutes",
]
