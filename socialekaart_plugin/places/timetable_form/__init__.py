"""Form fields to enter schedules and opening hours as rows of days and times, without RRULE.

In: form data, or stored JSON. Out: JSON to store, or error messages at the right fields. Uses
Django forms; its template is for the Wagtail admin.
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
