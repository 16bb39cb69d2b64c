"""Putting searches to the index: with its state, in time, and not twice while nothing changes."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from socialekaart_plugin.discovery.engines.lexicon import ChangeMark
from socialekaart_plugin.discovery.models import IndexChange

from .checkpoint import STATE_BODY, Checkpoint, state_of
from .connection import Configuration, client_of
from .errors import IndexTroubleError, responses_of
from .query_dsl import Body
from .response_cache import question_of, response_cache_of
from .transport import Patience


class SearchClient:
    """Asks the server for one engine, and knows how far the index was that answered.

    Attributes:
        state: what the index said of itself, with the last answer.
        was_answered: whether the server itself answered, and not only what the process keeps.
    """

    def __init__(self, configured: Configuration, change: ChangeMark, *, keeps: bool) -> None:
        """Ask the server of these settings.

        Args:
            configured: where it is.
            change: the newest one of the index in the database.
            keeps: whether what the process was answered before is an answer too.

        Raises:
            UnusableError: as `client_of`.
        """
        self.state = Checkpoint()
        self.was_answered = False
        self._configured = configured
        self._client = client_of(configured)
        self._patience = Patience(configured.timeout)
        self._kept = response_cache_of(configured) if keeps and configured.kept_answers else None
        self._change = change

    @property
    def is_behind(self) -> bool:
        """Whether there are changes that the index does not hold yet."""
        return self.state.synced_to < self._change.number

    def shown(self, body: Body, preference: str = "") -> dict[str, Any]:
        """Return the answer to a search whose payloads are shown: one that is kept, or a new one.

        What is kept is of an index that had every change there is; a change more, and it is not
        looked at any longer. So it shows nothing that was withdrawn.
        """
        change, question = str(self._change), b""
        if self._kept is not None:
            question = question_of(body, preference)
            if (kept := self._kept.get(change, question)) is not None:
                self.state, answer = kept
                return answer
        [answer] = self.asked([body], preference=preference, shows=True)
        if self._kept is not None and change == self.state.change_mark and not self.is_behind:
            self._kept.put(change, question, (self.state, answer))
        return answer

    def asked(
        self, bodies: list[Body], *, preference: str = "", shows: bool = False
    ) -> list[dict[str, Any]]:
        """Ask all in one request, with the state of the index; parts that are away are an error.

        Args:
            bodies: of the searches.
            preference: which copies answer.
            shows: whether payloads are shown of what is found; then the state is read before, so
                that what is found is no older than the index says.
        """
        header: dict[str, Any] = {"allow_partial_search_results": False}
        if preference:
            header["preference"] = preference
        if self._configured.shards > 1:
            # How rare a word is in all parts together: else the same record scores otherwise.
            header["search_type"] = "dfs_query_then_fetch"
        searches = [line for body in (STATE_BODY, *bodies) for line in (header, body)]
        answer = self._patience.spend(
            lambda: self._client.msearch(
                index=self._configured.alias,
                searches=searches,
                max_concurrent_searches=1 if shows else None,
            )
        )
        responses = responses_of(answer.body, len(bodies) + 1)
        self.was_answered = True
        self.state = state_of(responses.pop(0))
        self._see_whether_behind()
        return responses

    def _see_whether_behind(self) -> None:
        """Refuse to answer from an index that is too far behind.

        Raises:
            IndexTroubleError: what came after it waits for longer than `max_lag`, it was never
                filled, or it is of another database.
        """
        if not self.state.synced_to and self._change.number:
            raise IndexTroubleError("the index was never filled", self.state)
        if self.state.change_mark != str(self._change):
            # Of a moment before or after; or of a database that was put back, or another one.
            number, mark = self.state.change
            if not mark or not IndexChange.objects.filter(pk=number, mark=mark).exists():
                raise IndexTroubleError("the index is of another database", self.state)
        if not self.is_behind:
            return
        waiting = IndexChange.objects.filter(pk__gt=self.state.synced_to).order_by("pk")
        since = waiting.values_list("at", flat=True).first()
        longest = timedelta(seconds=self._configured.max_lag)
        if since is not None and timezone.now() - since > longest:
            raise IndexTroubleError(f"the index is behind since {since.isoformat()}", self.state)
