"""Writes timetables in words: sessions, opening hours and the next dates."""

import datetime
from collections.abc import Iterable, Iterator
from functools import lru_cache
from heapq import merge
from itertools import islice

from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from socialekaart_plugin.directory.choices import WithoutTimes
from socialekaart_plugin.publication.agenda import Agenda, agenda_of
from socialekaart_plugin.publication.rules import Payload
from socialekaart_plugin.timetable.as_json import opening_hours_from_json
from socialekaart_plugin.timetable.calendars import Calendar
from socialekaart_plugin.timetable.clock import Occurrence
from socialekaart_plugin.timetable.schedule import Schedule
from socialekaart_plugin.timetable.sentences import (
    opening_now,
    opening_sentence,
    sentence,
    span,
    supported_language,
    until,
)

from .labels import label_of
from .time_lines import Brief, Held, NextTime, OpeningLine, SessionLine

#: Number of next times that are shown.
NEXT_TIMES = 3
#: Language of the times for readers of a language that we do not have; the records are in Dutch.
_FALLBACK = "nl"


def held(payload: Payload, now: datetime.datetime, calendar: Calendar | None) -> Held:
    """Return when an activity is held.

    Args:
        payload: of a record, as of today.
        now: the moment at which someone reads it.
        calendar: `publication.selectors.holidays_needed_for` of it.
    """
    if "sessions" not in payload:
        return Held([], [])
    agenda, sessions = agenda_of(payload, calendar), payload["sessions"]
    lines = [_session_line(payload, agenda, number, now) for number in range(len(sessions))]
    if not sessions:
        lines.append(SessionLine(_without_times(payload), _must_ask(payload)))
    several_places = len({s["place"]["uuid"] for s in sessions if s["place"]}) > 1
    names = [s["place"]["name"] if s["place"] and several_places else "" for s in sessions]
    # Something that is there at any time has no next time.
    coming = merge(*(agenda.coming_of(number, now) for number in range(len(sessions))))
    named = ((time.when, names[time.session]) for time in coming)
    return Held(
        lines, [_next_time(when, name, now) for when, name in islice(_once(named), NEXT_TIMES)]
    )


def _once(times: Iterable[tuple[Occurrence, str]]) -> Iterator[tuple[Occurrence, str]]:
    """Skip duplicates: two sessions at the same time in the same place."""
    seen: set[tuple[Occurrence, str]] = set()
    for each in times:
        if each not in seen:
            seen.add(each)
            yield each


def _session_line(
    payload: Payload, agenda: Agenda, number: int, now: datetime.datetime
) -> SessionLine:
    session = payload["sessions"][number]
    when, is_over = _session_in_words(agenda, number, now)
    return SessionLine(
        when=when or _without_times(payload),
        asks=not when and _must_ask(payload),
        is_over=is_over,
        place=session["place"],
        room=session["room"],
        note=session["note"],
    )


def _session_in_words(agenda: Agenda, number: int, now: datetime.datetime) -> tuple[str, bool]:
    """Return the sentence of a session (empty without times), and whether it has ended."""
    schedule = agenda.schedules[number]
    if schedule is None:
        return "", False
    first = next(agenda.without_open_end().coming_of(number, now), None)
    # A session that started yesterday may still be going on. If it has ended, the sentence covers
    # its whole schedule.
    day = min(timezone.localdate(now), first.when.start.date()) if first else None
    return _capitalised_sentence(schedule, _language(), day), first is None


def _must_ask(payload: Payload) -> bool:
    return payload.get("without_times", "") == WithoutTimes.NOT_KNOWN


def _without_times(payload: Payload) -> str:
    """Describe when something without times is held, as far as known."""
    if _must_ask(payload):
        return _("Ask for the times")
    return capfirst(label_of(WithoutTimes, payload["without_times"]))


# The same schedules are written all day, and writing a sentence is the main cost of a card.
@lru_cache(maxsize=4096)
def _capitalised_sentence(schedule: Schedule, language: str, today: datetime.date | None) -> str:
    return capfirst(sentence(schedule, language, today=today))


def in_brief(payload: Payload, now: datetime.datetime, calendar: Calendar | None) -> Brief:
    """Return when a record is held or open, for a card.

    Args:
        payload: of a record, as of today.
        now: the moment at which someone reads it.
        calendar: `publication.selectors.holidays_needed_for` of the whole list.
    """
    agenda, sessions = agenda_of(payload, calendar), payload.get("sessions")
    first = next(agenda.coming(now), None)
    if first and first.when.start <= now.astimezone(datetime.UTC):
        is_on = agenda.opening(now)
    else:
        is_on = None
    next_time = _next_time(first.when, "", now) if first else None
    if sessions is None:
        return Brief([], _now(is_on, now) if is_on else "", next_time)
    if first and first.session >= len(sessions):
        # It is there at any time.
        next_time = None
    going_on = _("Going on now, %(until)s") % {"until": _until(is_on, now)} if is_on else ""
    return Brief(_sentences(payload, agenda, now), going_on, next_time)


def _sentences(payload: Payload, agenda: Agenda, now: datetime.datetime) -> list[str]:
    """Return the sentences of the sessions that have not ended, without duplicates.

    "Ask for times" is only included if no times are known at all.
    """
    sessions = payload["sessions"]
    read = [_session_in_words(agenda, number, now) for number in range(len(sessions))]
    lines = [when for when, is_over in read if when and not is_over]
    lacks_times = not sessions or any(not when for when, _is_over in read)
    if lacks_times and not (lines and _must_ask(payload)):
        lines.append(_without_times(payload))
    return list(dict.fromkeys(lines))


def own_hours(
    payload: Payload, now: datetime.datetime, calendar: Calendar | None
) -> OpeningLine | None:
    """Return the organisation's own opening hours; None if unknown.

    Args:
        payload: of a record, as of today.
        now: the moment at which someone reads it.
        calendar: `publication.selectors.holidays_needed_for` of it.
    """
    return _opening_line(payload, now, calendar) if payload.get("opening_hours") else None


def building_hours(
    payload: Payload, now: datetime.datetime, calendar: Calendar | None
) -> dict[str, OpeningLine]:
    """Return the opening hours of the places of a record, by the uuid of the place.

    If an organisation has the same hours as its building, those hours are not repeated.
    """
    if payload.get("opens_with_building"):
        return {}
    return {
        place["uuid"]: _opening_line(place, now, calendar)
        for place in payload["places"]
        if place.get("opening_hours")
    }


def _opening_line(
    payload: Payload, now: datetime.datetime, calendar: Calendar | None
) -> OpeningLine:
    agenda = agenda_of(payload, calendar)
    opening, first = agenda.opening(now), next(agenda.coming(now), None)
    hours = opening_hours_from_json(payload["opening_hours"])
    return OpeningLine(
        when=capfirst(opening_sentence(hours, _language(), today=timezone.localdate(now))),
        is_open=opening is not None,
        now=_now(opening, now),
        opens=_next_time(first.when, "", now) if first and opening is None else None,
    )


def _now(opening: Occurrence | None, now: datetime.datetime) -> str:
    return _unbroken(capfirst(opening_now(opening, now, _language())))


def _until(opening: Occurrence, now: datetime.datetime) -> str:
    return _unbroken(until(opening, now, _language()))


def _next_time(time: Occurrence, place_name: str, now: datetime.datetime) -> NextTime:
    start = time.start
    is_on = start <= now.astimezone(datetime.UTC)
    day, today = start.date(), timezone.localdate(now)
    named = {0: _("Today"), 1: _("Tomorrow")}.get((day - today).days, "")
    hours = _unbroken(span(time, _language()))
    return NextTime(start, is_on, named, _date(day, today), hours, place_name)


def _date(day: datetime.date, today: datetime.date) -> str:
    shape = pgettext("a date without year", "l j F")
    return formats.date_format(day, shape if day.year == today.year else f"{shape} Y")


def _unbroken(text: str) -> str:
    """Keep the Dutch word for "o'clock" on the same line as its time."""
    return text.replace(" uur", "\N{NO-BREAK SPACE}uur")


def _language() -> str:
    return supported_language(get_language(), otherwise=_FALLBACK)
