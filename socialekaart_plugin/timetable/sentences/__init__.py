"""Schedules and opening hours in plain words; a language is a module of templates, without gettext.

In: a schedule or opening hours, a language code, the day of today. Out: a sentence.
"""

from .telling import LANGUAGES, opening_sentence, sentence, told_language

__all__ = ["LANGUAGES", "opening_sentence", "sentence", "told_language"]
