"""Sends searches to Elasticsearch: bounded in time, cached, and refused when the index lags."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from socialekaart_plugin.discovery.engines.lexicon import ChangeMark
from socialekaart_plugin.discovery.models import IndexChange

from .checkpoint import CHECKPOINT_SEARCH, Checkpoint, checkpoint_from_response
from .connection import Configuration, client_of
from .errors import IndexTroubleError, responses_of
from .query_dsl import Body
from .response_cache import cache_key, response_cache_of
from .transport import Patience


class SearchClient:
    """Searches for one engine object, and knows the checkpoint of the index that answered.

    Attributes:
        checkpoint: of the index, as of the last response.
        was_answered: whether the server itself responded, not only the cache.
    """

    def __init__(self, configured: Configuration, change: ChangeMark, *, use_cache: bool) -> None:
        """Connect to the configured server.

        Args:
            configured: settings of the server.
            change: the newest change of the index in the database.
            use_cache: whether to use the response cache of this process.

        Raises:
            UnusableError: as `client_of`.
        """
        self.checkpoint = Checkpoint()
        self.was_answered = False
        self._configured = configured
        self._client = client_of(configured)
        self._patience = Patience(configured.timeout)
        self._cache = (
            response_cache_of(configured) if use_cache and configured.kept_answers else None
        )
        self._change = change

    @property
    def is_lagging(self) -> bool:
        """Whether some changes are not replicated yet."""
        return self.checkpoint.synced_to < self._change.number

    def cached_search(self, body: Body, preference: str = "") -> dict[str, Any]:
        """Return the response to a search whose payloads are shown, from the cache if possible.

        Only responses of an up-to-date index are cached, and any change invalidates them: the cache
        never shows a withdrawn record.
        """
        change, key = str(self._change), b""
        if self._cache is not None:
            key = cache_key(body, preference)
            if (cached := self._cache.get(change, key)) is not None:
                self.checkpoint, answer = cached
                return answer
        [answer] = self.multi_search([body], preference=preference, checkpoint_first=True)
        if (
            self._cache is not None
            and change == self.checkpoint.change_mark
            and not self.is_lagging
        ):
            self._cache.put(change, key, (self.checkpoint, answer))
        return answer

    def multi_search(
        self, bodies: list[Body], *, preference: str = "", checkpoint_first: bool = False
    ) -> list[dict[str, Any]]:
        """Run all searches in one request, with the checkpoint; a missing shard is an error.

        Args:
            bodies: of the searches.
            preference: which shard copies answer.
            checkpoint_first: read the checkpoint before searching, so that no hit is older than it;
                needed when payloads of hits are shown.
        """
        header: dict[str, Any] = {"allow_partial_search_results": False}
        if preference:
            header["preference"] = preference
        if self._configured.shards > 1:
            # Term statistics of all shards together: else scores depend on the shard.
            header["search_type"] = "dfs_query_then_fetch"
        searches = [line for body in (CHECKPOINT_SEARCH, *bodies) for line in (header, body)]
        answer = self._patience.spend(
            lambda: self._client.msearch(
                index=self._configured.alias,
                searches=searches,
                max_concurrent_searches=1 if checkpoint_first else None,
            )
        )
        responses = responses_of(answer.body, len(bodies) + 1)
        self.was_answered = True
        self.checkpoint = checkpoint_from_response(responses.pop(0))
        self._check_lag()
        return responses

    def _check_lag(self) -> None:
        """Refuse to use an index that lags too far behind.

        Raises:
            IndexTroubleError: it lags for longer than `max_lag`, was never filled, or belongs to
                another database.
        """
        if not self.checkpoint.synced_to and self._change.number:
            raise IndexTroubleError("the index was never filled", self.checkpoint)
        if self.checkpoint.change_mark != str(self._change):
            # Older, newer, or of another database (a restored backup, say).
            number, mark = self.checkpoint.change
            if not mark or not IndexChange.objects.filter(pk=number, mark=mark).exists():
                raise IndexTroubleError("the index is of another database", self.checkpoint)
        if not self.is_lagging:
            return
        waiting = IndexChange.objects.filter(pk__gt=self.checkpoint.synced_to).order_by("pk")
        since = waiting.values_list("at", flat=True).first()
        longest = timedelta(seconds=self._configured.max_lag)
        if since is not None and timezone.now() - since > longest:
            raise IndexTroubleError(
                f"the index is behind since {since.isoformat()}", self.checkpoint
            )
