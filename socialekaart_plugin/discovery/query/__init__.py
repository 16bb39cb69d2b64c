"""Turns typed text into a query plan: clauses with their alternatives, times and help questions.

Plain Python: rules of editors and known words come in as values; no Django and no engine.
"""

from .known_words import KnownWords
from .limits import QUERY_MAX_LENGTH, QUERY_MAX_WORDS
from .planner import build_plan, corrected_text
from .postcode import read_postcode
from .time_phrases import parse_times

__all__ = [
    "QUERY_MAX_LENGTH",
    "QUERY_MAX_WORDS",
    "KnownWords",
    "build_plan",
    "corrected_text",
    "parse_times",
    "read_postcode",
]
