"""Update duplicate keys when a record or place is saved or deleted."""

from collections.abc import Iterable
from typing import Any

from socialekaart_plugin.directory import signals
from socialekaart_plugin.directory.models import Activity, Organisation
from socialekaart_plugin.directory.rebuild import forget_keys, keep_keys
from socialekaart_plugin.places import signals as place_signals
from socialekaart_plugin.places.models import Place


def keep_keys_of_what_was_saved(
    instance: Any, update_fields: Iterable[str] | None = None, **kwargs: Any
) -> None:
    """Update the keys in the transaction of the save."""
    keep_keys(instance, update_fields)


def forget_keys_of_what_was_deleted(instance: Any, **kwargs: Any) -> None:
    """Delete the keys in the transaction of the deletion."""
    forget_keys(instance)


def connect() -> None:
    """Connect the signal handlers; called by `AppConfig.ready()`."""
    for model, saved, deleted in (
        (Organisation, signals.record_saved, signals.record_deleted),
        (Activity, signals.record_saved, signals.record_deleted),
        (Place, place_signals.place_saved, place_signals.place_deleted),
    ):
        uid = f"socialekaart_directory_similarity_{model._meta.model_name}"
        saved.connect(keep_keys_of_what_was_saved, sender=model, dispatch_uid=f"{uid}_saved")
        deleted.connect(
            forget_keys_of_what_was_deleted, sender=model, dispatch_uid=f"{uid}_deleted"
        )
