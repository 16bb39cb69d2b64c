"""The signal for other rooms: rows of the gate changed."""

from django.dispatch import Signal

#: Sent in the transaction of the change. `records` is a list of `PublishedRecord`, published or
#: withdrawn.
published_records_changed = Signal()
