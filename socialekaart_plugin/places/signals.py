"""Signals sent when a place or an area is saved or deleted (`announced_model`)."""

from django.dispatch import Signal

#: Sent at the start of the transaction that saves a place or an area.
place_save_started = Signal()
#: Sent in the same transaction, after the write.
place_saved = Signal()
#: Sent in the transaction that deletes a place or an area, before the deletion.
place_delete_started = Signal()
#: Sent in the same transaction, after the deletion.
place_deleted = Signal()
