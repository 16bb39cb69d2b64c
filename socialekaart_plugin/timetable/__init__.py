"""Recurring sessions, opening hours and exceptions: occurrences, "open now" and sentences for them.

In: rules from forms or JSON, and the current time. Out: dates, occurrences, sentences in Dutch
or English. Plain Python: imports no Django, no Wagtail and no other room, and never reads the
clock.
"""
