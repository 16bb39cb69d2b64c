"""What every engine holds in the process: the words of records, and what stands beside records."""

import uuid
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from threading import Lock

from django.db import connections, router
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from socialekaart_plugin.discovery.models import IndexChange, SearchWord
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.language import Analyzer
from socialekaart_plugin.publication.models import PublishedRecord

from .reference_data import KINDS, Vocabulary, read_vocabulary

#: Gives the analysis that belongs to a mark of what editors decided (`Lexicon.decided`).
AnalyzerFor = Callable[[str], Analyzer]

#: Up to this many letters a word is taken for another that differs by one letter, not two.
_SHORT_WORD = 5


@dataclass(frozen=True)
class ChangeMark:
    """The change of the index that something holds up to; number and mark of `IndexChange`."""

    number: int
    mark: uuid.UUID | None

    def __str__(self) -> str:
        return f"{self.number}-{self.mark}" if self.number else ""


@dataclass(frozen=True)
class Lexicon:
    """The words of the index, and what stands beside records, at one change of it.

    Attributes:
        origin: the same for all that were made of each other; another once all is read anew.
        change: up to which change it holds.
        decided: the newest change of what editors decided, or of what stands beside records.
        analyzer_mark: of the analysis that its stems are of.
        vocabulary: themes, areas, target groups, help questions.
        words: folded words that occur in documents, sorted.
        stems: their stems, and those of the parts of compounds.
    """

    origin: uuid.UUID
    change: ChangeMark
    decided: ChangeMark
    analyzer_mark: str
    vocabulary: Vocabulary
    words: list[str]
    stems: frozenset[str]

    def words_like(self, word: str, *, prefix: bool, limit: int) -> list[str]:
        """Return folded words that begin with `word`, or resemble it; best first."""
        if prefix:
            exact = self._words_beginning(word)[:limit]
            return exact or self._words_beginning_nearly(word, limit)
        return _nearest(word, self.words, limit)

    def _words_beginning(self, prefix: str) -> list[str]:
        """Return the words that begin so, the shortest first."""
        first = bisect_left(self.words, prefix)
        last = bisect_left(self.words, prefix + "\U0010ffff", first)
        return sorted(self.words[first:last], key=lambda word: (len(word), word))

    def _words_beginning_nearly(self, word: str, limit: int) -> list[str]:
        """Return words whose first part resembles what was typed."""
        whole: dict[str, str] = {}
        for known in self.words:
            if len(known) >= len(word):
                whole.setdefault(known[: len(word)], known)
        return [whole[first] for first in _nearest(word, list(whole), limit)]


class LexiconKeeper:
    """Holds the lexicon of this process, and renews it when the index changed."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self._lock = Lock()
        self._held: Lexicon | None = None

    def current(self, analyzer_for: AnalyzerFor) -> Lexicon:
        """Return the lexicon as it is now; one query when nothing changed.

        One that was made within a transaction that was rolled back is noticed by the mark of its
        last change, and read anew.
        """
        with self._lock:
            renewed = _renewed(self._held, analyzer_for) if self._held is not None else None
            self._held = renewed or _read(analyzer_for)
            return self._held


#: One for all engines of a process: the fallback of another engine holds the same words.
lexicon_keeper = LexiconKeeper()


def _renewed(held: Lexicon, analyzer_for: AnalyzerFor) -> Lexicon | None:
    """Return the lexicon with what changed; None when it must be read anew."""
    changes = _changes_from(held.change.number)
    if not changes or changes[0][:2] != (held.change.number, held.change.mark):
        return None
    new = changes[1:]
    if not new:
        return held
    marks = [ChangeMark(number, mark) for number, mark, changes_it in new if changes_it]
    decided = marks[-1] if marks else held.decided
    analyzer = analyzer_for(str(decided))
    if analyzer.mark != held.analyzer_mark:
        return None
    added = list(
        SearchWord.objects.filter(version__gt=held.change.number).values_list("word", flat=True)
    )
    return replace(
        held,
        change=ChangeMark(*new[-1][:2]),
        decided=decided,
        vocabulary=_vocabulary(analyzer) if marks else held.vocabulary,
        words=sorted({*held.words, *added}) if added else held.words,
        stems=held.stems | _stems(added, analyzer) if added else held.stems,
    )


def _changes_from(number: int) -> list[tuple[int, uuid.UUID, bool]]:
    """Return a change of the index and those after it, in order; one query.

    Args:
        number: of the first one.

    Returns:
        Of each its number, its mark, and whether it changes what stands beside records.
    """
    # By hand, for every search asks it: Django takes longer to put it together than the database
    # to answer.
    with connections[router.db_for_read(IndexChange)].cursor() as cursor:
        cursor.execute(
            "SELECT id, mark, changes_vocabulary "  # noqa: S608
            f"FROM {IndexChange._meta.db_table} WHERE id >= %s ORDER BY id",
            [number],
        )
        return [
            (key, mark if isinstance(mark, uuid.UUID) else uuid.UUID(mark), bool(changes_it))
            for key, mark, changes_it in cursor.fetchall()
        ]


def _read(analyzer_for: AnalyzerFor) -> Lexicon:
    latest, decided = (
        ChangeMark(*(changes.order_by("-pk").values_list("pk", "mark").first() or (0, None)))
        for changes in (
            IndexChange.objects.all(),
            IndexChange.objects.filter(changes_vocabulary=True),
        )
    )
    analyzer = analyzer_for(str(decided))
    words = sorted(SearchWord.objects.values_list("word", flat=True))
    return Lexicon(
        origin=uuid.uuid4(),
        change=latest,
        decided=decided,
        analyzer_mark=analyzer.mark,
        vocabulary=_vocabulary(analyzer),
        words=words,
        stems=_stems(words, analyzer),
    )


def _stems(words: Iterable[str], analyzer: Analyzer) -> frozenset[str]:
    found: set[str] = set()
    for word in words:
        term = analyzer.term(word)
        found.add(term.stem)
        found.update(term.parts)
    return frozenset(found)


def _vocabulary(analyzer: Analyzer) -> Vocabulary:
    # What stands beside records reads the same for every audience.
    payloads = list(
        PublishedRecord.objects.for_audience(Audience.PUBLIC)
        .filter(kind__in=KINDS)
        .values_list("public_payload", flat=True)
    )
    picked = {record["uuid"] for payload in payloads for record in payload.get("records", ())}
    keys = PublishedRecord.objects.filter(uuid__in=picked).values_list("uuid", "pk")
    return read_vocabulary(payloads, analyzer, {str(uuid): pk for uuid, pk in keys})


def _nearest(word: str, among: list[str], limit: int) -> list[str]:
    """Return the words that differ by a letter (two in longer words), the most alike first."""
    allowed = 1 if len(word) <= _SHORT_WORD else 2
    near = process.extract(
        word, among, scorer=DamerauLevenshtein.distance, score_cutoff=allowed, limit=4 * limit
    )
    # Whoever errs seldom errs in the first letter.
    ranked = sorted(near, key=lambda hit: (hit[1], hit[0][:1] != word[:1], hit[0]))
    return [hit[0] for hit in ranked[:limit]]
