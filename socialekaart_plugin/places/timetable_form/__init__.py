"""Entering a schedule or opening hours without knowing RRULE: rows of words, days and times.

In: what a form sends, or the JSON that is kept. Out: the JSON to keep, or what is wrong, in words
and at the field where it is wrong. Knows Django's forms; the screen of it is for Wagtail's admin.
"""

from .entry import ENTRIES, Entry, OpeningHoursEntry, ScheduleEntry
from .fields import OpeningHoursFormField, ScheduleFormField

__all__ = [
    "ENTRIES",
    "Entry",
    "OpeningHoursEntry",
    "OpeningHoursFormField",
    "ScheduleEntry",
    "ScheduleFormField",
]
