"""Change the order in which words and help questions are shown."""

from typing import TYPE_CHECKING, Any, Literal, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from socialekaart_plugin.foundation.announced_model import AnnouncedModel, changed_by
from socialekaart_plugin.foundation.tree_queries import with_descendants
from socialekaart_plugin.vocabulary.models import Theme

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

#: A theme, a target group or a higher room's model with a name and a `sort_order`.
Ordered = TypeVar("Ordered", bound=AnnouncedModel)


class OrderingError(ValueError):
    """The new position is not possible; the message tells the user why."""


@transaction.atomic
def shift_word(
    *, word: Ordered, by: Literal[-1, 1], user: "AbstractBaseUser | None" = None
) -> Ordered:
    """Move a word one place up or down on its own level; no effect at the end of the level.

    Numbers the words of the level from 1. Writes a log entry if the word moved.

    Args:
        word: a theme, target group or help question; reloaded here.
        by: -1 for up, 1 for down.
        user: who moves it; None for the system.
    """
    word.wait_for_turn()
    level = _level_of(word)
    before = level.index(word)
    after = before + by
    if not 0 <= after < len(level):
        return level[before]
    moved = level.pop(before)
    level.insert(after, moved)
    with changed_by(user):
        _number(level)
    log(
        instance=moved,
        action="socialekaart.reorder",
        user=user,
        data={"from": before + 1, "to": after + 1},
    )
    return moved


@transaction.atomic
def move_theme(
    *, theme: Theme, parent: Theme | None, user: "AbstractBaseUser | None" = None
) -> Theme:
    """Move a theme below another theme or to the top level, as the last one; writes a log entry.

    Its children move along. Nothing changes if it has this parent already.

    Args:
        theme: the theme to move; reloaded here.
        parent: the new parent theme; None for the top level.
        user: who moves it; None for the system.

    Raises:
        OrderingError: `parent` is the theme itself or one of its descendants.
    """
    theme.wait_for_turn()
    moved = Theme.objects.select_related("parent").get(pk=theme.pk)
    if parent is not None and parent.pk in with_descendants(Theme, [moved.pk]):
        raise OrderingError(
            _("“%(name)s” cannot be part of itself, or of what is part of it.") % {"name": moved}
        )
    before = moved.parent
    if before == parent:
        return moved
    moved.parent = parent
    moved.sort_order = next_in_order(moved)
    with changed_by(user):
        moved.save(update_fields=["parent", "sort_order"])
    log(
        instance=moved,
        action="socialekaart.move_theme",
        user=user,
        data={"from": _uuid(before), "to": _uuid(parent)},
    )
    return moved


def next_in_order(word: Any) -> int:
    """Return the `sort_order` that puts a word last on its level."""
    numbers = [other.sort_order for other in _level_of(word) if other.pk != word.pk]
    return max(numbers, default=0) + 1


def _level_of(word: Any) -> list[Any]:
    """Return the words on the level of a word, in order."""
    words = type(word).objects.order_by("sort_order", "name", "pk")
    return list(words.filter(parent=word.parent_id) if isinstance(word, Theme) else words)


def _number(level: list[Any]) -> None:
    """Number words from 1; writes only changed numbers."""
    for number, word in enumerate(level, start=1):
        if word.sort_order != number:
            word.sort_order = number
            word.save(update_fields=["sort_order"])


def _uuid(theme: Theme | None) -> str | None:
    return str(theme.uuid) if theme is not None else None
