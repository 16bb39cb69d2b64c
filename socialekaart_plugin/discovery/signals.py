"""The signals of search."""

from django.dispatch import Signal

#: The embedded index changed; sent by `record_change` before the commit, with the `number` of the
#: change.
index_changed = Signal()
