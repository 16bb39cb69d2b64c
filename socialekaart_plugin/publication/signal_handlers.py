"""Handlers for signals of directory, vocabulary and places: lock the sequence, then feed."""

from collections.abc import Iterable
from typing import Any

from django.db.models.signals import post_delete, pre_delete
from wagtail.images import get_image_model

from socialekaart_plugin.directory import signals as directory_signals
from socialekaart_plugin.places import signals as place_signals
from socialekaart_plugin.vocabulary import signals as word_signals

from .actions import lock_counter
from .selectors import dependents_of
from .tasks import feed_dependents, feed_own, feed_with_dependents

_DEPENDENTS = "_shown_by_before_deletion"

#: Columns for drafts, locks and stewards; no payload uses them.
_INSIDE = frozenset(
    {
        "latest_revision",
        "live_revision",
        "has_unpublished_changes",
        "locked",
        "locked_at",
        "locked_by",
        "go_live_at",
        "expire_at",
        "expired",
        "steward",
        "verification_contact_name",
        "verification_contact_phone",
        "verification_contact_mail",
        "verification_contact_note",
    }
)


def lock_the_sequence(instance: Any, **kwargs: Any) -> None:
    """Lock the counter before anything is written."""
    lock_counter()


def feed_what_was_saved(
    instance: Any,
    created: bool = False,
    update_fields: Iterable[str] | None = None,
    **kwargs: Any,
) -> None:
    """Feed the saved row and its dependents; not if only a draft was saved."""
    # Nothing shows a row that was not there, and a new draft shows nothing.
    if created and not getattr(instance, "live", True):
        return
    if update_fields is None or not _INSIDE.issuperset(update_fields):
        feed_with_dependents(instance)


def remember_what_shows_it(instance: Any, **kwargs: Any) -> None:
    """Lock the counter and remember the dependents while the row still exists."""
    lock_counter()
    setattr(instance, _DEPENDENTS, dependents_of(instance))


def withdraw_what_was_deleted(instance: Any, **kwargs: Any) -> None:
    """Withdraw the deleted row, and feed the rows that showed it."""
    feed_own(instance)
    feed_dependents(getattr(instance, _DEPENDENTS))


def connect() -> None:
    """Connect the handlers; called by `AppConfig.ready()`."""
    for started, saved, delete_started, deleted, name in (
        (
            directory_signals.record_save_started,
            directory_signals.record_saved,
            directory_signals.record_delete_started,
            directory_signals.record_deleted,
            "record",
        ),
        (
            word_signals.word_save_started,
            word_signals.word_saved,
            word_signals.word_delete_started,
            word_signals.word_deleted,
            "word",
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
    # Pictures are not our rows: only Django's own signal reports that one was deleted.
    image, uid = get_image_model(), "socialekaart_publication_image"
    pre_delete.connect(remember_what_shows_it, sender=image, dispatch_uid=f"{uid}_delete_started")
    post_delete.connect(withdraw_what_was_deleted, sender=image, dispatch_uid=f"{uid}_deleted")
