"""Up to which change the index holds: kept in the index itself, so that it tells after any loss."""

from dataclasses import asdict, dataclass
from typing import Any

from .mapping import STATE_ID


@dataclass(frozen=True)
class Checkpoint:
    """What the index says of itself.

    Attributes:
        synced_to: number of the `IndexChange` up to which every document is written; 0 is none.
        change_mark: number and mark of a change that the database had by then; one that has
            another mark under this number is another database, or an older state of this one.
        areas_mark: of how areas lie within each other, as documents were written with.
        questions_mark: of what help questions gather, as documents were written with.
    """

    synced_to: int = 0
    change_mark: str = ""
    areas_mark: str = ""
    questions_mark: str = ""

    @property
    def change(self) -> tuple[int, str]:
        """Number and mark of the change by which the database is known; 0 when it had none."""
        number, _dash, mark = self.change_mark.partition("-")
        return int(number or 0), mark


@dataclass(frozen=True)
class Seen:
    """What the index is seen to be.

    Attributes:
        index: its own name, behind the alias.
        state: what it says of itself.
        documents: how many it holds.
    """

    index: str
    state: Checkpoint
    documents: int


#: The request that reads it, beside a search.
STATE_BODY: dict[str, Any] = {
    "query": {"ids": {"values": [STATE_ID]}},
    "size": 1,
    "_source": ["synced_to", "change_mark", "areas_mark", "questions_mark"],
    "track_total_hits": False,
}


def state_of(answer: dict[str, Any]) -> Checkpoint:
    """Return the state, of what the request answered; an index without one holds nothing yet."""
    hits = answer["hits"]["hits"]
    return state_kept(hits[0]["_source"]) if hits else Checkpoint()


def state_kept(source: dict[str, Any]) -> Checkpoint:
    """Return the state that a document keeps."""
    return Checkpoint(
        int(source["synced_to"]),
        source["change_mark"],
        source["areas_mark"],
        source["questions_mark"],
    )


def state_document(state: Checkpoint) -> dict[str, Any]:
    """Return the document that keeps a state."""
    return asdict(state)
