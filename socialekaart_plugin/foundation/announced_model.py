"""Base models that send signals when a row and its children are saved or deleted."""

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
    """The user and the reason of a change, for logs.

    Attributes:
        user: the user; None for the system.
        reason: the user's explanation; may be empty.
    """

    user: AbstractBaseUser | None = None
    reason: str = ""


_current: ContextVar[ChangeContext | None] = ContextVar("socialekaart_change", default=None)


@contextmanager
def changed_by(user: AbstractBaseUser | None, reason: str | None = None) -> Iterator[None]:
    """Set the user and reason of all changes in this block.

    In a nested block, None keeps the value of the outer block.
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
    """Return the context set by `changed_by`, else the current user of the Wagtail admin."""
    context = _current.get()
    if context is not None:
        return context
    user = get_active_log_context().user
    return ChangeContext(user=user if user is not None and user.pk else None)


class AnnouncedModel(models.Model):
    """A row that other tables copy: signals let them update in the same transaction.

    `save_started` is sent before any read or write, so that receivers can take a lock. Its
    `instance` is None when only the lock is wanted. `saved` follows once the row and its children
    are written. `delete_started` and `deleted` surround a deletion, also in one transaction. All
    have `sender` and `instance`; `saved` also has `created` and `update_fields`, if the row itself
    was saved. An exception in a receiver rolls everything back.

    Must precede ClusterableModel and Wagtail's mixins in the base classes. Only then are the
    children written before `saved` is sent: publishing in Wagtail sends `post_save` first.
    """

    save_started: ClassVar[Signal]
    saved: ClassVar[Signal]
    delete_started: ClassVar[Signal]
    deleted: ClassVar[Signal]

    class Meta:
        abstract = True

    @classmethod
    def wait_for_turn(cls) -> None:
        """Take the lock for changes; it is held until the transaction ends.

        Call this first in a transaction that reads before it writes. Otherwise SQLite, which locks
        the whole database, refuses the write if another writer came in between.
        """
        cls.save_started.send(sender=cls, instance=None)

    def begin_change(self) -> None:
        """Take the lock, then reload the row and its children.

        Raises:
            DoesNotExist: the row has been deleted.
        """
        self.wait_for_turn()
        # Discard cached children (modelcluster keeps them here).
        vars(self).pop("_cluster_related_objects", None)
        self.refresh_from_db()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row and its children and send the signals, in one transaction."""
        with transaction.atomic(using=kwargs.get("using")):
            self.save_started.send(sender=type(self), instance=self)
            created = self._state.adding
            self._announcing = True
            try:
                super().save(*args, **kwargs)
            finally:
                self._announcing = False
            self.saved.send(
                sender=type(self),
                instance=self,
                created=created,
                update_fields=kwargs.get("update_fields"),
            )


def announce_deletions() -> None:
    """Connect the signals for deletions, including queryset deletions.

    Called once by `AppConfig.ready()`.
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
    """Return whether a save or deletion of the parent deletes the child, and sends the signals.

    Args:
        child: the row being deleted.
        origin: the row or queryset on which deletion was called, as Django passes it.
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
    """A child row of an announced parent: saving it alone sends the parent's signals."""

    #: The name of the foreign key to the parent.
    parent_field: ClassVar[str]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the child; send the parent's signals unless the parent is being saved."""
        parent: AnnouncedModel = getattr(self, self.parent_field)
        if getattr(parent, "_announcing", False):
            super().save(*args, **kwargs)
            return
        with transaction.atomic():
            parent.save_started.send(sender=type(parent), instance=parent)
            super().save(*args, **kwargs)
            parent.saved.send(sender=type(parent), instance=parent)
