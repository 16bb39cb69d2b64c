"""End an activity on a day, or copy it to a new season or place."""

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

#: Fields that a copy does not get: temporary facts, and the slug.
_LEFT_BEHIND = frozenset({"slug", "capacity", "capacity_note", "capacity_until", "notices"})
#: The fields of these mixins hold the publication status.
_STATE_OF_PUBLICATION = (DraftStateMixin, RevisionMixin, LockableMixin)


class SeasonError(ValueError):
    """These dates are impossible; `field` names the wrong one, the message gives the reason."""

    def __init__(self, field: str, message: str) -> None:
        """Keep the wrong field and the reason."""
        super().__init__(message)
        self.field = field


@transaction.atomic
def close_activity(
    *, activity: Activity, on: datetime.date, user: "AbstractBaseUser | None" = None
) -> Activity:
    """End an activity after a day, both in the live version and in the draft.

    After that day, search no longer finds it. It stays in the admin; editing its last day undoes
    the closing. A pending draft stays a draft.

    Args:
        activity: the activity to end.
        on: the last day on which it is held.
        user: who closes it; None for the system.

    Raises:
        SeasonError: it starts after that day.
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
    """Create a draft of a new activity from the latest draft of another activity.

    Copies texts, themes, contact details, organisations, translations and sessions. Does not copy
    identity, upkeep, notes, notices and capacity. If the old activity has a first day, session
    times move to the new season (`timetable.season_shift`); otherwise they stay the same.

    Args:
        activity: the activity to copy; its latest draft is used.
        name: the name of the new activity.
        valid_from: its first day; None if it already runs.
        valid_until: its last day; None if it has no end.
        sessions: the indexes, from 0, of the sessions to copy; None for all.
        place: the new place of all sessions; None to keep their places.
        user: who creates it and becomes its steward; None for the system.

    Raises:
        SeasonError: these dates are impossible.
        RecordLocked: a colleague of `user` locked the original, so it must not be copied yet.
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
    """Keep the sessions with these indexes (None: all), at the new place if given."""
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
    """Save a new activity with its first revision; its creator becomes the steward."""
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
    """Return a new unsaved activity with the content of another."""
    # Skips identity and upkeep: they are not editable, so no form holds them.
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
    """Clear the primary keys of children, so that they are saved as new rows."""
    if isinstance(value, list):
        return [{**each, "pk": None} if isinstance(each, dict) else each for each in value]
    return value


def _move(sessions: Iterable[Session], old: datetime.date | None, new: datetime.date) -> None:
    """Move session times to a season that starts on `new`."""
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
