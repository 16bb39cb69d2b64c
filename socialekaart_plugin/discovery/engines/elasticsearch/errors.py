"""What Elasticsearch answers when it does not answer the question."""

from typing import Any

from .checkpoint import Checkpoint

#: An index that is not there, a key that holds no longer, too many questions at once.
_AWAY = (401, 403, 404, 429)


class IndexTroubleError(Exception):
    """The index cannot answer as it should: behind, not built, or parts of it are away."""

    def __init__(self, reason: str, state: Checkpoint | None = None) -> None:
        """Say why.

        Args:
            reason: in a few words.
            state: what the index said of itself, when it said so.
        """
        super().__init__(reason)
        self.state = state


class QuestionRefusedError(Exception):
    """The index would not answer one question; the kind of refusal, without what was asked."""


def responses_of(body: Any, number: int) -> list[dict[str, Any]]:
    """Return the answers to several searches at once.

    Args:
        body: what was answered; by whatever answered.
        number: how many there must be.

    Raises:
        IndexTroubleError: there are not so many, or one failed.
        QuestionRefusedError: one was refused.
    """
    found = body.get("responses") if isinstance(body, dict) else None
    if not isinstance(found, list) or len(found) != number:
        raise IndexTroubleError("an answer that is none of Elasticsearch")
    for response in found:
        if "error" in response:
            raise _trouble_of(response)
    return found


def _trouble_of(response: dict[str, Any]) -> IndexTroubleError | QuestionRefusedError:
    """Return the error of a search that failed; of what was asked nothing is told."""
    error = response["error"]
    causes = error.get("root_cause") or [error]
    kind, status = str(causes[0].get("type")), response.get("status", 500)
    if 400 <= status < 500 and status not in _AWAY:
        return QuestionRefusedError(kind)
    return IndexTroubleError(f"{status} {kind}")
