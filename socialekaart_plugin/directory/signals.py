"""Signals sent when a record or help question is saved, deleted or about to be published."""

from django.dispatch import Signal

#: Sent first in the transaction that saves a record or help question. `instance` is
#: None when a transaction only waits for the lock.
record_save_started = Signal()
#: Sent in the same transaction after the record and its children are saved. `instance`.
record_saved = Signal()
#: Sent in the transaction that deletes one of them, before the deletion. `instance`.
record_delete_started = Signal()
#: Sent in the same transaction after the deletion. `instance`.
record_deleted = Signal()
#: Sent by `publish()` before it writes: `record`, `revision`, `user`. A receiver refuses the
#: publication by raising `requirements.PublicationRefused`.
record_about_to_go_public = Signal()
