"""What others may follow: a place or an area was saved or deleted (`announced_model`)."""

from django.dispatch import Signal

#: Sent first in the transaction that saves a place or an area.
place_save_started = Signal()
#: Sent in that transaction when the place or area is written.
place_saved = Signal()
#: Sent in the transaction that deletes a place or an area, before it is gone.
place_delete_started = Signal()
#: Sent in that transaction when it is gone.
place_deleted = Signal()
