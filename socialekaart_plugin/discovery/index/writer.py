"""Writing documents, texts and words, and the log by which processes hear of it."""

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

from .preparation import Readable, ReadRecord, prepare, read_records

#: The kinds that have a document: what people look for, and places, for where they are.
INDEXED = (*FINDABLE, RecordKind.PLACE)

_BATCH_SIZE = 500
#: So many changes are remembered; a process that missed more reads the index anew.
_CHANGES_KEPT = 2_000
_WORD_LENGTH = 60


def record_change(*, changes_vocabulary: bool) -> int:
    """Note that the index changes; every process hears of it with its next search.

    The sequence of the gate is locked, so that changes have their numbers in the order of commits.

    Args:
        changes_vocabulary: whether what stands beside records, or what editors decided, differs.

    Returns:
        The number of the change.
    """
    lock_counter()
    last = IndexChange.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    change = IndexChange.objects.create(pk=last + 1, changes_vocabulary=changes_vocabulary)
    old = IndexChange.objects.filter(pk__lte=last - _CHANGES_KEPT)
    # By the newest of the others a process knows whether what editors decided still holds.
    old.filter(changes_vocabulary=False).delete()
    index_changed.send(sender=IndexChange)
    return int(change.pk)


def index_records(records: Iterable[Readable], *, analyzer: Analyzer) -> int:
    """Write the documents of these records; a public one is findable, a withdrawn one not.

    Neither is an activity that has ended; it leaves when the gate stamps it, the night after.
    Documents that read as before are left alone.

    Args:
        records: rows that changed, of any kind.
        analyzer: what reads their words.

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
    """Write documents that were made of records.

    Args:
        read: each record once.
        changes_vocabulary: as `record_change`; then it is told though no document differs.
        known_words: words that are certainly kept already; gains those that are now. For a run over
            many records in one go.
        restore: look whether their texts are still there, and write those again that are not.

    Returns:
        How many documents were written.
    """
    found = prepare(read, restore=restore)
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
    """Write documents that were made of records, with their texts in a table not in use yet.

    Args:
        table: gets the texts of all of them, also of documents that read as before.
        read: each record once.
        known_words: words that are certainly kept already; gains those that are now.
    """
    found = prepare(read)
    words = found.words_of(found.texts)
    version = None
    if found.rows or not words <= known_words:
        version = record_change(changes_vocabulary=False)
        _write(found.rows, version)
        _keep_words(words, version, known_words)
    table.add(found.texts, version)


def still_so(read: Iterable[ReadRecord], analyzer: Analyzer) -> list[ReadRecord]:
    """Return what was made of records, made anew of those that changed since; behind the lock."""
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
    """Let a table that was filled by `index_into` be the one that is searched.

    Args:
        table: of all records.
        known_words: the words of these; others that nothing has any more are forgotten.

    Raises:
        OperationalError: as `ShadowTextTable.swap`.
    """
    version = record_change(changes_vocabulary=True)
    table.swap()
    others = set(SearchWord.objects.values_list("word", flat=True)) - known_words
    _forget_words(fulltext_for_write().unused_words(others), None)
    # What processes remember of the old table holds no longer; they look at the documents for that.
    first = SearchDocument.objects.order_by("pk").values("pk")[:1]
    SearchDocument.objects.filter(pk__in=first).update(version=version)


def share_that_differs(records: Iterable[Readable], *, analyzer: Analyzer) -> float:
    """Return of how many of these records, 0 to 1, documents or texts are not as they should be."""
    given = list(records)
    rows = prepare(read_records(given, analyzer), restore=True).rows
    return len({row.record_id for row in rows}) / len(given) if given else 0.0


def _write(rows: list[SearchDocument], version: int) -> None:
    for row in rows:
        row.version = version
    write_rows(rows)


def _keep_words(words: set[str], version: int, known: set[str] | None) -> None:
    """Keep words that occur in documents; those that are kept already stay as they are."""
    new = {word for word in words if len(word) <= _WORD_LENGTH} - (known or set())
    SearchWord.objects.bulk_create(
        [SearchWord(word=word, version=version) for word in sorted(new)],
        batch_size=_BATCH_SIZE,
        ignore_conflicts=True,
    )
    if known is not None:
        known |= new


def _forget_words(words: list[str], known: set[str] | None) -> None:
    """Forget words that no document has any more: what was withdrawn leaves no word behind."""
    for start in range(0, len(words), _BATCH_SIZE):
        SearchWord.objects.filter(word__in=words[start : start + _BATCH_SIZE]).delete()
    if known is not None:
        known.difference_update(words)
