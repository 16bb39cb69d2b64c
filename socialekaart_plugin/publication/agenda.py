"""The agenda: when a record is held or open; used by pages, API, schema.org and search.

An activity is held at the times of its sessions. An organisation is open at its own hours, not at
those of its building, which others share. Nothing starts before the first day, after the last
day, or while a notice says that the record is closed.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from heapq import merge

import orjson

from socialekaart_plugin.timetable.as_json import opening_hours_from_json, schedule_from_json
from socialekaart_plugin.timetable.calendars import Calendar
from socialekaart_plugin.timetable.clock import AMSTERDAM, ONE_DAY, Occurrence, occurrence_on
from socialekaart_plugin.timetable.occurrences import LONGEST_OPENING
from socialekaart_plugin.timetable.repetition import LAST_DAY
from socialekaart_plugin.timetable.rule import Rule
from socialekaart_plugin.timetable.schedule import ROUND_THE_CLOCK, Schedule
from socialekaart_plugin.timetable.slots import Slot

from .rules import Payload

#: Value in a payload for something that is there at any time
#: (`directory.choices.WithoutTimes.ALWAYS`).
ALWAYS = "always"
#: First and last day, both inclusive.
Days = tuple[datetime.date, datetime.date]
#: A day on which something starts, and its start and end.
Start = tuple[datetime.date, Slot]


@dataclass(frozen=True, slots=True, order=True)
class Time:
    """One time at which a record is held or open.

    Attributes:
        when: start and end.
        session: index of the session in the payload, from 0. Something that is there at any time
            has the index after the last session; opening hours have 0.
    """

    when: Occurrence
    session: int


class _Timetable:
    """A schedule after parsing; equal text gives the same object, so it is a fast key."""

    __slots__ = ("schedule",)

    def __init__(self, schedule: Schedule) -> None:
        self.schedule = schedule


_ROUND_THE_CLOCK = _Timetable(ROUND_THE_CLOCK)


@dataclass(frozen=True)
class Agenda:
    """When a record is held or open.

    Attributes:
        timetables: one for each session, None if it has no times; then one for what is there at any
            time, day and night. For an organisation: its opening hours.
        closed: periods in which nothing starts, in order.
        calendar: the school holidays of the region; None if they are not known.
    """

    timetables: tuple[_Timetable | None, ...]
    closed: tuple[Days, ...] = ()
    calendar: Calendar | None = None

    @property
    def schedules(self) -> tuple[Schedule | None, ...]:
        """The schedule of each session; None for a session without times."""
        return tuple(None if each is None else each.schedule for each in self.timetables)

    @property
    def has_times(self) -> bool:
        """Whether any times are known; without times a record is neither open nor closed."""
        return any(self.timetables)

    def starts(self, first: datetime.date, last: datetime.date) -> Iterator[tuple[int, Start]]:
        """Yield everything that starts from `first` to `last`, grouped by session, not sorted."""
        for session, timetable in enumerate(self.timetables):
            if timetable is None:
                continue
            for start in _starts(timetable, first, last, self._calendar_for(timetable.schedule)):
                if not self.closed or not self.is_closed_on(start[0]):
                    yield session, start

    def coming(self, now: datetime.datetime) -> Iterator[Time]:
        """Yield every time that has not ended at an aware moment, in order; current ones first."""
        yield from merge(*(self.coming_of(session, now) for session in range(len(self.timetables))))

    def coming_of(self, session: int, now: datetime.datetime) -> Iterator[Time]:
        """Yield the same for one session."""
        timetable = self.timetables[session]
        if timetable is None:
            return
        # Nothing lasts longer than a day: what started before yesterday has ended.
        since = now.astimezone(AMSTERDAM).date() - ONE_DAY
        instant = now.astimezone(datetime.UTC)
        schedule, previous = timetable.schedule, None
        for when in merge(*(self._held(schedule, rule, since) for rule in schedule.rules)):
            if when.end > instant and when != previous:
                yield Time(when, session)
                previous = when

    def dates(self, schedule: Schedule, rule: Rule, day: datetime.date) -> Iterator[datetime.date]:
        """Yield the dates from a day on that follow from one rule of a schedule of this agenda."""
        begin: datetime.date | None = self._first_not_closed(day)
        while begin is not None:
            day, begin = begin, None
            for found in schedule.dates(rule, day, self._calendar_for(schedule)):
                if self.is_closed_on(found):
                    begin = self._first_not_closed(found)
                    break
                yield found

    def opening(self, now: datetime.datetime) -> Occurrence | None:
        """Return until when it is held or open without a break; None if it is not now.

        Looks eight days ahead: something that never closes gets an end about then.
        """
        instant = now.astimezone(datetime.UTC)
        on: Occurrence | None = None
        for time in self.coming(now):
            if time.when.start > (on.end if on else instant):
                break
            on = Occurrence(on.start, max(on.end, time.when.end)) if on else time.when
            if on.end.astimezone(datetime.UTC) - instant > LONGEST_OPENING:
                break
        return on

    def is_closed_on(self, day: datetime.date) -> bool:
        """Tell whether a notice closes this day, whatever the sessions say."""
        return any(first <= day <= last for first, last in self.closed)

    def without_open_end(self) -> "Agenda":
        """Return the same agenda without the closure "until further notice".

        Nobody knows when such a record starts again; that is not the same as "ended".
        """
        known = [days for days in self.closed if days[1] < datetime.date.max]
        return replace(self, closed=tuple(known))

    def _held(self, schedule: Schedule, rule: Rule, day: datetime.date) -> Iterator[Occurrence]:
        for each in self.dates(schedule, rule, day):
            yield occurrence_on(each, rule.slot, AMSTERDAM)

    def _first_not_closed(self, day: datetime.date) -> datetime.date | None:
        for first, last in self.closed:
            if first <= day <= last:
                if last >= LAST_DAY:
                    return None
                day = last + ONE_DAY
        return day

    def _calendar_for(self, schedule: Schedule) -> Calendar | None:
        """Return the school holidays that matter to this schedule; None if it ignores them."""
        return None if schedule.in_school_holidays else self.calendar


def agenda_of(payload: Payload, calendar: Calendar | None) -> Agenda:
    """Return when a record is held or open.

    Args:
        payload: of an organisation or an activity, as `as_of` returns it.
        calendar: the school holidays of the region; None if they are not known.
    """
    return Agenda(_timetables(payload), tuple(sorted(_closed(payload))), calendar)


def needs_school_holidays(payloads: Iterable[Payload]) -> bool:
    """Tell whether the times of any of these records depend on the school holidays."""
    return any(
        timetable is not None and not timetable.schedule.in_school_holidays
        for payload in payloads
        for timetable in _timetables(payload)
    )


def _timetables(payload: Payload) -> tuple[_Timetable | None, ...]:
    if "sessions" in payload:
        sessions = tuple(
            _session(orjson.dumps(session["schedule"])) if session["schedule"] else None
            for session in payload["sessions"]
        )
        is_always = payload.get("without_times") == ALWAYS
        return (*sessions, _ROUND_THE_CLOCK) if is_always else sessions
    hours = payload.get("opening_hours")
    return (_hours(orjson.dumps(hours)),) if hours else ()


# Many records share the same hours, and parsing them takes most of the time.
@lru_cache(maxsize=4096)
def _session(text: bytes) -> _Timetable:
    return _Timetable(schedule_from_json(orjson.loads(text)))


@lru_cache(maxsize=4096)
def _hours(text: bytes) -> _Timetable:
    return _Timetable(opening_hours_from_json(orjson.loads(text)).schedule())


@lru_cache(maxsize=4096)
def _starts(
    timetable: _Timetable, first: datetime.date, last: datetime.date, calendar: Calendar | None
) -> tuple[Start, ...]:
    found: list[Start] = []
    for rule in timetable.schedule.rules:
        for day in timetable.schedule.dates(rule, first, calendar):
            if day > last:
                break
            found.append((day, rule.slot))
    return tuple(found)


def _closed(payload: Payload) -> Iterator[Days]:
    validity = payload.get("validity", {"from": None, "until": None})
    if validity["from"] and _day(validity["from"]) > datetime.date.min:
        yield datetime.date.min, _day(validity["from"]) - ONE_DAY
    if validity["until"] and validity["until"] < LAST_DAY.isoformat():
        yield _day(validity["until"]) + ONE_DAY, LAST_DAY
    for closure in payload.get("closures", ()):
        first, last = closure["from"], closure["until"]
        yield _day(first) if first else datetime.date.min, _day(last) if last else datetime.date.max


def _day(value: str) -> datetime.date:
    return datetime.date.fromisoformat(value)
