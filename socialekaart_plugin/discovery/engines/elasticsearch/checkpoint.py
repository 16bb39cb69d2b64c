"""The checkpoint: up to which change the index is replicated, stored in the index itself."""

from dataclasses import asdict, dataclass
from typing import Any

from .mapping import STATE_ID


@dataclass(frozen=True)
class Checkpoint:
    """How far an index is replicated, and from what.

    Attributes:
        synced_to: number of the last `IndexChange` of which every document is written; 0 is none.
        change_mark: number and mark of a change in the database at that time; a database with
            another mark under this number is another one, or a restored backup.
        areas_mark: fingerprint of the hierarchy of areas that documents were written with.
        questions_mark: fingerprint of the help questions that documents were written with.
    """

    synced_to: int = 0
    change_mark: str = ""
    areas_mark: str = ""
    questions_mark: str = ""

    @property
    def change(self) -> tuple[int, str]:
        """Number and mark of the change that identifies the database; 0 when it had none."""
        number, _dash, mark = self.change_mark.partition("-")
        return int(number or 0), mark


@dataclass(frozen=True)
class IndexStatus:
    """An index as a search sees it.

    Attributes:
        index: its own name, behind the alias.
        checkpoint: how far it is replicated.
        documents: how many it holds.
    """

    index: str
    checkpoint: Checkpoint
    documents: int


#: The search that reads the checkpoint, sent along with other searches.
CHECKPOINT_SEARCH: dict[str, Any] = {
    "query": {"ids": {"values": [STATE_ID]}},
    "size": 1,
    "_source": ["synced_to", "change_mark", "areas_mark", "questions_mark"],
    "track_total_hits": False,
}


def checkpoint_from_response(answer: dict[str, Any]) -> Checkpoint:
    """Return the checkpoint in a search response; an empty one when the index has none."""
    hits = answer["hits"]["hits"]
    return checkpoint_from_source(hits[0]["_source"]) if hits else Checkpoint()


def checkpoint_from_source(source: dict[str, Any]) -> Checkpoint:
    """Return the checkpoint in the source of its document."""
    return Checkpoint(
        int(source["synced_to"]),
        source["change_mark"],
        source["areas_mark"],
        source["questions_mark"],
    )


def checkpoint_source(checkpoint: Checkpoint) -> dict[str, Any]:
    """Return the source of the document of a checkpoint."""
    return asdict(checkpoint)
