"""Schedules and opening hours in plain words; a language is a class of words, without gettext.

In: a schedule or opening hours, a language code, the day of today. Out: a sentence.
Also one time that it is held, and until when something is open now.
"""

from .composition import LANGUAGES, opening_sentence, sentence, told_language
from .moments import hours_of, opening_now, span, until

__all__ = [
    "LANGUAGES",
    "hours_of",
    "opening_now",
    "opening_sentence",
    "sentence",
    "span",
    "told_language",
    "until",
]
