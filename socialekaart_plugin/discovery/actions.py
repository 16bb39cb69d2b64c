"""Search as a whole: every entry written anew from the public records, in flat memory."""

from collections.abc import Callable

from django.db import transaction

from socialekaart_plugin.discovery.facets import facet_values
from socialekaart_plugin.discovery.index import index_records
from socialekaart_plugin.discovery.models import SearchEntry
from socialekaart_plugin.publication.choices import FINDABLE
from socialekaart_plugin.publication.models import PublishedRecord

BATCH_SIZE = 500


def rebuild_search_entries(*, progress: Callable[[int, int], None]) -> int:
    """Write the search entries of every public record anew; repeatable.

    Needed after the way in which text or facets are read has changed; a batch is a transaction.

    Args:
        progress: called after every batch with how many are done, and of how many.

    Returns:
        How many records are findable.
    """
    records = PublishedRecord.objects.filter(kind__in=FINDABLE).order_by("pk")
    total, done, last_pk = records.count(), 0, 0
    while True:
        with transaction.atomic():
            # Locked, so that no newer entry is overwritten by an older payload.
            batch = list(records.filter(pk__gt=last_pk).select_for_update()[:BATCH_SIZE])
            index_records(batch, values_of=facet_values)
        if not batch:
            break
        last_pk, done = batch[-1].pk, done + len(batch)
        progress(done, total)
    return SearchEntry.objects.values("record").distinct().count()
