"""Creates records for Elasticsearch alone: rows of the embedded index, without full text."""

import gc
import time
from collections.abc import Mapping
from itertools import islice

from django.db import transaction

from benchmarks.processes import memory
from benchmarks.search_data import analyse, public_rows
from socialekaart_plugin.discovery.engines.database.shadow_table import ShadowTextTable
from socialekaart_plugin.discovery.index import index_into, read_records
from socialekaart_plugin.discovery.selectors import current_analyzer
from socialekaart_plugin.models import PublicationCounter, PublishedRecord

BATCH_SIZE = 1000
_BATCHES_TOLD = 50


class _NoTextTable(ShadowTextTable):
    """Replaces the full-text table, which Elasticsearch never reads."""

    def add(self, texts: Mapping[int, str], version: int | None) -> None:
        """Ignore the texts: Elasticsearch gets its own from the payloads."""


def fill_without_texts(size: int) -> None:
    """Write public records with their rows of the embedded index; uses constant memory."""
    begin = time.perf_counter()
    rows = public_rows(size)
    analyzer, known_words, table = current_analyzer(), set[str](), _NoTextTable(0)
    done = 0
    gc.disable()
    try:
        while batch := list(islice(rows, BATCH_SIZE)):
            with transaction.atomic():
                PublishedRecord.objects.bulk_create(batch)
                index_into(table, read_records(batch, analyzer), known_words)
                last = batch[-1].sequence
                PublicationCounter.objects.update_or_create(pk=1, defaults={"value": last})
            done += len(batch)
            if done % (_BATCHES_TOLD * BATCH_SIZE) == 0:
                gc.collect()
                rate = done / (time.perf_counter() - begin)
                print(f"{done:,} written, {rate:,.0f} a second, {memory():.0f} MB", flush=True)
    finally:
        gc.enable()
    analyse()
    print(f"{size:,} records written in {time.perf_counter() - begin:.0f} s", flush=True)
