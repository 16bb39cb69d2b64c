"""Rebuilds the search index from the public records, in constant memory."""

import datetime
import gc
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from django.db import OperationalError, transaction
from django.db.models import F, Q, QuerySet

from socialekaart_plugin.language import Analyzer
from socialekaart_plugin.places.selectors import school_holidays
from socialekaart_plugin.publication.actions import lock_counter
from socialekaart_plugin.publication.choices import FINDABLE
from socialekaart_plugin.publication.models import PublishedRecord

from .engines.database.shadow_table import (
    ShadowTextTable,
    is_lock_timeout,
    supports_shadow_table,
    unfinished_tables,
)
from .index import (
    INDEXED,
    ReadRecord,
    calendar_mark,
    index_into,
    index_read,
    put_into_use,
    read_records,
    record_change,
    share_that_differs,
    still_so,
    write_behind,
)
from .models import SearchDocument
from .querysets import records_to_read
from .selectors import current_analyzer

BATCH_SIZE = 500
#: Records between two runs of the garbage collector.
COLLECT_EVERY = 5_000
#: With fewer records a shadow table is not worth it.
SHADOW_TABLE_FROM = 2_000
#: Sample size, and the share of changed records from which a shadow table is used.
SAMPLE, MOSTLY = 100, 0.5
#: Attempts to swap in a shadow table, and the seconds between them.
TRIES, PAUSE = 60, 0.5
#: Renew coming times when fewer days are left; `TIMES_AHEAD_DAYS` are written.
TIMES_LEFT_DAYS = 28


def rebuild_search_documents(*, progress: Callable[[int, int], None]) -> int:
    """Rebuild the documents of all public records; idempotent: unchanged ones are not written.

    Needed after a change of text analysis or facets. Each batch is a transaction.

    Args:
        progress: called after every batch with how many are done, and of how many.

    Returns:
        How many records are findable.
    """
    records = PublishedRecord.objects.filter(kind__in=INDEXED)
    table = _begin_rebuild(records)
    _index_all(records, progress, restore=True, table=table)
    documents = SearchDocument.objects.filter(audiences__gt=0, record__kind__in=FINDABLE)
    return documents.values("record").distinct().count()


@transaction.atomic
def _begin_rebuild(records: QuerySet[PublishedRecord]) -> ShadowTextTable | None:
    """Log the start; return a shadow table when most texts must be written.

    Building an index at once is much faster than row by row. After an aborted rebuild a shadow
    table is always used, because rows are newer than texts.
    """
    # Creates the first mark of the rules on an upgraded site, so that they can be cached.
    number = record_change(changes_vocabulary=True)
    if not supports_shadow_table() or not (unfinished_tables() or _is_mostly_changed(records)):
        return None
    table = ShadowTextTable(number)
    table.begin()
    return table


def _is_mostly_changed(records: QuerySet[PublishedRecord]) -> bool:
    """Tell whether most documents in a sample of records differ from the index."""
    total = records.count()
    if total < SHADOW_TABLE_FROM:
        return False
    some = records.annotate(left=F("pk") % max(1, total // SAMPLE)).filter(left=0)
    sample = records_to_read(some, after=0, most=2 * SAMPLE)
    return share_that_differs(sample, analyzer=current_analyzer()) > MOSTLY


def renew_coming_times(*, today: datetime.date, progress: Callable[[int, int], None]) -> int:
    """Extend coming times of records that have few days left, or outdated school holidays.

    Args:
        today: in the time zone of the site.
        progress: called after every batch with how many are done, and of how many.

    Returns:
        How many records were processed.
    """
    last_day = today + datetime.timedelta(days=TIMES_LEFT_DAYS)
    is_due = Q(times_until__lt=last_day) | ~Q(calendar=calendar_mark(school_holidays()))
    documents = SearchDocument.objects.filter(is_due, audiences__gt=0, times_until__isnull=False)
    keys = list(documents.values_list("record", flat=True).distinct())
    for start in range(0, len(keys), BATCH_SIZE):
        some = PublishedRecord.objects.filter(pk__in=keys[start : start + BATCH_SIZE])
        _index_all(some, partial(_report_offset, progress, start, len(keys)))
    return len(keys)


def _report_offset(
    progress: Callable[[int, int], None], before: int, total: int, done: int, _total: int
) -> None:
    progress(before + done, total)


def _index_all(
    records: QuerySet[PublishedRecord],
    progress: Callable[[int, int], None],
    *,
    restore: bool = False,
    table: ShadowTextTable | None = None,
) -> None:
    """Index records, one transaction per batch; writes texts to `table` if given."""
    total, done, last_pk = records.count(), 0, 0
    analyzer, known_words = current_analyzer(), set[str]()
    write = partial(
        _write, analyzer=analyzer, known_words=known_words, restore=restore, table=table
    )
    with _manual_gc() as collect, write_behind() as submit:
        while batch := records_to_read(records, after=last_pk, most=BATCH_SIZE):
            read = read_records(batch, analyzer)
            last_pk, done = batch[-1].pk, done + len(batch)
            submit(partial(write, read), partial(progress, done, total))
            # Free memory before the garbage collector runs.
            del batch, read
            if done % COLLECT_EVERY < BATCH_SIZE:
                collect()
    if table is not None and table.exists:
        table.build_index()
        _swap(table, known_words)


@transaction.atomic
def _write(
    read: Sequence[ReadRecord],
    *,
    analyzer: Analyzer,
    known_words: set[str],
    restore: bool,
    table: ShadowTextTable | None,
) -> None:
    """Write a batch; takes the lock of the gate, so that nothing newer is overwritten."""
    lock_counter()
    current = still_so(read, analyzer)
    if table is not None and table.exists:
        index_into(table, current, known_words)
    else:
        # A newer rebuild dropped the shadow table, and writes all texts itself.
        index_read(current, known_words=known_words, restore=restore)


def _swap(table: ShadowTextTable, known_words: set[str]) -> None:
    """Swap in a shadow table; retry while searches hold a lock.

    Raises:
        OperationalError: no success within a minute or so.
    """
    for tries_left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                lock_counter()
                if table.exists:
                    put_into_use(table, known_words)
            return
        except OperationalError as error:
            if not (tries_left and is_lock_timeout(error)):
                raise
        time.sleep(PAUSE)


@contextmanager
def _manual_gc() -> Iterator[Callable[[], object]]:
    """Disable automatic garbage collection, which slows down bulk reads; yields a manual one."""
    gc.disable()
    try:
        yield partial(gc.collect, 1)
    finally:
        gc.enable()
