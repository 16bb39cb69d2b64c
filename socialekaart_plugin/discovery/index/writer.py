"""Writes documents, texts and words, and the log of changes that invalidates caches."""

from collections.abc import Iterable

from socialekaart_plugin.discovery.engines.database.bulk_writer import write_rows
from socialekaart_plugin.discovery.engines.database.fulltext import fulltext_for_write
from socialekaart_plugin.discovery.engines.database.shadow_table import ShadowTextTable
from socialekaart_plugin.discovery.models import IndexChange, SearchDocument, SearchWord
from socialekaart_plugin.discovery.querysets import records_to_read
from socialekaart_plugin.discovery.signals import index_changed
from socialekaart_plugin.language import Analyzer
from socialekaart_plugin.publication.actions import lock_counter
from socialekaart_plugin.publication.choices import FINDABLE, RecordKind
from socialekaart_plugin.publication.models import PublishedRecord

from .preparation import Readable, ReadRecord, pending_writes, read_records

#: Kinds with a document: what search finds, and places, for their location.
INDEXED = (*FINDABLE, RecordKind.PLACE)

_BATCH_SIZE = 500
#: Length of the log; a process that missed more changes reloads the index.
_CHANGES_KEPT = 2_000
_WORD_LENGTH = 60


def record_change(*, changes_vocabulary: bool) -> int:
    """Append a change to the log; every process sees it at its next search.

    Locks the sequence of the gate, so that changes are numbered in commit order.

    Args:
        changes_vocabulary: whether reference data or rules of editors change.

    Returns:
        The number of the change.
    """
    lock_counter()
    last = IndexChange.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    change = IndexChange.objects.create(pk=last + 1, changes_vocabulary=changes_vocabulary)
    # Processes need the newest of these to validate their cached rules.
    decided = IndexChange.objects.filter(changes_vocabulary=True).order_by("-pk").values("pk")[:1]
    old = IndexChange.objects.filter(pk__lte=last - _CHANGES_KEPT)
    old.exclude(pk__in=decided).delete()
    index_changed.send(sender=IndexChange, number=change.pk)
    return int(change.pk)


def index_records(records: Iterable[Readable], *, analyzer: Analyzer) -> int:
    """Index these records; withdrawn records and activities that ended become unfindable.

    Idempotent: unchanged documents are not written.

    Args:
        records: rows that changed, of any kind.
        analyzer: splits texts into words.

    Returns:
        How many documents were written.
    """
    given = list(records)
    indexed = [record for record in given if record.kind in INDEXED]
    read = read_records(indexed, analyzer)
    return index_read(read, changes_vocabulary=len(indexed) < len(given))


def index_read(
    read: Iterable[ReadRecord],
    *,
    changes_vocabulary: bool = False,
    known_words: set[str] | None = None,
    restore: bool = False,
) -> int:
    """Write documents that differ from the index.

    Args:
        read: each record once.
        changes_vocabulary: as `record_change`; logs a change even when no document differs.
        known_words: cache of words in the table, for a run over many records; is updated.
        restore: also rewrite missing texts.

    Returns:
        How many documents were written.
    """
    found = pending_writes(read, restore=restore)
    if not (found.rows or changes_vocabulary):
        return 0
    version = record_change(changes_vocabulary=changes_vocabulary)
    _write(found.rows, version)
    table = fulltext_for_write()
    texts = {row.pk: found.texts[row.pk] for row in found.rows}
    words = found.words_of(texts)
    gone = table.words(list(texts)) - words
    table.replace(texts)
    _keep_words(words, version, known_words)
    _forget_words(table.unused_words(gone), known_words)
    return len(found.rows)


def index_into(table: ShadowTextTable, read: Iterable[ReadRecord], known_words: set[str]) -> None:
    """Write documents that differ from the index, and all texts to a shadow table.

    Args:
        table: receives the texts, also of unchanged documents.
        read: each record once.
        known_words: cache of words in the table; is updated.
    """
    found = pending_writes(read)
    words = found.words_of(found.texts)
    version = None
    if found.rows or not words <= known_words:
        version = record_change(changes_vocabulary=False)
        _write(found.rows, version)
        _keep_words(words, version, known_words)
    table.add(found.texts, version)


def still_so(read: Iterable[ReadRecord], analyzer: Analyzer) -> list[ReadRecord]:
    """Return documents, rebuilt for records that changed since; needs the lock of the gate."""
    before = {record.pk: record for record in read}
    rows = PublishedRecord.objects.filter(pk__in=before)
    now = dict(rows.values_list("pk", "sequence"))
    changed = [pk for pk, sequence in now.items() if before[pk].sequence != sequence]
    same = [record for pk, record in before.items() if now.get(pk) == record.sequence]
    if not changed:
        return same
    some = PublishedRecord.objects.filter(pk__in=changed)
    return same + read_records(records_to_read(some, after=0, most=len(changed)), analyzer)


def put_into_use(table: ShadowTextTable, known_words: set[str]) -> None:
    """Swap in a shadow table that was filled by `index_into`.

    Args:
        table: with all records.
        known_words: their words; unused other words are deleted.

    Raises:
        OperationalError: as `ShadowTextTable.swap`.
    """
    version = record_change(changes_vocabulary=True)
    table.swap()
    others = set(SearchWord.objects.values_list("word", flat=True)) - known_words
    _forget_words(fulltext_for_write().unused_words(others), None)
    # Touch a document, so that processes drop cached posting lists of the old table.
    first = SearchDocument.objects.order_by("pk").values("pk")[:1]
    SearchDocument.objects.filter(pk__in=first).update(version=version)


def share_that_differs(records: Iterable[Readable], *, analyzer: Analyzer) -> float:
    """Return the share of these records, 0 to 1, whose documents or texts differ from the index."""
    given = list(records)
    rows = pending_writes(read_records(given, analyzer), restore=True).rows
    return len({row.record_id for row in rows}) / len(given) if given else 0.0


def _write(rows: list[SearchDocument], version: int) -> None:
    for row in rows:
        row.version = version
    write_rows(rows)


def _keep_words(words: set[str], version: int, known: set[str] | None) -> None:
    """Insert new words of documents."""
    new = {word for word in words if len(word) <= _WORD_LENGTH} - (known or set())
    SearchWord.objects.bulk_create(
        [SearchWord(word=word, version=version) for word in sorted(new)],
        batch_size=_BATCH_SIZE,
        ignore_conflicts=True,
    )
    if known is not None:
        known |= new


def _forget_words(words: list[str], known: set[str] | None) -> None:
    """Delete words that no document has any more, so that withdrawn text leaves no trace."""
    for start in range(0, len(words), _BATCH_SIZE):
        SearchWord.objects.filter(word__in=words[start : start + _BATCH_SIZE]).delete()
    if known is not None:
        known.difference_update(words)
