"""What is written into the index of a public record: its payload in, tokens, facets and times out.

Reads payloads only, writes nothing, knows no engine; `index` stores what it makes.
"""

from .building import IndexDocument, build_document
from .coming import TIMES_AHEAD_DAYS
from .times import decode_times, minutes
from .words import GAP

__all__ = [
    "GAP",
    "TIMES_AHEAD_DAYS",
    "IndexDocument",
    "build_document",
    "decode_times",
    "minutes",
]
