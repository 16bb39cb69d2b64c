"""Answers that a process keeps: those of one change of the index, and not for long."""

import hashlib
import os
from functools import lru_cache
from threading import Lock
from typing import Any

import orjson
from cachetools import TTLCache

from .checkpoint import Checkpoint, state_document, state_kept
from .connection import Configuration
from .query_dsl import Body

#: Seconds. An answer holds as long as nothing changed; this is for what no change tells: an index
#: that was mended, or that somebody else wrote to.
KEPT_FOR = 60.0

_MEGABYTE = 1_000_000

#: What the index said of itself, and what it answered.
Answer = tuple[Checkpoint, dict[str, Any]]


class ResponseCache:
    """As many answers as fit, the last used; all go with the next change of the index.

    Kept as bytes: whoever gets an answer may change it, and its size is known.
    """

    def __init__(self, size: int) -> None:
        """Keep so many bytes at most."""
        self._lock = Lock()
        self._change = ""
        self._answers: TTLCache[bytes, bytes] = TTLCache(size, ttl=KEPT_FOR, getsizeof=len)

    def get(self, change: str, question: bytes) -> Answer | None:
        """Return what was answered at this change of the index; None when that is not kept."""
        with self._lock:
            kept = self._answers.get(question) if change == self._change else None
        if kept is None:
            return None
        state, answer = orjson.loads(kept)
        return state_kept(state), answer

    def put(self, change: str, question: bytes, answer: Answer) -> None:
        """Keep what was answered at this change, as far as it fits; what was before it goes."""
        state, told = answer
        kept = orjson.dumps([state_document(state), told])
        with self._lock:
            if change != self._change:
                self._answers.clear()
                self._change = change
            if len(kept) <= self._answers.maxsize:
                self._answers[question] = kept


def question_of(body: Body, preference: str) -> bytes:
    """Return what is the same for the same request."""
    # Not as JSON: somebody may have asked with what is no text.
    return hashlib.blake2b(repr((preference, body)).encode(), digest_size=32).digest()


@lru_cache(maxsize=8)
def response_cache_of(configured: Configuration) -> ResponseCache:
    """Return what this process keeps of the index of these settings."""
    return ResponseCache(int(configured.kept_answers * _MEGABYTE))


# Of another process are its threads, and what they hold.
os.register_at_fork(after_in_child=response_cache_of.cache_clear)
