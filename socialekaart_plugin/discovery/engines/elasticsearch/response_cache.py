"""A cache of search responses per process, invalidated by every change of the index."""

import hashlib
import os
from functools import lru_cache
from threading import Lock
from typing import Any

import orjson
from cachetools import TTLCache

from .checkpoint import Checkpoint, checkpoint_from_source, checkpoint_source
from .connection import Configuration
from .query_dsl import Body

#: Seconds. Changes invalidate the cache; this bounds what no change reports: an index that was
#: repaired, or that somebody else wrote to.
MAX_AGE = 60.0

_MEGABYTE = 1_000_000

#: The checkpoint of the index, and its response.
CachedResponse = tuple[Checkpoint, dict[str, Any]]


class ResponseCache:
    """An LRU cache of bounded size; the next change of the index clears it.

    Responses are stored as bytes: callers may change what they get, and the size is known.
    """

    def __init__(self, size: int) -> None:
        """Hold at most `size` bytes."""
        self._lock = Lock()
        self._change = ""
        self._responses: TTLCache[bytes, bytes] = TTLCache(size, ttl=MAX_AGE, getsizeof=len)

    def get(self, change: str, key: bytes) -> CachedResponse | None:
        """Return the cached response at this change of the index; None when there is none."""
        with self._lock:
            cached = self._responses.get(key) if change == self._change else None
        if cached is None:
            return None
        source, response = orjson.loads(cached)
        return checkpoint_from_source(source), response

    def put(self, change: str, key: bytes, answer: CachedResponse) -> None:
        """Cache a response at this change, if it fits; responses of earlier changes go."""
        checkpoint, response = answer
        cached = orjson.dumps([checkpoint_source(checkpoint), response])
        with self._lock:
            if change != self._change:
                self._responses.clear()
                self._change = change
            if len(cached) <= self._responses.maxsize:
                self._responses[key] = cached


def cache_key(body: Body, preference: str) -> bytes:
    """Return a key that is equal for equal requests."""
    # Not as JSON, which cannot hold a lone surrogate that someone may have typed.
    return hashlib.blake2b(repr((preference, body)).encode(), digest_size=32).digest()


@lru_cache(maxsize=8)
def response_cache_of(configured: Configuration) -> ResponseCache:
    """Return the cache of this process for an index."""
    return ResponseCache(int(configured.kept_answers * _MEGABYTE))


# A forked process starts with an empty cache and a lock of its own.
os.register_at_fork(after_in_child=response_cache_of.cache_clear)
