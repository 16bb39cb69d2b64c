"""Announced saving: a row and its children are written, and told of, in one transaction."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, ClassVar

from django.apps import apps
from django.contrib.auth.models import AbstractBaseUser
from django.db import models, transaction
from django.db.models.signals import post_delete, pre_delete
from django.dispatch import Signal
from wagtail.log_actions import get_active_log_context


@dataclass(frozen=True)
class ChangeContext:
    """By whom and why something is being changed, for those who keep a log of it.

    Attributes:
        user: who changes it; None for the system itself.
        reason: why, in the words of whoever changed it; may be empty.
    """

    user: AbstractBaseUser | None = None
    reason: str = ""


_current: ContextVar[ChangeContext | None] = ContextVar("socialekaart_change", default=None)


@contextmanager
def changed_by(user: AbstractBaseUser | None, reason: str | None = None) -> Iterator[None]:
    """Say by whom and why the changes within this block are made.

    Within another such block, what is left out (None) is as said there.
    """
    outer = current_change()
    token = _current.set(
        ChangeContext(
            user=outer.user if user is None else user,
            reason=outer.reason if reason is None else reason,
        )
    )
    try:
        yield
    finally:
        _current.reset(token)


def current_change() -> ChangeContext:
    """Return by whom and why, as said by `changed_by`; otherwise the user of Wagtail's admin."""
    context = _current.get()
    if context is not None:
        return context
    user = get_active_log_context().user
    return ChangeContext(user=user if user is not None and user.pk else None)


class AnnouncedModel(models.Model):
    """A row that others copy: what they copy follows within the transaction that saves it.

    `save_started` is sent before anything is read or written (a reader of the change may take its
    lock there; `instance` is None when only the lock is asked for), `saved` after the row and its
    children are, in one transaction; `delete_started` and
    `deleted` around its removal, in one transaction too. Each with `sender` and `instance`, `saved`
    with `update_fields` as well. An exception in a receiver undoes the change.

    Must stand before ClusterableModel and Wagtail's mixins among the bases, so that the children
    are written when `saved` is sent (Wagtail's publication fires `post_save` before them).
    """

    save_started: ClassVar[Signal]
    saved: ClassVar[Signal]
    delete_started: ClassVar[Signal]
    deleted: ClassVar[Signal]

    class Meta:
        abstract = True

    @classmethod
    def wait_for_turn(cls) -> None:
        """Wait for whoever else is changing something; until the transaction ends nobody else does.

        The first statement of a transaction that reads before it writes. A database that locks as
        a whole (SQLite) otherwise refuses the writing, when another wrote in between.
        """
        cls.save_started.send(sender=cls, instance=None)

    def begin_change(self) -> None:
        """Wait for one's turn, then read the row and its children anew: lock, then read.

        Raises:
            DoesNotExist: someone deleted it meanwhile.
        """
        self.wait_for_turn()
        # Children that were read or set before (modelcluster keeps them here) are of no use now.
        vars(self).pop("_cluster_related_objects", None)
        self.refresh_from_db()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row and its children, and announce it, in one transaction."""
        with transaction.atomic(using=kwargs.get("using")):
            self.save_started.send(sender=type(self), instance=self)
            self._announcing = True
            try:
                super().save(*args, **kwargs)
            finally:
                self._announcing = False
            self.saved.send(
                sender=type(self), instance=self, update_fields=kwargs.get("update_fields")
            )


def announce_deletions() -> None:
    """Have announced models and their children tell of deletions, those by queryset included.

    Called once, by `AppConfig.ready()`.
    """
    start: Callable[..., None]
    end: Callable[..., None]
    for model in apps.get_models():
        if issubclass(model, AnnouncedModel):
            start, end = _announce_start, _announce_end
        elif issubclass(model, AnnouncedChild):
            start, end = _announce_parent_start, _announce_parent_end
        else:
            continue
        uid = f"socialekaart_{model._meta.label}"
        pre_delete.connect(start, sender=model, dispatch_uid=f"{uid}_delete_started")
        post_delete.connect(end, sender=model, dispatch_uid=f"{uid}_deleted")


def _is_deleted_with_its_parent(child: Any, origin: Any) -> bool:
    """Tell whether a child goes in a save or a deletion of its parent, which is announced itself.

    Args:
        child: the row that is being deleted.
        origin: where the deletion began, as Django tells: a row or a queryset.
    """
    began_with = getattr(origin, "model", type(origin))
    return not issubclass(began_with, type(child)) or getattr(
        getattr(child, child.parent_field), "_announcing", False
    )


def _announce_parent_start(instance: Any, origin: Any = None, **kwargs: Any) -> None:
    if not _is_deleted_with_its_parent(instance, origin):
        parent = getattr(instance, instance.parent_field)
        parent.save_started.send(sender=type(parent), instance=parent)


def _announce_parent_end(instance: Any, origin: Any = None, **kwargs: Any) -> None:
    if not _is_deleted_with_its_parent(instance, origin):
        parent = getattr(instance, instance.parent_field)
        parent.saved.send(sender=type(parent), instance=parent)


def _announce_start(sender: type[AnnouncedModel], instance: AnnouncedModel, **kwargs: Any) -> None:
    sender.delete_started.send(sender=sender, instance=instance)


def _announce_end(sender: type[AnnouncedModel], instance: AnnouncedModel, **kwargs: Any) -> None:
    sender.deleted.send(sender=sender, instance=instance)


class AnnouncedChild(models.Model):
    """A child row that is shown with its parent: written alone, it announces the parent."""

    #: Name of the foreign key to the announced parent.
    parent_field: ClassVar[str]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the child; unless its parent is being saved, announce the parent."""
        parent: AnnouncedModel = getattr(self, self.parent_field)
        if getattr(parent, "_announcing", False):
            super().save(*args, **kwargs)
            return
        with transaction.atomic():
            parent.save_started.send(sender=type(parent), instance=parent)
            super().save(*args, **kwargs)
            parent.saved.send(sender=type(parent), instance=parent)
