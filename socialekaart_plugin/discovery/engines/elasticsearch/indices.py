"""The indices of a site behind their alias: create, fill, switch the alias, drop."""

import datetime
import logging
import re
import time
from contextlib import suppress
from typing import Any

from django.utils import timezone
from elasticsearch import ApiError, ConnectionTimeout, Elasticsearch, NotFoundError

from .checkpoint import Checkpoint, checkpoint_from_source, checkpoint_source
from .connection import Configuration
from .mapping import MAPPING_VERSION, STATE_ID, index_body, index_name

logger = logging.getLogger(__name__)

#: How long deletes are remembered, so that a late older write cannot bring a document back.
_DELETES_KEPT = "1h"
_WAIT = "30s"
_MAX_ATTEMPTS = 3
#: Retries of a merge, each `sync_timeout` long: an hour by default.
_MAX_MERGE_RETRIES = 60
#: Seconds that an old index stays for searches that are still running in it.
SEARCHES_END_IN = 1.0
_STAMP = "%Y%m%d%H%M%S%f"
#: A build that began longer ago is taken for dead.
_BUILD_LIMIT = datetime.timedelta(hours=1)


class NotBuiltError(Exception):
    """There is no index for this mapping version, or it belongs to another database."""


class IndexGoneError(Exception):
    """The index being written to is gone: replaced by another one, or lost."""


class Indices:
    """The indices of this site on its server; those of other sites are never touched.

    Each index is written to through a write alias of its own: a write to a dropped index then fails
    instead of creating an index without our mapping.
    """

    def __init__(self, configured: Configuration, client: Elasticsearch) -> None:
        """Manage the indices of these settings."""
        self.configured = configured
        self.client = client
        self._name = re.compile(rf"{re.escape(configured.index_prefix)}-v(\d+)-(\d{{20}})")

    def live_index(self) -> str:
        """Return the name of the live index, which the alias points to.

        Raises:
            NotBuiltError: there is none.
        """
        try:
            names = list(self.client.indices.get_alias(name=self.configured.alias))
        except NotFoundError as error:
            raise NotBuiltError(f"there is no index {self.configured.alias}") from error
        # When two switch the alias at the same moment, the newer index wins.
        return max(names, key=self._key)

    def new_name(self) -> str:
        """Return the name for an index that is created now."""
        return index_name(self.configured.index_prefix, f"{timezone.now():{_STAMP}}")

    def create(self, name: str) -> None:
        """Create an empty index, tuned for bulk loading: no refresh, no replicas."""
        body = index_body(shards=self.configured.shards, replicas="false")
        body["settings"] |= {
            "refresh_interval": "-1",
            "number_of_replicas": 0,
            "gc_deletes": _DELETES_KEPT,
        }
        self.client.indices.create(index=name, aliases={write_alias(name): {}}, **body)

    def drop(self, name: str) -> None:
        """Delete an index, if it exists."""
        self.client.indices.delete(index=name, ignore_unavailable=True)

    def merge(self, name: str) -> None:
        """Merge each shard of a filled index into one segment, and wait until that is done.

        A search in one segment costs half of a search in four. When the server lacks the disk space
        the index works all the same; a warning is logged.

        Raises:
            IndexGoneError: it does not exist.
        """
        failed = "no answer for an hour"
        for _time in range(_MAX_MERGE_RETRIES):
            try:
                merged = self.client.indices.forcemerge(index=write_alias(name), max_num_segments=1)
            except ConnectionTimeout:
                # Retry forcemerge instead of polling the tasks API.
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

    def enable_search(self, name: str) -> None:
        """Turn on refreshes and replicas, after bulk loading."""
        settings = {"refresh_interval": None, "auto_expand_replicas": self.configured.replicas}
        self.client.indices.put_settings(index=name, settings=settings)
        self.client.cluster.health(index=name, wait_for_status="yellow", timeout=_WAIT)

    def take_over(self, name: str) -> None:
        """Switch the alias to this index atomically; drop all older indices a moment later.

        That includes those of earlier mapping versions and abandoned builds. Newer indices stay:
        their builders will switch the alias themselves.

        Raises:
            IndexGoneError: a newer index has the alias already.
            NotBuiltError: others keep switching the alias.
        """
        for _time in range(_MAX_ATTEMPTS):
            with suppress(NotFoundError):
                self.move_alias(name)
                break
        else:
            raise NotBuiltError("others take over all the time")
        there = self.client.indices.get(index=f"{self.configured.index_prefix}-v*")
        earlier = [each for each in there if self._is_older(each, name)]
        if earlier:
            # Let running searches finish.
            time.sleep(SEARCHES_END_IN)
        for each in earlier:
            self.drop(each)

    def move_alias(self, name: str) -> None:
        """Move the alias, provided that it has not moved meanwhile (`must_exist`).

        Raises:
            IndexGoneError: a newer index has it.
            elasticsearch.NotFoundError: another process moved it just now.
        """
        alias = self.configured.alias
        actions: list[dict[str, Any]] = []
        if self.client.indices.exists_alias(name=alias):
            for current in self.client.indices.get_alias(name=alias):
                if self._is_older(name, current):
                    raise IndexGoneError(name)
                remove = {"index": current, "alias": alias, "must_exist": True}
                actions.append({"remove": remove})
        elif self.client.indices.exists(index=alias):
            # A stray write, while the alias was lost, created an index with its name.
            actions.append({"remove_index": {"index": alias}})
        actions.append({"add": {"index": name, "alias": alias}})
        self.client.indices.update_aliases(actions=actions)
        self._resolve_alias_conflict(name)

    def _resolve_alias_conflict(self, name: str) -> None:
        """Leave the alias on the newest index, when two processes switched it at the same moment.

        Raises:
            IndexGoneError: another index is newer.
        """
        alias = self.configured.alias
        names = set(self.client.indices.get_alias(name=alias))
        for earlier in sorted(names, key=self._key)[:-1]:
            with suppress(NotFoundError):
                self.client.indices.delete_alias(index=earlier, name=alias)
        if name != max(names, key=self._key):
            raise IndexGoneError(name)

    def is_being_built(self) -> bool:
        """Tell whether another process is building an index of this mapping version."""
        there = self.client.indices.get_alias(index=f"{self.configured.alias}-*")
        since = f"{timezone.now() - _BUILD_LIMIT:{_STAMP}}"
        return any(
            self._key(name) > (MAPPING_VERSION, since)
            and self.configured.alias not in about["aliases"]
            for name, about in there.items()
        )

    def state(self, name: str) -> Checkpoint:
        """Read the checkpoint of an index.

        Raises:
            NotBuiltError: it has none: it was never filled.
        """
        try:
            answer = self.client.get(index=write_alias(name), id=STATE_ID)
        except NotFoundError as error:
            raise NotBuiltError(f"the index {name} was never filled") from error
        return checkpoint_from_source(answer["_source"])

    def write_checkpoint(self, name: str, state: Checkpoint) -> None:
        """Write the checkpoint, after a refresh: what it covers must be searchable in all shards.

        Raises:
            IndexGoneError: the index does not exist.
        """
        try:
            self.client.indices.refresh(index=write_alias(name))
            self.client.index(
                index=write_alias(name),
                id=STATE_ID,
                document=checkpoint_source(state),
                refresh=True,
                require_alias=True,
            )
        except NotFoundError as error:
            raise IndexGoneError(name) from error

    def _is_older(self, name: str, other: str) -> bool:
        return (0, "") < self._key(name) < self._key(other)

    def _key(self, name: str) -> tuple[int, str]:
        """Return mapping version and timestamp of our index; the lowest key for any other index."""
        found = self._name.fullmatch(name)
        return (int(found[1]), found[2]) if found else (0, "")


def write_alias(name: str) -> str:
    """Return the alias through which an index is written to."""
    return f"{name}-write"
