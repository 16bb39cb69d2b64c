"""The query plan: what someone typed in, which words must be found and what each may match out.

Plain Python: rules of editors and the vocabulary come in as values; no Django and no engine.
"""

from .known_words import Vocabulary
from .limits import QUERY_MAX_LENGTH, QUERY_MAX_WORDS
from .planner import build_plan, corrected_text
from .postcode import read_postcode
from .time_phrases import read_times

__all__ = [
    "QUERY_MAX_LENGTH",
    "QUERY_MAX_WORDS",
    "Vocabulary",
    "build_plan",
    "corrected_text",
    "read_postcode",
    "read_times",
]
