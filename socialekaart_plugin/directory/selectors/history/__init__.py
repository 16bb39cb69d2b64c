"""Who changed what of a record, and when: its versions compared field by field, with its log.

In: a record. Out: changes in words, newest first, a page at a time. Reads what versions hold as
plain data and makes no records of it, so that a long history stays fast.
"""

from .timeline import Change, HistoryPage, fields_with_history, history_page

__all__ = ["Change", "HistoryPage", "fields_with_history", "history_page"]
