"""Registry for code that uses words: directory registers here, as vocabulary cannot import it."""

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Model


class Uses(Protocol):
    """Records that use a word."""

    @property
    def live(self) -> Set[Hashable]:
        """Records that use it live."""

    @property
    def drafts(self) -> Set[Hashable]:
        """Records that use it only in a draft or scheduled revision."""

    @property
    def in_use(self) -> Set[Hashable]:
        """All records that use it, live or in a draft."""


@dataclass(frozen=True)
class RecordNumbers:
    """The number of records of one type that a merge changes.

    Attributes:
        model: the record type.
        live: the number of live records.
        drafts: the number of records that change only in a draft.
    """

    model: type[Model]
    live: int
    drafts: int


@dataclass(frozen=True)
class MergePreview:
    """The changes that a merge would make.

    Attributes:
        numbers: the number of records, by type.
        total: all records to write, also those without a visible difference.
        named: the first records, by name.
        themes: children that move below the remaining theme.
        help_questions: help questions that get the remaining word.
    """

    numbers: tuple[RecordNumbers, ...]
    total: int
    named: tuple[Model, ...]
    themes: tuple[Model, ...]
    help_questions: tuple[Model, ...]


class CountUses(Protocol):
    """Returns the uses of words of a table."""

    def __call__(self, model: type[Any], pks: Collection[int] | None = None) -> Mapping[int, Uses]:
        """Return the uses by pk, in a fixed number of queries; of all words without `pks`."""


class ReplaceWords(Protocol):
    """Replaces words of a table by another one."""

    def __call__(self, going: Sequence[Any], staying: Any, user: Any) -> dict[str, int]:
        """Replace them in the open transaction; return the number of rows, by type."""


@dataclass(frozen=True)
class WordUsers:
    """The functions through which the vocabulary asks for uses of words and replaces them.

    Attributes:
        uses_of: returns the records that use words.
        merge_preview: returns the changes that merging words of one table would make.
        require_unlocked: takes words and a user; raises one of `refusals` if a colleague locked
            a record that uses one of them.
        refusals: exceptions of `require_unlocked` and `replace`; the message gives the reason.
        replace: replaces words by the remaining word; writes a log entry for each row.
    """

    uses_of: CountUses
    merge_preview: Callable[[Sequence[Any]], MergePreview]
    require_unlocked: Callable[[Sequence[Any], Any], None]
    refusals: tuple[type[Exception], ...]
    replace: ReplaceWords


_registered: list[WordUsers] = []


def register_word_users(users: WordUsers) -> None:
    """Register the code that knows the uses of words; the last registration counts."""
    _registered.append(users)


def word_users() -> WordUsers:
    """Return the registered code that knows the uses of words.

    Raises:
        LookupError: nothing was registered.
    """
    if not _registered:
        raise LookupError("nothing that uses words is registered")
    return _registered[-1]
