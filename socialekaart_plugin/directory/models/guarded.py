"""Changing a record one after the other, and not while a colleague has locked it."""

import datetime
from typing import TYPE_CHECKING

from django.db import models
from wagtail.locks import BasicLock

from socialekaart_plugin.directory import rules
from socialekaart_plugin.directory.requirements import RecordLocked
from socialekaart_plugin.foundation.saving import AnnouncedModel

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


class GuardedModel(AnnouncedModel):
    """What every action on a record begins with, and what its schedule has left behind."""

    locked: bool | models.BooleanField  # type: ignore[type-arg]
    expired: bool | models.BooleanField  # type: ignore[type-arg]

    class Meta:
        abstract = True

    def begin_change_by(self, user: "AbstractBaseUser | None") -> None:
        """Begin to change the record: wait, read it anew, and refuse what a colleague locked.

        The first thing each action on a record does, and what each is asked for in one place. A
        lock tells colleagues to keep their hands off; the system (None) goes on with what was
        decided before: a schedule, a nightly job.

        Raises:
            RecordLocked: a colleague of `user` has locked it.
        """
        self.begin_change()
        self.require_unlocked_for(user)

    def require_unlocked_for(self, user: "AbstractBaseUser | None") -> None:
        """Refuse what a colleague of `user` has locked, as Wagtail's own form does.

        Raises:
            RecordLocked: they have.
        """
        if user is not None and self.locked and BasicLock(self).for_user(user):
            raise RecordLocked(self)

    def spent_dates(self, now: datetime.datetime) -> list[str]:
        """Return the dates of its schedule that have done their work.

        After it left on the moment that was set, both are over: they stand in the way of saving it
        and of publishing it again, and nobody typed them for that.
        """
        return [
            name
            for name in rules.SCHEDULE
            if self.expired and rules.has_passed(getattr(self, name), now)
        ]
