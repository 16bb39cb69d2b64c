"""The lexicon, an in-memory cache of every engine: words of records, and reference data."""

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

#: Returns the analyzer for a mark of the rules of editors (`Lexicon.decided`).
AnalyzerFor = Callable[[str], Analyzer]

#: Words up to this length may differ by one edit, longer ones by two.
_SHORT_WORD = 5


@dataclass(frozen=True)
class ChangeMark:
    """Number and mark of an `IndexChange`: how up to date something is."""

    number: int
    mark: uuid.UUID | None

    def __str__(self) -> str:
        return f"{self.number}-{self.mark}" if self.number else ""


@dataclass(frozen=True)
class Lexicon:
    """The words of the index and the reference data, as of one change.

    Attributes:
        origin: id of the full load; incremental updates keep it.
        change: up to which change it is current.
        decided: the newest change of the rules of editors, or of reference data.
        analyzer_mark: of the analyzer that made its stems.
        vocabulary: themes, areas, target groups, help questions.
        words: folded words in documents, sorted.
        stems: their stems, and those of parts of compounds.
    """

    origin: uuid.UUID
    change: ChangeMark
    decided: ChangeMark
    analyzer_mark: str
    vocabulary: Vocabulary
    words: list[str]
    stems: frozenset[str]

    def words_like(self, word: str, *, prefix: bool, limit: int) -> list[str]:
        """Return folded words that start with `word`, or resemble it; best first."""
        if prefix:
            exact = self._with_prefix(word)[:limit]
            return exact or self._with_similar_prefix(word, limit)
        return _similar(word, self.words, limit)

    def _with_prefix(self, prefix: str) -> list[str]:
        """Return the words with this prefix, shortest first."""
        first = bisect_left(self.words, prefix)
        last = bisect_left(self.words, prefix + "\U0010ffff", first)
        return sorted(self.words[first:last], key=lambda word: (len(word), word))

    def _with_similar_prefix(self, word: str, limit: int) -> list[str]:
        """Return words with a prefix that resembles `word`."""
        whole: dict[str, str] = {}
        for known in self.words:
            if len(known) >= len(word):
                whole.setdefault(known[: len(word)], known)
        return [whole[first] for first in _similar(word, list(whole), limit)]


class LexiconKeeper:
    """Caches the lexicon of this process, and updates it when the index changed."""

    def __init__(self) -> None:
        """Start empty."""
        self._lock = Lock()
        self._held: Lexicon | None = None

    def current(self, analyzer_for: AnalyzerFor) -> Lexicon:
        """Return the current lexicon; one query when nothing changed.

        Reloads a lexicon of a transaction that was rolled back, recognised by its mark.
        """
        with self._lock:
            updated = _update(self._held, analyzer_for) if self._held is not None else None
            self._held = updated or _load(analyzer_for)
            return self._held


#: Shared by all engines of the process.
lexicon_keeper = LexiconKeeper()


def _update(held: Lexicon, analyzer_for: AnalyzerFor) -> Lexicon | None:
    """Return the updated lexicon; None when a full reload is needed."""
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
        Number, mark, and whether reference data or rules changed.
    """
    # Raw SQL, for every search runs it: Django takes longer to compile it than the database to
    # answer.
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


def _load(analyzer_for: AnalyzerFor) -> Lexicon:
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
    # Reference data is the same for every audience.
    payloads = list(
        PublishedRecord.objects.for_audience(Audience.PUBLIC)
        .filter(kind__in=KINDS)
        .values_list("public_payload", flat=True)
    )
    picked = {record["uuid"] for payload in payloads for record in payload.get("records", ())}
    keys = PublishedRecord.objects.filter(uuid__in=picked).values_list("uuid", "pk")
    return read_vocabulary(payloads, analyzer, {str(uuid): pk for uuid, pk in keys})


def _similar(word: str, among: list[str], limit: int) -> list[str]:
    """Return the words within an edit distance of 1 (2 in longer words), nearest first."""
    allowed = 1 if len(word) <= _SHORT_WORD else 2
    near = process.extract(
        word, among, scorer=DamerauLevenshtein.distance, score_cutoff=allowed, limit=4 * limit
    )
    # Typing errors in the first letter are rare.
    ranked = sorted(near, key=lambda hit: (hit[1], hit[0][:1] != word[:1], hit[0]))
    return [hit[0] for hit in ranked[:limit]]
