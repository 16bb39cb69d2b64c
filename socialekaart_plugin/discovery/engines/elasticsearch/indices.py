"""The indices of a site: which one is searched, and how a new one takes over from it."""

import datetime
import logging
import re
import time
from contextlib import suppress
from typing import Any

from django.utils import timezone
from elasticsearch import ApiError, ConnectionTimeout, Elasticsearch, NotFoundError

from .checkpoint import Checkpoint, state_document, state_kept
from .connection import Configuration
from .mapping import MAPPING_VERSION, STATE_ID, index_body, index_name

logger = logging.getLogger(__name__)

#: How long a document that is gone is remembered, so that nothing older of it is taken after that.
_DELETES_KEPT = "1h"
_WAIT = "30s"
_MOST_TAKEOVERS = 3
#: How many times `sync_timeout` a merge of segments may take: an hour, as that comes.
_MOST_WAITS = 60
#: Seconds that an index is kept for searches that began before another one took over.
SEARCHES_END_IN = 1.0
_STAMP = "%Y%m%d%H%M%S%f"
#: Who began earlier has been ended.
_LATELY = datetime.timedelta(hours=1)


class NotBuiltError(Exception):
    """There is no index for this version of the mapping, or it is of another database."""


class IndexGoneError(Exception):
    """The index that was written to is no longer there: another one took over, or it was lost."""


class Indices:
    """What this site has on its server; those of other sites are left alone, whatever their names.

    Every index is written to by an alias of its own, and only by that: a write to an index that is
    gone is then an error, where it would otherwise make an index without our mapping.
    """

    def __init__(self, configured: Configuration, client: Elasticsearch) -> None:
        """Look after the indices of these settings."""
        self.configured = configured
        self.client = client
        self._name = re.compile(rf"{re.escape(configured.index_prefix)}-v(\d+)-(\d{{20}})")

    def searched(self) -> str:
        """Return the name of the index that is searched.

        Raises:
            NotBuiltError: there is none.
        """
        try:
            names = list(self.client.indices.get_alias(name=self.configured.alias))
        except NotFoundError as error:
            raise NotBuiltError(f"there is no index {self.configured.alias}") from error
        # Of two that take over at the same moment the later one stays.
        return max(names, key=self._key)

    def new_name(self) -> str:
        """Return the name of an index that is begun now."""
        return index_name(self.configured.index_prefix, f"{timezone.now():{_STAMP}}")

    def create(self, name: str) -> None:
        """Make an empty index, to be filled fast."""
        body = index_body(shards=self.configured.shards, replicas="false")
        body["settings"] |= {
            "refresh_interval": "-1",
            "number_of_replicas": 0,
            "gc_deletes": _DELETES_KEPT,
        }
        self.client.indices.create(index=name, aliases={write_alias(name): {}}, **body)

    def drop(self, name: str) -> None:
        """Remove an index, as far as it is there."""
        self.client.indices.delete(index=name, ignore_unavailable=True)

    def merge(self, name: str) -> None:
        """Make one segment of each shard of an index that is filled, and wait for that.

        A search looks into every segment by itself: in one it costs half of what it costs in four.
        What is written later comes in segments of its own, which the server merges as it goes.
        When the server cannot, for want of room, the index is as good; the log tells.

        Raises:
            IndexGoneError: it is not there.
        """
        failed = "no answer for an hour"
        for _time in range(_MOST_WAITS):
            try:
                merged = self.client.indices.forcemerge(index=write_alias(name), max_num_segments=1)
            except ConnectionTimeout:
                # The server goes on, and who asks again is answered once it is done.
                continue
            except NotFoundError as error:
                raise IndexGoneError(name) from error
            except ApiError as error:
                failed = f"{error.status_code} {error.message}"
            else:
                failed = ", ".join(
                    str(each["reason"]["type"]) for each in merged["_shards"].get("failures", ())
                )
            break
        if failed:
            logger.warning("%s works, but its segments could not be merged: %s", name, failed)

    def make_ready(self, name: str) -> None:
        """Give an index that is filled what searching needs: refreshing and copies."""
        settings = {"refresh_interval": None, "auto_expand_replicas": self.configured.replicas}
        self.client.indices.put_settings(index=name, settings=settings)
        self.client.cluster.health(index=name, wait_for_status="yellow", timeout=_WAIT)

    def take_over(self, name: str) -> None:
        """Let an index be searched from now on, in one step; those before it go a moment later.

        Also those of an earlier mapping, and what earlier builders left half done. One that was
        begun later stays: its builder will take over in its turn.

        Raises:
            IndexGoneError: one that was begun later has taken over.
            NotBuiltError: others take over all the time.
        """
        for _time in range(_MOST_TAKEOVERS):
            with suppress(NotFoundError):
                self.move_alias(name)
                break
        else:
            raise NotBuiltError("others take over all the time")
        there = self.client.indices.get(index=f"{self.configured.index_prefix}-v*")
        earlier = [each for each in there if self._is_before(each, name)]
        if earlier:
            # Whoever was searching in one of them gets the answer.
            time.sleep(SEARCHES_END_IN)
        for each in earlier:
            self.drop(each)

    def move_alias(self, name: str) -> None:
        """Let this index be the one that is searched, and no other one of the site.

        Raises:
            IndexGoneError: one that was begun later has it.
            elasticsearch.NotFoundError: another one got it just now.
        """
        alias = self.configured.alias
        actions: list[dict[str, Any]] = []
        if self.client.indices.exists_alias(name=alias):
            for current in self.client.indices.get_alias(name=alias):
                if self._is_before(name, current):
                    raise IndexGoneError(name)
                remove = {"index": current, "alias": alias, "must_exist": True}
                actions.append({"remove": remove})
        elif self.client.indices.exists(index=alias):
            # Made by a write to an alias that was lost, by whoever writes without asking.
            actions.append({"remove_index": {"index": alias}})
        actions.append({"add": {"index": name, "alias": alias}})
        self.client.indices.update_aliases(actions=actions)
        self._take_alias_from_others(name)

    def _take_alias_from_others(self, name: str) -> None:
        """Take the alias from whatever got it at the same moment; of two the later one has it.

        Raises:
            IndexGoneError: another one is the later one.
        """
        alias = self.configured.alias
        names = set(self.client.indices.get_alias(name=alias))
        for earlier in sorted(names, key=self._key)[:-1]:
            with suppress(NotFoundError):
                self.client.indices.delete_alias(index=earlier, name=alias)
        if name != max(names, key=self._key):
            raise IndexGoneError(name)

    def is_being_built(self) -> bool:
        """Tell whether a new one of this mapping was begun lately, and does not search yet."""
        there = self.client.indices.get_alias(index=f"{self.configured.alias}-*")
        since = f"{timezone.now() - _LATELY:{_STAMP}}"
        return any(
            self._key(name) > (MAPPING_VERSION, since)
            and self.configured.alias not in about["aliases"]
            for name, about in there.items()
        )

    def state(self, name: str) -> Checkpoint:
        """Return what an index says of itself.

        Raises:
            NotBuiltError: it says nothing, for it was never filled.
        """
        try:
            answer = self.client.get(index=write_alias(name), id=STATE_ID)
        except NotFoundError as error:
            raise NotBuiltError(f"the index {name} was never filled") from error
        return state_kept(answer["_source"])

    def tell(self, name: str, state: Checkpoint) -> None:
        """Let an index say how far it is, once what it says can be found in all its parts.

        Raises:
            IndexGoneError: it is not there.
        """
        try:
            self.client.indices.refresh(index=write_alias(name))
            self.client.index(
                index=write_alias(name),
                id=STATE_ID,
                document=state_document(state),
                refresh=True,
                require_alias=True,
            )
        except NotFoundError as error:
            raise IndexGoneError(name) from error

    def _is_before(self, name: str, other: str) -> bool:
        return (0, "") < self._key(name) < self._key(other)

    def _key(self, name: str) -> tuple[int, str]:
        """Return version and moment of an index of ours; of any other, what is before them all."""
        found = self._name.fullmatch(name)
        return (int(found[1]), found[2]) if found else (0, "")


def write_alias(name: str) -> str:
    """Return the name by which an index is written to."""
    return f"{name}-write"
