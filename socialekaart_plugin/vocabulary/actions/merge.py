"""Merge several words into one, and delete unused keywords."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from socialekaart_plugin.foundation.announced_model import changed_by
from socialekaart_plugin.foundation.tree_queries import with_descendants
from socialekaart_plugin.vocabulary.models import Keyword, TargetGroup, Theme
from socialekaart_plugin.vocabulary.selectors import unused_pks
from socialekaart_plugin.vocabulary.word_users import word_users

from .order import next_in_order

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

    User = AbstractBaseUser | None

Word = TypeVar("Word", Theme, TargetGroup, Keyword)


class MergeError(ValueError):
    """These words cannot be merged; the message tells the user why."""


@transaction.atomic
def merge_words(*, words: Sequence[Word], into: Word, user: "User" = None) -> Word:
    """Replace words by another word and delete them, in one transaction.

    Live records, their drafts and scheduled revisions get the word, and so do help questions.
    Child themes of a merged theme move to the remaining theme. Each change and each merged word
    gets an audit log entry; the remaining word gets one with the numbers.

    Args:
        words: the words to replace, of one table. Deleted words are skipped.
        into: the word that stays.
        user: who merges; None for the system.

    Returns:
        The word that stays.

    Raises:
        MergeError: there is nothing to merge; `into` is deleted, one of the words or their child.
        RecordLocked: of `word_users()`; a colleague of `user` locked a record that uses a word.
    """
    into.wait_for_turn()
    going = list(type(into).objects.filter(pk__in=[word.pk for word in words]).order_by("pk"))
    staying = type(into).objects.filter(pk=into.pk).first()
    require_mergeable(going, staying)
    assert staying is not None  # noqa: S101 - for mypy; require_mergeable refused it
    users = word_users()
    users.require_unlocked(going, user)
    with changed_by(user):
        numbers = users.replace(going, staying, user)
        numbers["theme"] = _take_over_children(going, staying, user)
        log(
            instance=staying,
            action="socialekaart.merge",
            user=user,
            data={"merged": [{"pk": w.pk, "name": w.name} for w in going], **numbers},
        )
        for word in sorted(going, key=_depth, reverse=True):
            log(instance=word, action="wagtail.delete", user=user, deleted=True)
            word.delete()
    return staying


def _depth(word: Any) -> int:
    """Sort key that puts children before their parent."""
    return len(word.ancestors_and_self()) if isinstance(word, Theme) else 0


def require_mergeable(words: Sequence[Any], into: Any | None) -> None:
    """Raise when these words cannot be merged.

    Raises:
        MergeError: see `merge_words`.
    """
    if into is None:
        raise MergeError(_("What you want to merge into does not exist any more."))
    if not words:
        raise MergeError(_("What you want to merge does not exist any more."))
    if into in words:
        raise MergeError(_("“%(name)s” cannot be merged with itself.") % {"name": into})
    if isinstance(into, Theme):
        for word in words:
            if into.pk in with_descendants(Theme, [word.pk]):
                raise MergeError(
                    _("“%(into)s” is part of “%(name)s”. Move it first, then merge.")
                    % {"into": into, "name": word}
                )


@transaction.atomic
def delete_unused_keywords(*, user: "User" = None) -> list[str]:
    """Delete keywords that no live record or draft uses; writes a log entry for each.

    Returns:
        Their names.
    """
    Keyword.wait_for_turn()
    unused = list(Keyword.objects.filter(pk__in=unused_pks(Keyword)).order_by("name"))
    with changed_by(user):
        for keyword in unused:
            log(instance=keyword, action="wagtail.delete", user=user, deleted=True)
            keyword.delete()
    return [keyword.name for keyword in unused]


def _take_over_children(going: Sequence[Any], staying: Any, user: "User") -> int:
    """Move the children of merged themes below the remaining theme, after its own children."""
    if not isinstance(staying, Theme):
        return 0
    children = list(Theme.objects.filter(parent__in=going).exclude(pk__in=[w.pk for w in going]))
    for child in children:
        before = child.parent
        child.parent = staying
        child.sort_order = next_in_order(child)
        child.save(update_fields=["parent", "sort_order"])
        log(
            instance=child,
            action="socialekaart.move_theme",
            user=user,
            data={"from": str(before.uuid) if before else None, "to": str(staying.uuid)},
        )
    return len(children)
