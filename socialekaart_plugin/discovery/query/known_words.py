"""What records and help questions have for words, as far as a plan needs to know."""

from typing import Protocol


class Vocabulary(Protocol):
    """The words that can be found at all."""

    def has(self, stem: str) -> bool:
        """Tell whether any record or help question has this stem, as a word or as part of one."""
        ...

    def words_like(self, word: str, *, prefix: bool, limit: int) -> list[str]:
        """Return folded words that begin with `word`, or resemble it; best first."""
        ...
