"""Bringing the index after the changes of the embedded one: in their order, in bulk, repeatable."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from elasticsearch import Elasticsearch, NotFoundError

from socialekaart_plugin.discovery.engines.lexicon import AnalyzerFor, Lexicon, lexicon_keeper
from socialekaart_plugin.discovery.models import IndexChange, SearchDocument
from socialekaart_plugin.places.selectors import school_holidays

from .connection import Configuration, client_of
from .documents import Reader, areas_mark
from .mapping import STATE_ID, index_body, index_name
from .state import STATE_BODY, IndexState, state_document, state_of
from .writing import writing

_BATCH_SIZE = 500
#: After so many batches the index says how far it is; a crash repeats no more than these.
_BATCHES_A_CHECKPOINT = 10
#: Rounds in which a new index comes after what is published meanwhile, before it takes over.
_MOST_ROUNDS = 5

Progress = Callable[[int, int], None]


class NotBuiltError(Exception):
    """There is no index for this version of the mapping, or it is of another database."""


@dataclass(frozen=True)
class Synced:
    """What a run did.

    Attributes:
        documents: how many were sent.
        state: what the index says of itself now.
    """

    documents: int
    state: IndexState


class Index:
    """The index of a site, to be written to."""

    def __init__(self, configured: Configuration, analyzer_for: AnalyzerFor) -> None:
        """Write to the Elasticsearch of these settings, with the analysis of the site."""
        self._configured = configured
        self._analyzer_for = analyzer_for
        self.client: Elasticsearch = client_of(configured).options(
            request_timeout=configured.sync_timeout
        )

    def state(self, name: str = "") -> IndexState:
        """Return what an index says of itself; by default the one that is searched.

        Raises:
            NotBuiltError: it is not there.
        """
        try:
            answer = self.client.search(index=name or self._configured.alias, **_as_arguments())
        except NotFoundError as error:
            raise NotBuiltError(self._configured.alias) from error
        return state_of(answer.body)

    def sync(self, *, progress: Progress, name: str = "") -> Synced:
        """Send every document that is newer than the index; repeatable, and safe beside another.

        Args:
            progress: called after every batch with how many documents are sent, and of how many.
            name: of an index that is not searched yet.

        Raises:
            NotBuiltError: there is no index, or it is of another database; it must be rebuilt.
            RefusedError: the server would not take a document.
            elasticsearch.ApiError, elasticsearch.TransportError: no answer, or a refusal.
        """
        state = self.state(name)
        lexicon = lexicon_keeper.current(self._analyzer_for)
        if not _is_of_this_database(state, lexicon):
            raise NotBuiltError(f"{self._configured.alias} is of another database")
        mark = areas_mark(lexicon.vocabulary)
        is_same_areas = state.areas_mark == mark
        after = state.synced_to if is_same_areas else 0
        latest = lexicon.change.number
        if after == latest and is_same_areas:
            return Synced(0, state)
        rows = SearchDocument.objects.filter(version__gt=after, version__lte=latest)
        target = name or self._configured.alias
        sent, total = 0, rows.count()
        with writing(self.client, target) as writer:
            reader = self._reader(lexicon)
            for number, batch in enumerate(_in_order_of_change(rows), start=1):
                writer.send(batch, reader)
                sent += len(batch)
                if is_same_areas and number % _BATCHES_A_CHECKPOINT == 0:
                    writer.finish()
                    # Of the last change there may be more to come.
                    self._tell(target, IndexState(batch[-1].version - 1, "", mark))
                progress(sent, total)
        told = IndexState(latest, str(lexicon.change.mark or ""), mark)
        self._tell(target, told)
        return Synced(sent, told)

    def rebuild(self, *, progress: Progress) -> Synced:
        """Build a new index beside the one that is searched, and let it take over.

        Publishing and searching go on meanwhile; what was published is in it when it takes over.

        Args:
            progress: called after every batch with how many documents are sent, and of how many.

        Raises:
            RefusedError: the server would not take a document.
            elasticsearch.ApiError, elasticsearch.TransportError: no answer, or a refusal.
        """
        configured = self._configured
        name = index_name(configured.index_prefix, f"{timezone.now():%Y%m%d%H%M%S%f}")
        body = index_body(shards=configured.shards, replicas="false")
        body["settings"] |= {"refresh_interval": "-1", "number_of_replicas": 0}
        self.client.indices.create(index=name, **body)
        try:
            synced = self._fill(name, progress)
        except BaseException:
            self.client.indices.delete(index=name, ignore_unavailable=True)
            raise
        self._take_over(name)
        # What was published between the last look and the taking over.
        late = self.sync(progress=_silent)
        return Synced(synced.documents + late.documents, late.state)

    def _fill(self, name: str, progress: Progress) -> Synced:
        lexicon = lexicon_keeper.current(self._analyzer_for)
        rows = SearchDocument.objects.filter(audiences__gt=0)
        sent, total = 0, rows.count()
        with writing(self.client, name) as writer:
            reader = self._reader(lexicon)
            for batch in _in_order_of_key(rows):
                writer.send(batch, reader)
                sent += len(batch)
                progress(sent, total)
        mark = areas_mark(lexicon.vocabulary)
        change = lexicon.change
        self._tell(name, IndexState(change.number, str(change.mark or ""), mark))
        for _round in range(_MOST_ROUNDS):
            late = self.sync(progress=_silent, name=name)
            sent += late.documents
            if not late.documents:
                break
        self.client.indices.put_settings(
            index=name,
            settings={
                "refresh_interval": None,
                "auto_expand_replicas": self._configured.replicas,
            },
        )
        self.client.cluster.health(index=name, wait_for_status="yellow", timeout="30s")
        return Synced(sent, late.state)

    def _take_over(self, name: str) -> None:
        """Let an index be searched instead of the earlier ones, which go."""
        alias = self._configured.alias
        earlier = list(self.client.indices.get(index=f"{alias}-*", features="aliases"))
        # An index that bears the name of the alias was made by a write to one that was lost.
        if self.client.indices.exists(index=alias) and not self.client.indices.exists_alias(
            name=alias
        ):
            earlier.append(alias)
        self.client.indices.update_aliases(
            actions=[
                {"add": {"index": name, "alias": alias}},
                *({"remove_index": {"index": each}} for each in earlier if each != name),
            ]
        )

    def _tell(self, name: str, state: IndexState) -> None:
        """Let the index say how far it is, once what it says can be found."""
        self.client.indices.refresh(index=name)
        self.client.index(index=name, id=STATE_ID, document=state_document(state), refresh=True)

    def _reader(self, lexicon: Lexicon) -> Reader:
        return Reader(
            analyzer=self._analyzer_for(str(lexicon.decided)),
            calendar=school_holidays(),
            now=timezone.now(),
            vocabulary=lexicon.vocabulary,
        )


def _is_of_this_database(state: IndexState, lexicon: Lexicon) -> bool:
    """Tell whether the changes that an index holds are those of this database, as far as known."""
    if state.synced_to > lexicon.change.number:
        return False
    known = IndexChange.objects.filter(pk=state.synced_to).values_list("mark", flat=True).first()
    return not (known and state.change_mark) or str(known) == state.change_mark


def _in_order_of_change(rows: QuerySet[SearchDocument]) -> Iterator[Sequence[SearchDocument]]:
    """Yield rows with their records, in the order in which they changed; flat in memory."""
    following = Q()
    while batch := list(
        rows.filter(following).select_related("record").order_by("version", "pk")[:_BATCH_SIZE]
    ):
        yield batch
        last = batch[-1]
        following = Q(version__gt=last.version) | Q(version=last.version, pk__gt=last.pk)


def _in_order_of_key(rows: QuerySet[SearchDocument]) -> Iterator[Sequence[SearchDocument]]:
    """Yield rows with their records by key; flat in memory."""
    last = -1
    ordered = rows.select_related("record").order_by("pk")
    while batch := list(ordered.filter(pk__gt=last)[:_BATCH_SIZE]):
        yield batch
        last = batch[-1].pk


def _silent(_done: int, _total: int) -> None:
    """Tell nobody."""


def _as_arguments() -> dict[str, Any]:
    """Return the request for the state as the client wants it."""
    return {("source" if name == "_source" else name): value for name, value in STATE_BODY.items()}
