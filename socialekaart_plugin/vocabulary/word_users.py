"""What uses words: the room that knows it says so here, because the words may not know records."""

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Model


class Uses(Protocol):
    """The rows that use a word."""

    @property
    def live(self) -> Set[Hashable]:
        """Those that name it in public."""

    @property
    def drafts(self) -> Set[Hashable]:
        """Those that name it only in a version that may still go public."""

    @property
    def in_use(self) -> Set[Hashable]:
        """Both: those that would miss it."""


@dataclass(frozen=True)
class RecordNumbers:
    """How many records of a type a merge changes.

    Attributes:
        model: the type.
        live: how many of them in public.
        drafts: how many only in a version that is not public.
    """

    model: type[Model]
    live: int
    drafts: int


@dataclass(frozen=True)
class MergePreview:
    """What a merge would change.

    Attributes:
        numbers: records, by type.
        total: how many records are written, those included of which no one sees the difference.
        named: the first of them by name.
        themes: what becomes part of the theme that stays.
        help_questions: those that get the word that stays.
    """

    numbers: tuple[RecordNumbers, ...]
    total: int
    named: tuple[Model, ...]
    themes: tuple[Model, ...]
    help_questions: tuple[Model, ...]


class CountUses(Protocol):
    """Tells what uses words of a table."""

    def __call__(self, model: type[Any], pks: Collection[int] | None = None) -> Mapping[int, Uses]:
        """Return the uses by pk, in a fixed number of queries; of all words without `pks`."""


class ReplaceWords(Protocol):
    """Puts one word where others of its table stand."""

    def __call__(self, going: Sequence[Any], staying: Any, user: Any) -> dict[str, int]:
        """Replace them in the transaction that is open; return how many rows, by type."""


@dataclass(frozen=True)
class WordUsers:
    """How the vocabulary asks about what uses its words, and has it changed.

    Attributes:
        uses_of: by which records words are used.
        merge_preview: what a merge of these words, of one table, would change.
        require_unlocked: takes words and a user; raises one of `refusals` when a colleague has
            locked what uses one of them.
        refusals: what `require_unlocked` and `replace` raise; with the reason in words.
        replace: puts the word that stays where those that go stand, with a log line for each row.
    """

    uses_of: CountUses
    merge_preview: Callable[[Sequence[Any]], MergePreview]
    require_unlocked: Callable[[Sequence[Any], Any], None]
    refusals: tuple[type[Exception], ...]
    replace: ReplaceWords


_registered: list[WordUsers] = []


def register_word_users(users: WordUsers) -> None:
    """Name what knows the uses of words; the last one named is asked."""
    _registered.append(users)


def word_users() -> WordUsers:
    """Return what knows the uses of words.

    Raises:
        LookupError: nothing was registered.
    """
    if not _registered:
        raise LookupError("nothing that uses words is registered")
    return _registered[-1]
