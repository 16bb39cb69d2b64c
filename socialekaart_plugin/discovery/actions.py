"""Search as a whole: every document written anew from the public records, in flat memory."""

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
    writing_behind,
)
from .models import SearchDocument
from .querysets import records_to_read
from .selectors import current_analyzer

BATCH_SIZE = 500
#: After about so many records Python looks for cycles.
COLLECT_EVERY = 5_000
#: Of fewer records texts are never made anew: the database indexes them in a moment.
LEAST_ANEW = 2_000
#: About so many records are looked at beforehand, and of how many of them the text must differ.
SAMPLE, MOSTLY = 100, 0.5
#: How often a finished table is put into use at most, and how long is waited between, in seconds.
TRIES, PAUSE = 60, 0.5
#: Of fewer days to come a record has too few times left; `TIMES_AHEAD_DAYS` are written.
TIMES_LEFT_DAYS = 28


def rebuild_search_documents(*, progress: Callable[[int, int], None]) -> int:
    """Write the documents of every public record anew; repeatable, what reads as before is left.

    Needed after the way in which text or facets are read has changed; a batch is a transaction.

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
    """Note that it begins; return the table to fill when most texts must be written anyway.

    An index is built in one go much sooner than row by row. What a rebuild left that was ended
    half-way is always made anew: the rows are ahead of the texts.
    """
    # A mark for what editors decided, by which processes keep it: an upgraded site has none yet.
    number = record_change(changes_vocabulary=True)
    if not supports_shadow_table() or not (unfinished_tables() or _is_mostly_other(records)):
        return None
    table = ShadowTextTable(number)
    table.begin()
    return table


def _is_mostly_other(records: QuerySet[PublishedRecord]) -> bool:
    """Look at some records, here and there, whether their documents differ from what is kept."""
    total = records.count()
    if total < LEAST_ANEW:
        return False
    some = records.annotate(left=F("pk") % max(1, total // SAMPLE)).filter(left=0)
    sample = records_to_read(some, after=0, most=2 * SAMPLE)
    return share_that_differs(sample, analyzer=current_analyzer()) > MOSTLY


def renew_coming_times(*, today: datetime.date, progress: Callable[[int, int], None]) -> int:
    """Keep the coming times ahead: of records that have too few left, or other school holidays.

    Args:
        today: the day, in the time zone of the site.
        progress: called after every batch with how many are done, and of how many.

    Returns:
        How many records were looked at.
    """
    last_day = today + datetime.timedelta(days=TIMES_LEFT_DAYS)
    is_due = Q(times_until__lt=last_day) | ~Q(calendar=calendar_mark(school_holidays()))
    documents = SearchDocument.objects.filter(is_due, audiences__gt=0, times_until__isnull=False)
    keys = list(documents.values_list("record", flat=True).distinct())
    for start in range(0, len(keys), BATCH_SIZE):
        some = PublishedRecord.objects.filter(pk__in=keys[start : start + BATCH_SIZE])
        _index_all(some, partial(_told_further, progress, start, len(keys)))
    return len(keys)


def _told_further(
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
    """Write the documents of records, a transaction a batch; with texts in `table` when given."""
    total, done, last_pk = records.count(), 0, 0
    analyzer, known_words = current_analyzer(), set[str]()
    write = partial(
        _write, analyzer=analyzer, known_words=known_words, restore=restore, table=table
    )
    with _few_collections() as collect, writing_behind() as submit:
        while batch := records_to_read(records, after=last_pk, most=BATCH_SIZE):
            read = read_records(batch, analyzer)
            last_pk, done = batch[-1].pk, done + len(batch)
            submit(partial(write, read), partial(progress, done, total))
            # What is still held would be gone over in vain.
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
    """Write what was made of a batch; behind the lock, so that nothing newer is overwritten."""
    lock_counter()
    current = still_so(read, analyzer)
    if table is not None and table.exists:
        index_into(table, current, known_words)
    else:
        # A rebuild that began later makes all texts anew, those of before too.
        index_read(current, known_words=known_words, restore=restore)


def _swap(table: ShadowTextTable, known_words: set[str]) -> None:
    """Put a table into use as soon as no search is in the way.

    Raises:
        OperationalError: searches were, a minute long.
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
def _few_collections() -> Iterator[Callable[[], object]]:
    """Let Python look for cycles a batch at a time: nearly all that is read here has none."""
    gc.disable()
    try:
        yield partial(gc.collect, 1)
    finally:
        gc.enable()
