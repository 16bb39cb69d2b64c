"""Changing a record one after the other, not what is locked, not a version that was decided on."""

import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from wagtail.locks import BasicLock
from wagtail.models import Revision, TaskState

from socialekaart_plugin.directory import rules
from socialekaart_plugin.directory.requirements import RecordLocked
from socialekaart_plugin.foundation.announced_model import AnnouncedModel

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


class GuardedModel(AnnouncedModel):
    """What every action on a record begins with, and what its schedule has left behind."""

    locked: bool | models.BooleanField  # type: ignore[type-arg]
    live_revision_id: int | None
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

    def save_revision(
        self, *args: Any, overwrite_revision: Revision | None = None, **kwargs: Any
    ) -> Revision:
        """Keep a version; a new one when the one to overwrite is public, planned or judged.

        Wagtail (7.4 to 8.0) writes an automatic save over the version of the save before, even
        when somebody approved or published that meanwhile: its history then tells of a text that
        nobody approved.
        """
        if overwrite_revision and self._is_decided_on(overwrite_revision):
            overwrite_revision = None
        revision: Revision = super().save_revision(  # type: ignore[misc]
            *args, overwrite_revision=overwrite_revision, **kwargs
        )
        return revision

    def _is_decided_on(self, version: Revision) -> bool:
        judged = TaskState.objects.exclude(status=TaskState.STATUS_IN_PROGRESS)
        return (
            version.approved_go_live_at is not None
            or type(self)._default_manager.get(pk=self.pk).live_revision_id == version.pk
            or judged.filter(revision=version).exists()
        )

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
