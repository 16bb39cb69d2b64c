"""Search as a whole: every document written anew from the public records, in flat memory."""

import datetime
import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from socialekaart_plugin.places.selectors import school_holidays
from socialekaart_plugin.publication.actions import lock_counter
from socialekaart_plugin.publication.choices import FINDABLE
from socialekaart_plugin.publication.models import PublishedRecord

from .index import INDEXED, calendar_mark, index_records, record_change
from .models import SearchDocument
from .querysets import ReadAlike
from .selectors import current_analyzer

BATCH_SIZE = 500
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
    # A mark for what editors decided, by which processes keep it: an upgraded site has none yet.
    with transaction.atomic():
        record_change(changes_vocabulary=True)
    _index_all(PublishedRecord.objects.filter(kind__in=INDEXED), progress)
    documents = SearchDocument.objects.filter(audiences__gt=0, record__kind__in=FINDABLE)
    return documents.values("record").distinct().count()


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


def _index_all(records: QuerySet[PublishedRecord], progress: Callable[[int, int], None]) -> None:
    """Write the documents of records, a transaction a batch."""
    total, done, last_pk = records.count(), 0, 0
    analyzer, known_words = current_analyzer(), set[str]()
    rows = records.defer("referrer_payload").annotate(reads_alike=ReadAlike()).order_by("pk")
    with _few_collections() as collect:
        while True:
            with transaction.atomic():
                # First, as who publishes does: nothing newer is overwritten by an older payload.
                lock_counter()
                batch = list(rows.filter(pk__gt=last_pk)[:BATCH_SIZE])
                _fill_in_referrer_payloads(batch)
                index_records(batch, analyzer=analyzer, known_words=known_words)
            if not batch:
                break
            last_pk, done = batch[-1].pk, done + len(batch)
            progress(done, total)
            collect()


def _fill_in_referrer_payloads(batch: Sequence[Any]) -> None:
    """Read the payloads for referrers that differ in more than how to get in touch; one query."""
    differing = [record.pk for record in batch if not record.reads_alike]
    others = PublishedRecord.objects.filter(pk__in=differing)
    payloads = dict(others.values_list("pk", "referrer_payload")) if differing else {}
    for record in batch:
        record.referrer_payload = payloads.get(record.pk, record.public_payload)


@contextmanager
def _few_collections() -> Iterator[Callable[[], object]]:
    """Let Python look for cycles a batch at a time: nearly all that is read here has none."""
    gc.disable()
    try:
        yield partial(gc.collect, 1)
    finally:
        gc.enable()
