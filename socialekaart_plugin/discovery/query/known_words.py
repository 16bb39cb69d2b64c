"""The interface to the words of the index, which spelling correction needs."""

from typing import Protocol


class KnownWords(Protocol):
    """Words that occur in the index."""

    def has(self, stem: str) -> bool:
        """Tell whether any record or help question has this stem, as a word or as part of one."""
        ...

    def words_like(self, word: str, *, prefix: bool, limit: int) -> list[str]:
        """Return folded words that start with `word`, or resemble it; best first."""
        ...
