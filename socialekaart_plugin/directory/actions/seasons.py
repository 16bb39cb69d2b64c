"""An activity through the seasons: closed on a day, taken along to a new season or place."""

import datetime
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import DraftStateMixin, LockableMixin, RevisionMixin

from socialekaart_plugin.directory.amendments import amend_record
from socialekaart_plugin.directory.models import Activity, Session
from socialekaart_plugin.foundation.announced_model import changed_by
from socialekaart_plugin.places.models import Place
from socialekaart_plugin.timetable.as_json import schedule_to_json
from socialekaart_plugin.timetable.errors import ErrorCode, TimetableError
from socialekaart_plugin.timetable.season_shift import first_mentioned, shifted

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

#: What was so of the old activity for a while, or is its own, and does not go along.
_LEFT_BEHIND = frozenset({"slug", "capacity", "capacity_note", "capacity_until", "notices"})
#: Whose fields tell how far a record is with its publication.
_STATE_OF_PUBLICATION = (DraftStateMixin, RevisionMixin, LockableMixin)


class SeasonError(ValueError):
    """Dates that cannot be; `field` names the one that is wrong, the message says why."""

    def __init__(self, field: str, message: str) -> None:
        """Say which date is wrong and why."""
        super().__init__(message)
        self.field = field


@transaction.atomic
def close_activity(
    *, activity: Activity, on: datetime.date, user: "AbstractBaseUser | None" = None
) -> Activity:
    """Let an activity end after a day, for the public and in the draft alike.

    After that day it is no longer found; it stays in the admin, and whoever edits its last day
    undoes this. A draft that is being worked on stays a draft.

    Args:
        activity: which one.
        on: the last day on which it is held.
        user: who closes it; None for the system.

    Raises:
        SeasonError: it begins only after that day.
        RecordLocked: a colleague of `user` has locked it.
    """

    def end(version: Any) -> None:
        if version.valid_from and on < version.valid_from:
            raise SeasonError(
                "on",
                _("It only begins on %(day)s.")
                % {"day": date_format(version.valid_from, "DATE_FORMAT")},
            )
        version.valid_until = on

    closed: Any = amend_record(record=activity, amend=end, user=user)
    log(
        instance=closed,
        action="socialekaart.close_activity",
        user=user,
        data={"on": on.isoformat()},
    )
    activity.valid_until = on
    return closed


@transaction.atomic
def copy_activity(
    *,
    activity: Activity,
    name: str,
    valid_from: datetime.date | None,
    valid_until: datetime.date | None,
    sessions: Collection[int] | None = None,
    place: Place | None = None,
    user: "AbstractBaseUser | None" = None,
) -> Activity:
    """Make a draft of a new activity that begins as the draft of another.

    Texts, themes, contact details, organisations, translations and sessions go along. Identity,
    upkeep, notes, notices and whether there is room do not. When it has a first day, the times of
    the sessions move to the new season (`timetable.season_shift`); otherwise they stay as they are.

    Args:
        activity: which one; its latest draft is copied.
        name: of the new one.
        valid_from: the first day of the new one; None when it goes on already.
        valid_until: its last day; None when it has no end.
        sessions: which sessions go along, by their number from 0; None for all.
        place: where all of them are held from now on; None for where they were.
        user: who makes it, and looks after it; None for the system.

    Raises:
        SeasonError: the dates cannot be.
        RecordLocked: a colleague of `user` has locked it: it is not to be built upon yet.
    """
    activity.begin_change_by(user)
    if valid_from and valid_until and valid_until < valid_from:
        raise SeasonError("valid_until", _("The last day is before the first day."))
    original: Any = activity.get_latest_revision_as_object()
    copy: Any = _content_of(original)
    copy.name, copy.valid_from, copy.valid_until = name, valid_from, valid_until
    _choose_sessions(copy, sessions, place)
    if valid_from is not None:
        _move(copy.sessions.all(), original.valid_from, valid_from)
    return _save_copy(copy, activity, user)


def _choose_sessions(copy: Any, numbers: Collection[int] | None, place: Place | None) -> None:
    """Keep the sessions with these numbers (None: all), at another place if one is given."""
    chosen = [
        session
        for number, session in enumerate(copy.sessions.all())
        if numbers is None or number in numbers
    ]
    if place is not None:
        for session in chosen:
            session.place, session.room = place, ""
    copy.sessions.set(chosen)


def _save_copy(copy: Any, original: Activity, user: "AbstractBaseUser | None") -> Activity:
    """Save a new activity with its first version; whoever makes it looks after it."""
    copy.steward = user
    with changed_by(user):
        copy.save()
        revision = copy.save_revision(user=user, clean=False)
    log(
        instance=copy,
        action="socialekaart.copy_activity",
        user=user,
        revision=revision,
        data={"source": str(original.uuid)},
    )
    made: Activity = copy
    return made


def _content_of(original: Activity) -> Activity:
    """Return a new activity in memory with what is written about another."""
    # Identity and upkeep are not editable: the form does not hold them.
    dropped = {field.name for field in original._meta.fields if not field.editable}
    for state in _STATE_OF_PUBLICATION:
        dropped |= {field.name for field in state._meta.local_fields}
    data = {
        name: _without_key(value)
        for name, value in original.serializable_data().items()
        if name not in dropped | _LEFT_BEHIND and name != "pk"
    }
    copy: Activity = Activity.from_serializable_data({**data, "pk": None}, check_fks=True)
    return copy


def _without_key(value: Any) -> Any:
    """Give children no key of their own: they are new rows."""
    if isinstance(value, list):
        return [{**each, "pk": None} if isinstance(each, dict) else each for each in value]
    return value


def _move(sessions: Iterable[Session], old: datetime.date | None, new: datetime.date) -> None:
    """Take the times of sessions along to a season that begins on `new`."""
    sessions = list(sessions)
    schedules = [session.get_schedule() for session in sessions]
    mentioned = [first_mentioned(schedule) for schedule in schedules if schedule is not None]
    begun = old or min((day for day in mentioned if day is not None), default=None)
    for session, schedule in zip(sessions, schedules, strict=True):
        if schedule is None:
            continue
        try:
            session.schedule = schedule_to_json(shifted(schedule, old=begun or new, new=new))
        except TimetableError as error:
            if error.code == ErrorCode.DATE_OUT_OF_RANGE:
                raise SeasonError("valid_from", _("This day is too far away.")) from error
            raise SeasonError(
                "valid_from",
                _("The times of “%(session)s” cannot be moved to this season: leave them out.")
                % {"session": session},
            ) from error
