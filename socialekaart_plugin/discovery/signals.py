"""What the other rooms, and the index elsewhere, hear of search."""

from django.dispatch import Signal

#: The index of the database changed, in a transaction that is not committed yet; sent by
#: `record_change`, once for each change, with its `number`.
index_changed = Signal()
