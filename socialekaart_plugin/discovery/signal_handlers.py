"""Search follows the gate, and what editors decide, within the same transaction."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save

from socialekaart_plugin.foundation.conf import conf
from socialekaart_plugin.publication.models import PublishedRecord
from socialekaart_plugin.publication.signals import published_records_changed

from .index import index_records, record_change
from .models import CompoundWord, QueryRule, StopRule, SynonymGroup
from .selectors import current_analyzer
from .signals import index_changed
from .tasks import start_reading_anew, sync_soon


def index_changed_records(records: list[PublishedRecord], **kwargs: Any) -> None:
    """Write the documents of what changed."""
    index_records(records, analyzer=current_analyzer())


@transaction.atomic
def let_every_process_hear(instance: Any, **kwargs: Any) -> None:
    """Note that editors decided otherwise: what is kept of it holds no longer."""
    record_change(changes_vocabulary=True)


def read_all_records_anew(instance: Any, **kwargs: Any) -> None:
    """Begin to read all records with the new compounds, as soon as these are in force."""
    transaction.on_commit(start_reading_anew)


def sync_search_index_after_commit(number: int, **kwargs: Any) -> None:
    """Let the index elsewhere follow; the transaction neither fails by it nor waits for it."""
    if conf.ELASTICSEARCH:
        # No `partial`: when it fails, Django (5.2) logs the name of the function.
        transaction.on_commit(lambda: sync_soon(number), robust=True)


def connect() -> None:
    """Connect search; called by `AppConfig.ready()`."""
    for signal, event in ((post_save, "saved"), (post_delete, "deleted")):
        for model in (SynonymGroup, StopRule, CompoundWord, QueryRule):
            uid = f"socialekaart_discovery_{model.__name__}_{event}"
            signal.connect(let_every_process_hear, sender=model, dispatch_uid=uid)
        uid = f"socialekaart_discovery_compounds_{event}"
        signal.connect(read_all_records_anew, sender=CompoundWord, dispatch_uid=uid)
    index_changed.connect(
        sync_search_index_after_commit, dispatch_uid="socialekaart_discovery_sync"
    )
    published_records_changed.connect(
        index_changed_records, dispatch_uid="socialekaart_discovery_index"
    )
