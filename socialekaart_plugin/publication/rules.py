"""Rules that read a payload on a given day: they turn dates into states, and nothing else does."""

import datetime
from typing import Any, Literal

from socialekaart_plugin.directory.rules import due_on, freshness

#: Version of the payload format; raised when a key changes its name or meaning.
FORMAT_VERSION = 3

UpkeepState = Literal["unknown", "fresh", "due", "marked"]
ValidityState = Literal["coming", "running", "ended"]

Payload = dict[str, Any]

#: `directory.choices.NoticeKind.CLOSED`, without an import of Django.
_CLOSED = "closed"
_ONE_DAY = datetime.timedelta(days=1)


def as_of(payload: Payload, today: datetime.date) -> Payload:
    """Return a payload as it reads on a day.

    - `upkeep` gains `state`: `fresh` within the interval after the day of verification, `due` after
      it, `marked` from the day it was marked, `unknown` if it was never verified.
    - `validity` gains `state`: `coming` before its first day, `ended` after its last one,
      `running` in between.
    - `notices` keeps the notices in force: from the first up to and including the last day.
    - `closures` holds the days of all notices that say it is closed, also future ones; the agenda
      (agenda.py) uses them.
    - `capacity` is cleared after its last day.

    Args:
        payload: as the gate stored it.
        today: the day of reading, in the time zone of the site.
    """
    dated = _dated(payload, today)
    return {**payload, **dated} if dated else payload


def next_change(payload: Payload, today: datetime.date) -> datetime.date | None:
    """Return the first day after today on which the payload reads differently, if any."""
    now = _dated(payload, today)
    days = (day for day in _turning_days(payload) if day is not None and day > today)
    return next((day for day in sorted(days) if _dated(payload, day) != now), None)


def has_ended(payload: Payload, today: datetime.date) -> bool:
    """Tell whether it has ended; search results must not show it then."""
    return "validity" in payload and _validity_state(payload, today) == "ended"


def _dated(payload: Payload, today: datetime.date) -> Payload:
    """Return the keys that depend on the day, as they read today."""
    found: Payload = {}
    if "upkeep" in payload:
        upkeep = payload["upkeep"]
        found["upkeep"] = {**upkeep, "state": _upkeep_state(upkeep, today)}
    if "validity" in payload:
        found["validity"] = {**payload["validity"], "state": _validity_state(payload, today)}
    if "notices" in payload:
        found["notices"] = [notice for notice in payload["notices"] if _is_on(notice, today)]
        found["closures"] = [
            {"from": notice["starts_on"], "until": notice["ends_on"]}
            for notice in payload["notices"]
            if notice["kind"] == _CLOSED
        ]
    if "capacity" in payload and _is_over(payload["capacity"]["until"], today):
        found["capacity"] = {"state": "", "until": None, "note": ""}
    return found


def _turning_days(payload: Payload) -> list[datetime.date | None]:
    """Return the days on which the payload may read differently; some may be None."""
    days: list[datetime.date | None] = []
    if "upkeep" in payload:
        days += [_day(payload["upkeep"]["marked_on"]), _due_on(payload["upkeep"])]
    if "validity" in payload:
        days += [_day(payload["validity"]["from"]), _ended_from(payload)]
    for notice in payload.get("notices", ()):
        days += [_day(notice["starts_on"]), _day_after(notice["ends_on"])]
    if "capacity" in payload:
        days.append(_day_after(payload["capacity"]["until"]))
    return days


def _upkeep_state(upkeep: Payload, today: datetime.date) -> UpkeepState:
    state = freshness(
        _day(upkeep["verified_on"]), _day(upkeep["marked_on"]), upkeep["interval_days"], today
    )
    return "unknown" if state == "never" else state


def _validity_state(payload: Payload, today: datetime.date) -> ValidityState:
    first, ended_from = _day(payload["validity"]["from"]), _ended_from(payload)
    if first and first > today:
        return "coming"
    return "ended" if ended_from and ended_from <= today else "running"


def _ended_from(payload: Payload) -> datetime.date | None:
    """Return the day from which it has ended: a night that began on the last day finishes first."""
    ended_from = _day_after(payload["validity"]["until"])
    has_nights = any(
        rule.get("overnight") and rule["ends_at"] != "00:00"
        for session in payload.get("sessions", ())
        for rule in (session["schedule"] or {}).get("rules", ())
    )
    if ended_from is None or not has_nights:
        return ended_from
    return ended_from + _ONE_DAY if ended_from < datetime.date.max else None


def _is_on(notice: Payload, today: datetime.date) -> bool:
    starts_on = _day(notice["starts_on"])
    has_begun = starts_on is None or starts_on <= today
    return has_begun and not _is_over(notice["ends_on"], today)


def _is_over(last: str | None, today: datetime.date) -> bool:
    """Tell whether a last day (inclusive) is in the past."""
    day = _day(last)
    return day is not None and day < today


def _due_on(upkeep: Payload) -> datetime.date | None:
    verified_on = _day(upkeep["verified_on"])
    return due_on(verified_on, upkeep["interval_days"]) if verified_on else None


def _day_after(value: str | None) -> datetime.date | None:
    day = _day(value)
    return None if day is None or day == datetime.date.max else day + _ONE_DAY


def _day(value: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(value) if value else None
