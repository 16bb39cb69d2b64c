"""Errors of searches in Elasticsearch: the index is unavailable, or rejects one query."""

from typing import Any

from .checkpoint import Checkpoint

#: Missing index, invalid credentials, too many requests: trouble of the server, not of the query.
_AWAY = (401, 403, 404, 429)


class IndexTroubleError(Exception):
    """The index cannot answer correctly: it lags, is not built, or misses shards."""

    def __init__(self, reason: str, state: Checkpoint | None = None) -> None:
        """Say why.

        Args:
            reason: in a few words.
            state: the checkpoint, when it could be read.
        """
        super().__init__(reason)
        self.checkpoint = state


class QuestionRefusedError(Exception):
    """The server rejected one query; holds the type of error, never the query."""


def responses_of(body: Any, number: int) -> list[dict[str, Any]]:
    """Return the responses of a multi-search.

    Args:
        body: of the HTTP response; from Elasticsearch or a proxy before it.
        number: how many responses there must be.

    Raises:
        IndexTroubleError: there are not so many, or one failed.
        QuestionRefusedError: one was rejected.
    """
    found = body.get("responses") if isinstance(body, dict) else None
    if not isinstance(found, list) or len(found) != number:
        raise IndexTroubleError("an answer that is none of Elasticsearch")
    for response in found:
        if "error" in response:
            raise _error_of(response)
    return found


def _error_of(response: dict[str, Any]) -> IndexTroubleError | QuestionRefusedError:
    """Return the exception for a failed search; it never holds the query."""
    error = response["error"]
    causes = error.get("root_cause") or [error]
    kind, status = str(causes[0].get("type")), response.get("status", 500)
    if 400 <= status < 500 and status not in _AWAY:
        return QuestionRefusedError(kind)
    return IndexTroubleError(f"{status} {kind}")
