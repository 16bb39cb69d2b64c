"""Bringing the index after the changes of the embedded one: in their order, in bulk, repeatable."""

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
from .source_rows import in_order_of_change, in_order_of_key, rows_of

#: After so many batches the index says how far it is; a crash repeats no more than these.
BATCHES_A_CHECKPOINT = 10
#: Rounds in which a new index comes after what is published meanwhile, before it takes over.
_MOST_ROUNDS = 5
#: How often another one may take over while we write.
_MOST_TAKEOVERS = 3

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Synced:
    """What a run did.

    Attributes:
        documents: how many were sent.
        state: what the index says of itself now.
    """

    documents: int
    state: Checkpoint


class Index:
    """The index of a site, to be written to.

    Every document bears the number of the newest change that it was made of, and the server takes
    nothing older: so any number of writers may be at it, in any order, and be ended at any moment.
    """

    def __init__(self, configured: Configuration, analyzer_for: AnalyzerFor) -> None:
        """Write to the Elasticsearch of these settings, with the analysis of the site."""
        self._analyzer_for = analyzer_for
        self.client: Elasticsearch = client_of(configured).options(
            request_timeout=configured.sync_timeout
        )
        self.indices = Indices(configured, self.client)

    def state(self) -> Checkpoint:
        """Return what the index that is searched says of itself.

        Raises:
            NotBuiltError: it is not there.
        """
        return self.indices.state(self.indices.searched())

    def sync(self, *, progress: Progress) -> Synced:
        """Send every document that is newer than the index; repeatable, and safe beside another.

        Args:
            progress: called after every batch with how many documents are sent, and of how many.

        Raises:
            NotBuiltError: there is no index, or it is of another database; it must be rebuilt.
            RefusedError: the server would not take a document.
            elasticsearch.ApiError, elasticsearch.TransportError: no answer, or a refusal.
        """
        for _time in range(_MOST_TAKEOVERS):
            name = self.indices.searched()
            # A new one takes over, or all is lost: the next look tells which.
            with suppress(IndexGoneError):
                return self._follow(name, progress)
        raise NotBuiltError("the index is removed each time that it is written to")

    def rebuild(self, *, progress: Progress) -> Synced:
        """Build a new index beside the one that is searched, and let it take over.

        Publishing and searching go on meanwhile; what was published is in it when it takes over.

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
                late = self._follow(name, _silent)
                sent += late.documents
                if not late.documents:
                    break
            self.indices.make_ready(name)
            self.indices.take_over(name)
        except IndexGoneError:
            # Whoever began later has taken over already; theirs holds at least as much.
            self.indices.drop(name)
        except BaseException:
            with suppress(ApiError, TransportError):
                self.indices.drop(name)
            raise
        # What was published between the last look and the taking over.
        late = self.sync(progress=_silent)
        return Synced(sent + late.documents, late.state)

    def reader(self, lexicon: Lexicon) -> Reader:
        """Return what rows are read with, at the state of the process."""
        return Reader(
            analyzer=self._analyzer_for(str(lexicon.decided)),
            vocabulary=lexicon.vocabulary,
            change=lexicon.decided.number,
        )

    def lexicon(self) -> Lexicon:
        """Return what the process holds, as it is now."""
        return lexicon_keeper.current(self._analyzer_for)

    def _follow(self, name: str, progress: Progress) -> Synced:
        state = self.indices.state(name)
        # Only then, so that it is never behind what the index says.
        lexicon = self.lexicon()
        if not _is_of_this_database(state):
            raise NotBuiltError(f"the index {name} is of another database, or was left too long")
        latest, told = lexicon.change, _state_at(lexicon)
        # Documents say in which areas they are: when these lie otherwise, all are written anew.
        is_same_areas = state.areas_mark == told.areas_mark
        is_same_questions = state.questions_mark == told.questions_mark
        after = state.synced_to if is_same_areas else 0
        if after == latest.number and is_same_areas and is_same_questions:
            return Synced(0, state)
        rows = SearchDocument.objects.filter(version__gt=after, version__lte=latest.number)
        sent, total, reader = 0, rows.count(), self.reader(lexicon)
        with writing(self.client, name) as writer:
            for number, batch in enumerate(in_order_of_change(rows), start=1):
                writer.send(batch, reader)
                sent += len(batch)
                if is_same_areas and number % BATCHES_A_CHECKPOINT == 0:
                    writer.finish()
                    # Of the last change there may be more to come.
                    so_far = replace(
                        told,
                        synced_to=batch[-1].version - 1,
                        questions_mark=state.questions_mark,
                    )
                    self.indices.tell(name, so_far)
                progress(sent, total)
            if not is_same_questions:
                writer.finish()
                for keys in gathered_otherwise(self.client, name, lexicon.vocabulary):
                    writer.send(rows_of(keys), reader)
                    sent += len(keys)
                    progress(sent, max(sent, total))
        self.indices.tell(name, told)
        return Synced(sent, told)

    def _fill(self, name: str, progress: Progress) -> int:
        """Write all that can be found, as it is now; return how many."""
        lexicon = self.lexicon()
        rows = SearchDocument.objects.filter(audiences__gt=0)
        sent, total, reader = 0, rows.count(), self.reader(lexicon)
        with writing(self.client, name) as writer:
            for batch in in_order_of_key(rows):
                writer.send(batch, reader)
                sent += len(batch)
                progress(sent, total)
        # As it was at the beginning: what changed since is looked at again.
        self.indices.tell(name, _state_at(lexicon))
        return sent


def _state_at(lexicon: Lexicon) -> Checkpoint:
    """Return what an index says that holds everything up to this."""
    return Checkpoint(
        synced_to=lexicon.change.number,
        change_mark=str(lexicon.change),
        areas_mark=areas_mark(lexicon.vocabulary),
        questions_mark=questions_mark(lexicon.vocabulary.questions),
    )


def _is_of_this_database(state: Checkpoint) -> bool:
    """Tell whether the changes that an index holds are those of this database.

    What the database has forgotten counts as unknown: rather built anew than wrong.
    """
    number, mark = state.change
    if not number:
        return not state.synced_to
    known = IndexChange.objects.filter(pk=number).values_list("mark", flat=True).first()
    return str(known) == mark


def _silent(_done: int, _total: int) -> None:
    """Tell nobody."""
