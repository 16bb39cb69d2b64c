"""History of a record: who changed what and when, from its revisions and audit log.

In: a record. Out: readable changes, newest first, in pages. Reads revisions as plain data without
creating model instances, so that a long history stays fast.
"""

from .timeline import Change, HistoryPage, fields_with_history, history_page

__all__ = ["Change", "HistoryPage", "fields_with_history", "history_page"]
