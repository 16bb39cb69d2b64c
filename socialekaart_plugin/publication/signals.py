"""What others may follow: rows of the gate changed."""

from django.dispatch import Signal

#: Sent in the transaction that changed them: `records`, a list of `PublishedRecord`, published
#: or withdrawn.
published_records_changed = Signal()
