"""Announced saving: a row and its children are written, and told of, in one transaction."""

from collections.abc import Iterator
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

    `save_started` is sent before anything is written (a reader of the change may take its lock
    there), `saved` after the row and its children are, in one transaction; `delete_started` and
    `deleted` around its removal, in one transaction too. Each with `sender` and `instance`. An
    exception in a receiver undoes the change.

    Must stand before ClusterableModel and Wagtail's mixins among the bases, so that the children
    are written when `saved` is sent (Wagtail's publication fires `post_save` before them).
    """

    save_started: ClassVar[Signal]
    saved: ClassVar[Signal]
    delete_started: ClassVar[Signal]
    deleted: ClassVar[Signal]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row and its children, and announce it, in one transaction."""
        with transaction.atomic(using=kwargs.get("using")):
            self.save_started.send(sender=type(self), instance=self)
            self._announcing = True
            try:
                super().save(*args, **kwargs)
            finally:
                self._announcing = False
            self.saved.send(sender=type(self), instance=self)


def announce_deletions() -> None:
    """Have every announced model tell of its deletions, those of a whole queryset included.

    Called once, by `AppConfig.ready()`.
    """
    for model in apps.get_models():
        if issubclass(model, AnnouncedModel):
            uid = f"socialekaart_{model._meta.label}"
            pre_delete.connect(_announce_start, sender=model, dispatch_uid=f"{uid}_delete_started")
            post_delete.connect(_announce_end, sender=model, dispatch_uid=f"{uid}_deleted")


def _announce_start(sender: type[AnnouncedModel], instance: AnnouncedModel, **kwargs: Any) -> None:
    sender.delete_started.send(sender=sender, instance=instance)


def _announce_end(sender: type[AnnouncedModel], instance: AnnouncedModel, **kwargs: Any) -> None:
    sender.deleted.send(sender=sender, instance=instance)


class AnnouncedChild(models.Model):
    """A child row that is shown with its parent: saved on its own, it announces the parent."""

    #: Name of the foreign key to the announced parent.
    parent_field: ClassVar[str]

    class Meta:
        abstract = True

    def _announced(self, write: Any) -> Any:
        parent: AnnouncedModel = getattr(self, self.parent_field)
        if getattr(parent, "_announcing", False):
            return write()
        with transaction.atomic():
            parent.save_started.send(sender=type(parent), instance=parent)
            result = write()
            parent.saved.send(sender=type(parent), instance=parent)
            return result

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the child; unless its parent is being saved, announce the parent."""
        self._announced(lambda: super(AnnouncedChild, self).save(*args, **kwargs))

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the child; unless its parent is being saved, announce the parent."""
        result: tuple[int, dict[str, int]] = self._announced(
            lambda: super(AnnouncedChild, self).delete(*args, **kwargs)
        )
        return result
