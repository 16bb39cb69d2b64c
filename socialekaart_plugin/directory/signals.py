"""What others may follow: a record, or what it shows, was saved, deleted, or wants to go public."""

from django.dispatch import Signal

#: Sent first in the transaction that saves a record or help question; `instance` is
#: None when a transaction only waits for its turn.
record_save_started = Signal()
#: Sent in that transaction when the record and its children are written. `instance`.
record_saved = Signal()
#: Sent in the transaction that deletes one of them, before it is gone. `instance`.
record_delete_started = Signal()
#: Sent in that transaction when it is gone. `instance`.
record_deleted = Signal()
#: Sent by `publish()` before anything is written: `record`, `revision`, `user`. A receiver that
#: objects raises `requirements.PublicationRefused`.
record_about_to_go_public = Signal()
