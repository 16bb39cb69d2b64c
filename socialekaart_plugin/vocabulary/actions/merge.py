"""Making one word of several, and clearing away keywords that nothing uses."""

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
    """Words cannot be merged this way; the message says why, for whoever asked."""


def merge_themes(*, theme: Theme, into: Theme, user: "User" = None) -> Theme:
    """Have another theme take the place of a theme; see `merge_words`."""
    return merge_words(words=[theme], into=into, user=user)


def merge_target_groups(
    *, target_group: TargetGroup, into: TargetGroup, user: "User" = None
) -> TargetGroup:
    """Have another target group take the place of a target group; see `merge_words`."""
    return merge_words(words=[target_group], into=into, user=user)


def merge_keywords(*, keywords: Sequence[Keyword], into: Keyword, user: "User" = None) -> Keyword:
    """Have one keyword take the place of several; see `merge_words`."""
    return merge_words(words=keywords, into=into, user=user)


@transaction.atomic
def merge_words(*, words: Sequence[Word], into: Word, user: "User" = None) -> Word:
    """Have one word take the place of others, which are deleted: all of it, or nothing.

    Records get it in public, in their draft and in what is scheduled; help questions get it, and
    what was part of a merged theme becomes part of it. Each of these has a line in the log, each
    merged word too, and the word that stays has one with the numbers.

    Args:
        words: what goes; of one table. One that is gone already is passed over.
        into: what stays.
        user: who merges; None for the system.

    Returns:
        The word that stayed.

    Raises:
        MergeError: nothing to merge, or `into` is gone, among the words, or part of one of them.
        RecordLocked: of `word_users()`; a colleague of `user` has locked a record with a word.
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
    """What is part of another goes before it."""
    return len(word.ancestors_and_self()) if isinstance(word, Theme) else 0


def require_mergeable(words: Sequence[Any], into: Any | None) -> None:
    """Refuse a merge that cannot be.

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
    """Delete the keywords that no record uses, in public nor in a draft; a log line for each.

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
    """Make what was part of a merged theme part of the one that stays, after what is there."""
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
