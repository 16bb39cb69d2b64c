"""Sentences for schedules and opening hours, with one class per language instead of gettext.

In: a schedule or opening hours, a language code, today's date. Out: a sentence, the times of one
occurrence, or until when a place is open.
"""

from .composition import LANGUAGES, opening_sentence, sentence, supported_language
from .moments import hours_of, opening_now, span, until

__all__ = [
    "LANGUAGES",
    "hours_of",
    "opening_now",
    "opening_sentence",
    "sentence",
    "span",
    "supported_language",
    "until",
]
