"""What others may follow: a theme, target group or keyword was saved or deleted."""

from django.dispatch import Signal

#: Sent first in the transaction that saves a word; `instance` is None when a transaction only waits
#: for its turn.
word_save_started = Signal()
#: Sent in that transaction when the word is written. `instance`.
word_saved = Signal()
#: Sent in the transaction that deletes a word, before it is gone. `instance`.
word_delete_started = Signal()
#: Sent in that transaction when it is gone. `instance`.
word_deleted = Signal()
