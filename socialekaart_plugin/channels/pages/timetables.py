"""When it is held and when a place is open, in sentences and in the next dates."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from heapq import merge

from django.utils import formats, timezone
from django.utils.dateparse import parse_date
from django.utils.text import capfirst
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from socialekaart_plugin.directory.choices import NoticeKind, WithoutTimes
from socialekaart_plugin.places.selectors import school_holidays
from socialekaart_plugin.publication.rules import Payload
from socialekaart_plugin.timetable.as_json import opening_hours_from_json, schedule_from_json
from socialekaart_plugin.timetable.calendars import Calendar
from socialekaart_plugin.timetable.clock import ONE_DAY, Occurrence
from socialekaart_plugin.timetable.occurrences import next_n, opening_at
from socialekaart_plugin.timetable.schedule import Schedule
from socialekaart_plugin.timetable.sentences import (
    opening_now,
    opening_sentence,
    sentence,
    span,
    told_language,
)

from .practical import label_of

#: How many next times are shown.
NEXT_TIMES = 3
#: In which language times are told to who reads another than ours; the records are in Dutch.
_FALLBACK = "nl"


@dataclass(frozen=True)
class SessionLine:
    """Something that is held, as people read it.

    Attributes:
        when: a sentence; without times what else is known, or that one must ask.
        asks: whether one must ask.
        is_over: whether it will not be held again.
        place: reference to the place, if there is one and it may be told.
        room: where in the building.
        note: what else there is to know.
    """

    when: str
    asks: bool = False
    is_over: bool = False
    place: Payload | None = None
    room: str = ""
    note: str = ""


@dataclass(frozen=True)
class NextTime:
    """A time at which it is held.

    Attributes:
        start: for machines.
        day: such as "morgen" or "dinsdag 1 december".
        hours: from when to when.
        place_name: where, when it is held in more than one place.
    """

    start: datetime.datetime
    day: str
    hours: str
    place_name: str


@dataclass(frozen=True)
class OpeningLine:
    """When a place is open: a sentence, and whether it is open now (until when)."""

    when: str
    is_open: bool
    now: str


@dataclass(frozen=True)
class Held:
    """When an activity is held: every session, and the next times of all together."""

    sessions: list[SessionLine]
    next_times: list[NextTime]


def held(payload: Payload, now: datetime.datetime) -> Held:
    """Return when an activity is held; one query for school holidays, where they matter.

    No next time is promised before it begins, after it has ended, or while it is closed.

    Args:
        payload: of a record, as of today.
        now: the moment at which someone reads it.
    """
    today = timezone.localdate(now)
    begins, ends = _between(payload, now)
    read = [(session, _schedule(session)) for session in payload.get("sessions", ())]
    calendar = _calendar([schedule for _session, schedule in read if schedule])
    several_places = len({s["place"]["uuid"] for s, _schedule in read if s["place"]}) > 1
    lines, streams = [], []
    for session, schedule in read:
        coming = next_n(schedule, begins, NEXT_TIMES, school_holidays=calendar) if schedule else []
        lines.append(
            SessionLine(
                when=_told(schedule, today) if schedule else _without_times(payload),
                asks=schedule is None and _must_ask(payload),
                is_over=schedule is not None and not coming,
                place=session["place"],
                room=session["room"],
                note=session["note"],
            )
        )
        name = session["place"]["name"] if session["place"] and several_places else ""
        streams.append([(time, name) for time in coming if time.start.date() <= ends])
    if _has_no_sessions(payload):
        lines.append(SessionLine(_without_times(payload), _must_ask(payload)))
    found = list(dict.fromkeys(merge(*streams)))[:NEXT_TIMES]
    return Held(lines, [_next_time(time, name, today) for time, name in found])


def _between(payload: Payload, now: datetime.datetime) -> tuple[datetime.datetime, datetime.date]:
    """Return from which moment and up to which day an activity is held at all."""
    validity = payload.get("validity", {"from": None, "until": None})
    ends = parse_date(validity["until"] or "") or datetime.date.max
    days = [parse_date(validity["from"] or "")]
    for notice in payload["notices"]:
        if notice["kind"] == NoticeKind.CLOSED:
            last = parse_date(notice["ends_on"] or "")
            if last is None or last == datetime.date.max:
                return now, datetime.date.min
            days.append(last + ONE_DAY)
    zone = timezone.get_current_timezone()
    midnights = [datetime.datetime.combine(day, datetime.time(), zone) for day in days if day]
    return max([now, *midnights]), ends


def in_brief(payload: Payload, now: datetime.datetime) -> list[str]:
    """Return the sentences of the sessions that are not over, each once; for a list.

    That one must ask for times is only said when none at all are known.
    """
    schedules = [_schedule(session) for session in payload.get("sessions", ())]
    today = timezone.localdate(now)
    told = [
        _told(schedule, today)
        for schedule in schedules
        if schedule is not None and next_n(schedule, now, 1)
    ]
    lacks_times = None in schedules or _has_no_sessions(payload)
    if lacks_times and not (told and _must_ask(payload)):
        told.append(_without_times(payload))
    return list(dict.fromkeys(told))


def _told(schedule: Schedule, today: datetime.date) -> str:
    return capfirst(sentence(schedule, _language(), today=today))


def _has_no_sessions(payload: Payload) -> bool:
    """Whether it is an activity of which not even a place is told."""
    return payload.get("sessions") == []


def _must_ask(payload: Payload) -> bool:
    return payload.get("without_times", "") == WithoutTimes.NOT_KNOWN


def _without_times(payload: Payload) -> str:
    """Say when something is that has no times, as far as that is known."""
    if _must_ask(payload):
        return _("Ask for the times")
    return capfirst(label_of(WithoutTimes, payload["without_times"]))


def opening_lines(payload: Payload, now: datetime.datetime) -> dict[str, OpeningLine]:
    """Return when the places of a record are open, by the uuid of the place.

    One query for school holidays, where they matter.
    """
    read = {
        place["uuid"]: opening_hours_from_json(place["opening_hours"])
        for place in payload["places"]
        if place.get("opening_hours")
    }
    schedules = {uuid: hours.schedule() for uuid, hours in read.items()}
    calendar = _calendar(schedules.values())
    lines = {}
    for uuid, hours in read.items():
        opening = opening_at([schedules[uuid]], now, school_holidays=calendar)
        told = opening_sentence(hours, _language(), today=timezone.localdate(now))
        lines[uuid] = OpeningLine(
            capfirst(told),
            opening is not None,
            _unbroken(capfirst(opening_now(opening, now, _language()))),
        )
    return lines


def _schedule(session: Payload) -> Schedule | None:
    return schedule_from_json(session["schedule"]) if session["schedule"] else None


def _calendar(schedules: Iterable[Schedule]) -> Calendar | None:
    is_needed = any(not schedule.in_school_holidays for schedule in schedules)
    return school_holidays() if is_needed else None


def _next_time(time: Occurrence, place_name: str, today: datetime.date) -> NextTime:
    hours = _unbroken(span(time, _language()))
    return NextTime(time.start, _day(time.start.date(), today), hours, place_name)


def _day(day: datetime.date, today: datetime.date) -> str:
    named = {0: _("Today"), 1: _("Tomorrow")}.get((day - today).days)
    shape = pgettext("a date without year", "l j F")
    date = formats.date_format(day, shape if day.year == today.year else f"{shape} Y")
    return f"{named}, {date}" if named else capfirst(date)


def _unbroken(told: str) -> str:
    """Keep the Dutch word for o'clock on the line of its time."""
    return told.replace(" uur", "\N{NO-BREAK SPACE}uur")


def _language() -> str:
    return told_language(get_language(), otherwise=_FALLBACK)
