"""The gate answers what directory and places tell: lock first, then follow."""

from typing import Any

from socialekaart_plugin.directory import signals as directory_signals
from socialekaart_plugin.places import signals as place_signals

from .actions import lock_counter
from .selectors import dependents_of
from .tasks import feed_dependents, feed_own, feed_with_dependents

_DEPENDENTS = "_shown_by_before_deletion"


def lock_the_sequence(instance: Any, **kwargs: Any) -> None:
    """Take the counter before anything is written."""
    lock_counter()


def feed_what_was_saved(instance: Any, **kwargs: Any) -> None:
    """Feed the saved row, and what shows it."""
    feed_with_dependents(instance)


def remember_what_shows_it(instance: Any, **kwargs: Any) -> None:
    """Take the counter and note what shows the row, while that can still be asked."""
    lock_counter()
    setattr(instance, _DEPENDENTS, dependents_of(instance))


def withdraw_what_was_deleted(instance: Any, **kwargs: Any) -> None:
    """Withdraw the deleted row, and feed what showed it."""
    feed_own(instance)
    feed_dependents(getattr(instance, _DEPENDENTS))


def connect() -> None:
    """Connect the gate; called by `AppConfig.ready()`."""
    for started, saved, delete_started, deleted, name in (
        (
            directory_signals.record_save_started,
            directory_signals.record_saved,
            directory_signals.record_delete_started,
            directory_signals.record_deleted,
            "record",
        ),
        (
            place_signals.place_save_started,
            place_signals.place_saved,
            place_signals.place_delete_started,
            place_signals.place_deleted,
            "place",
        ),
    ):
        uid = f"socialekaart_publication_{name}"
        started.connect(lock_the_sequence, dispatch_uid=f"{uid}_save_started")
        saved.connect(feed_what_was_saved, dispatch_uid=f"{uid}_saved")
        delete_started.connect(remember_what_shows_it, dispatch_uid=f"{uid}_delete_started")
        deleted.connect(withdraw_what_was_deleted, dispatch_uid=f"{uid}_deleted")
