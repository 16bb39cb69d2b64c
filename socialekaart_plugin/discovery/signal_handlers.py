"""Updates the index with the gate and the rules of editors, in the same transaction."""

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
from .tasks import start_reindexing, sync_soon


def index_changed_records(records: list[PublishedRecord], **kwargs: Any) -> None:
    """Index the changed records."""
    index_records(records, analyzer=current_analyzer())


@transaction.atomic
def invalidate_rules(instance: Any, **kwargs: Any) -> None:
    """Log a change of rules, which invalidates their caches."""
    record_change(changes_vocabulary=True)


def reindex_all_records(instance: Any, **kwargs: Any) -> None:
    """Start to reindex all records with the new compounds, after commit."""
    transaction.on_commit(start_reindexing)


def sync_search_index_after_commit(number: int, **kwargs: Any) -> None:
    """Sync Elasticsearch after commit, without failing or delaying the transaction."""
    if conf.ELASTICSEARCH:
        # No `partial`: when it fails, Django (5.2) logs the name of the function.
        transaction.on_commit(lambda: sync_soon(number), robust=True)


def connect() -> None:
    """Connect the handlers; called by `AppConfig.ready()`."""
    for signal, event in ((post_save, "saved"), (post_delete, "deleted")):
        for model in (SynonymGroup, StopRule, CompoundWord, QueryRule):
            uid = f"socialekaart_discovery_{model.__name__}_{event}"
            signal.connect(invalidate_rules, sender=model, dispatch_uid=uid)
        uid = f"socialekaart_discovery_compounds_{event}"
        signal.connect(reindex_all_records, sender=CompoundWord, dispatch_uid=uid)
    index_changed.connect(
        sync_search_index_after_commit, dispatch_uid="socialekaart_discovery_sync"
    )
    published_records_changed.connect(
        index_changed_records, dispatch_uid="socialekaart_discovery_index"
    )
