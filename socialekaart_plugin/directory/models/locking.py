"""Guard changes to a record: take the lock, respect editor locks, keep decided revisions."""

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
    """Base of records: how actions start, which revisions stay, which schedule dates expired."""

    locked: bool | models.BooleanField  # type: ignore[type-arg]
    live_revision_id: int | None
    expired: bool | models.BooleanField  # type: ignore[type-arg]

    class Meta:
        abstract = True

    def begin_change_by(self, user: "AbstractBaseUser | None") -> None:
        """Start a change: wait for the lock, reload, and refuse if a colleague locked the record.

        Every action on a record calls this first. An editor lock tells colleagues not to change the
        record. The system (None) ignores it and continues with earlier decisions, such as a
        schedule or a nightly job.

        Raises:
            RecordLocked: a colleague of `user` has locked it.
        """
        self.begin_change()
        self.require_unlocked_for(user)

    def require_unlocked_for(self, user: "AbstractBaseUser | None") -> None:
        """Refuse if a colleague of `user` locked the record, as Wagtail's own form does.

        Raises:
            RecordLocked: a colleague locked it.
        """
        if user is not None and self.locked and BasicLock(self).for_user(user):
            raise RecordLocked(self)

    def save_revision(
        self, *args: Any, overwrite_revision: Revision | None = None, **kwargs: Any
    ) -> Revision:
        """Save a revision; never overwrite one that is live, scheduled, approved or rejected.

        Wagtail (7.4 to 8.0) lets an autosave overwrite the previous revision, even if it was
        approved or published since. The history would then show a text that nobody approved.
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
        """Return the schedule dates that have taken effect.

        After a scheduled expiry both dates are past. They would prevent saving and publishing the
        record again, so callers clear them.
        """
        return [
            name
            for name in rules.SCHEDULE
            if self.expired and rules.has_passed(getattr(self, name), now)
        ]
