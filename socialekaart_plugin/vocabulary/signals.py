"""Signals sent when a theme, target group or keyword is saved or deleted."""

from django.dispatch import Signal

#: Sent first in the transaction that saves a word. `instance` is None when a transaction only
#: waits for the lock.
word_save_started = Signal()
#: Sent in the same transaction after the word is saved. `instance`.
word_saved = Signal()
#: Sent in the transaction that deletes a word, before the deletion. `instance`.
word_delete_started = Signal()
#: Sent in the same transaction after the deletion. `instance`.
word_deleted = Signal()
