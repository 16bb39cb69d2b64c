"""Replicates the embedded index to Elasticsearch: in order of change, in bulk, idempotent."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

from elasticsearch import ApiError, Elasticsearch, TransportError

from socialekaart_plugin.discovery.engines.lexicon import AnalyzerFor, Lexicon, lexicon_keeper
from socialekaart_plugin.discovery.models import IndexChange, SearchDocument

from .bulk_writer import writing
from .checkpoint import Checkpoint
from .connection import Configuration, client_of
from .documents import Reader, areas_mark, questions_mark
from .help_question_facet import gathered_otherwise
from .indices import IndexGoneError, Indices, NotBuiltError
from .source_rows import batches_by_change, batches_by_key, rows_of

#: Batches between two checkpoints; a crash repeats no more than these.
BATCHES_A_CHECKPOINT = 10
#: Rounds in which a new index catches up before the alias switches to it.
_MOST_ROUNDS = 5
#: How often another process may replace the index while we write.
_MAX_ATTEMPTS = 3

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class SyncResult:
    """What a run did.

    Attributes:
        documents: how many were sent.
        checkpoint: of the index afterwards.
    """

    documents: int
    checkpoint: Checkpoint


class Index:
    """The Elasticsearch index of a site, for writing.

    Idempotent: each document carries the number of its newest change as external version, and the
    server rejects older writes. Any number of writers may run at once and be killed at any moment.
    """

    def __init__(self, configured: Configuration, analyzer_for: AnalyzerFor) -> None:
        """Connect to the configured server, with the text analysis of the site."""
        self._analyzer_for = analyzer_for
        self.client: Elasticsearch = client_of(configured).options(
            request_timeout=configured.sync_timeout
        )
        self.indices = Indices(configured, self.client)

    def state(self) -> Checkpoint:
        """Read the checkpoint of the live index.

        Raises:
            NotBuiltError: there is no index.
        """
        return self.indices.state(self.indices.live_index())

    def sync(self, *, progress: Progress) -> SyncResult:
        """Send every document that is newer than the checkpoint; safe beside another sync.

        Args:
            progress: called after every batch with how many documents are sent, and of how many.

        Raises:
            NotBuiltError: there is no index, or it is of another database; it must be rebuilt.
            RefusedError: the server would not take a document.
            elasticsearch.ApiError, elasticsearch.TransportError: no answer, or a refusal.
        """
        for _time in range(_MAX_ATTEMPTS):
            name = self.indices.live_index()
            # Replaced or lost: the next attempt shows which.
            with suppress(IndexGoneError):
                return self._follow(name, progress)
        raise NotBuiltError("the index is removed each time that it is written to")

    def rebuild(self, *, progress: Progress) -> SyncResult:
        """Build a new index beside the live one, then switch the alias to it.

        Publishing and searching go on meanwhile; the new index catches up before the switch.

        Args:
            progress: called after every batch with how many documents are sent, and of how many.

        Raises:
            RefusedError: the server would not take a document.
            elasticsearch.ApiError, elasticsearch.TransportError: no answer, or a refusal.
        """
        name, sent = self.indices.new_name(), 0
        try:
            self.indices.create(name)
            sent = self._fill(name, progress)
            self.indices.merge(name)
            for _round in range(_MOST_ROUNDS):
                rest = self._follow(name, _silent)
                sent += rest.documents
                if not rest.documents:
                    break
            self.indices.enable_search(name)
            self.indices.take_over(name)
        except IndexGoneError:
            # A newer build has the alias already, and holds at least as much.
            self.indices.drop(name)
        except BaseException:
            with suppress(ApiError, TransportError):
                self.indices.drop(name)
            raise
        # What was published between the last round and the switch.
        rest = self.sync(progress=_silent)
        return SyncResult(sent + rest.documents, rest.checkpoint)

    def reader(self, lexicon: Lexicon) -> Reader:
        """Return a reader that turns rows into documents."""
        return Reader(
            analyzer=self._analyzer_for(str(lexicon.decided)),
            vocabulary=lexicon.vocabulary,
            change=lexicon.decided.number,
        )

    def lexicon(self) -> Lexicon:
        """Return the lexicon of this process, up to date."""
        return lexicon_keeper.current(self._analyzer_for)

    def _follow(self, name: str, progress: Progress) -> SyncResult:
        state = self.indices.state(name)
        # After the checkpoint, so that the lexicon is never older than it.
        lexicon = self.lexicon()
        if not _is_of_this_database(state):
            raise NotBuiltError(f"the index {name} is of another database, or was left too long")
        latest, target = lexicon.change, _checkpoint_at(lexicon)
        # Documents hold their wider areas: when the hierarchy changes, all are rewritten.
        has_same_areas = state.areas_mark == target.areas_mark
        has_same_questions = state.questions_mark == target.questions_mark
        after = state.synced_to if has_same_areas else 0
        if after == latest.number and has_same_areas and has_same_questions:
            return SyncResult(0, state)
        rows = SearchDocument.objects.filter(version__gt=after, version__lte=latest.number)
        sent, total, reader = 0, rows.count(), self.reader(lexicon)
        with writing(self.client, name) as writer:
            for number, batch in enumerate(batches_by_change(rows), start=1):
                writer.send(batch, reader)
                sent += len(batch)
                if has_same_areas and number % BATCHES_A_CHECKPOINT == 0:
                    writer.finish()
                    # The next batch may hold more of the last change.
                    so_far = replace(
                        target,
                        synced_to=batch[-1].version - 1,
                        questions_mark=state.questions_mark,
                    )
                    self.indices.write_checkpoint(name, so_far)
                progress(sent, total)
            if not has_same_questions:
                writer.finish()
                for keys in gathered_otherwise(self.client, name, lexicon.vocabulary):
                    writer.send(rows_of(keys), reader)
                    sent += len(keys)
                    progress(sent, max(sent, total))
        self.indices.write_checkpoint(name, target)
        return SyncResult(sent, target)

    def _fill(self, name: str, progress: Progress) -> int:
        """Write all findable documents; return how many."""
        lexicon = self.lexicon()
        rows = SearchDocument.objects.filter(audiences__gt=0)
        sent, total, reader = 0, rows.count(), self.reader(lexicon)
        with writing(self.client, name) as writer:
            for batch in batches_by_key(rows):
                writer.send(batch, reader)
                sent += len(batch)
                progress(sent, total)
        # The checkpoint of the start: what changed since is sent again.
        self.indices.write_checkpoint(name, _checkpoint_at(lexicon))
        return sent


def _checkpoint_at(lexicon: Lexicon) -> Checkpoint:
    """Return the checkpoint of an index that holds everything up to this lexicon."""
    return Checkpoint(
        synced_to=lexicon.change.number,
        change_mark=str(lexicon.change),
        areas_mark=areas_mark(lexicon.vocabulary),
        questions_mark=questions_mark(lexicon.vocabulary.questions),
    )


def _is_of_this_database(state: Checkpoint) -> bool:
    """Tell whether an index was replicated from this database.

    A change that was pruned from the log counts as unknown: rather rebuild than be wrong.
    """
    number, mark = state.change
    if not number:
        return not state.synced_to
    known = IndexChange.objects.filter(pk=number).values_list("mark", flat=True).first()
    return str(known) == mark


def _silent(_done: int, _total: int) -> None:
    """Report no progress."""
