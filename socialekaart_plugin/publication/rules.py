"""How a payload reads on a day: dates in, states out; the only reader of its dates."""

import datetime
from typing import Any, Literal

from socialekaart_plugin.directory.rules import due_on, freshness

#: Version of the shape of payloads; raised when a key changes its name or meaning.
FORMAT_VERSION = 3

UpkeepState = Literal["unknown", "fresh", "due", "marked"]
ValidityState = Literal["coming", "running", "ended"]

Payload = dict[str, Any]

#: What rows of an older format lack until they are built anew.
_LACKING_OF_ALL: Payload = {
    "image": None,
    "min_age": None,
    "max_age": None,
    "languages": [],
    "areas_served": [],
    "cost": {"kind": "", "amount": None, "note": "", "city_pass": False},
    "registration": {"ways": [], "url": "", "note": ""},
    "referral": {"kind": "", "by": ""},
    "capacity": {"state": "", "until": None, "note": ""},
    "what_to_bring": "",
    "accessibility": {"facts": {}, "note": ""},
    "notices": [],
    "translations": [],
    "origin": {"source": "", "licence": ""},
}
_LACKING: dict[str | None, Payload] = {
    "organisation": {
        **_LACKING_OF_ALL,
        "kvk_number": "",
        "rsin": "",
        "postal_address": "",
        "platform_profile_url": "",
        "platform_vacancies_url": "",
    },
    "activity": {
        **_LACKING_OF_ALL,
        "forms": [],
        "validity": {"from": None, "until": None},
        "sessions": [],
        "volunteers_wanted": False,
        "vacancy_url": "",
    },
}


def as_of(payload: Payload, today: datetime.date) -> Payload:
    """Return a payload as it reads on a day.

    - `upkeep` gains `state`: `fresh` within the interval after the day it was verified, `due`
      after it, `marked` from the day it was marked, `unknown` when never verified.
    - `validity` gains `state`: `coming` before its first day, `ended` after its last one,
      `running` in between.
    - `notices` keeps what is in force: from the first day up to and including the last one.
    - `capacity` says nothing any more after its last day.

    A row of an older format gains the keys that it lacks, empty.

    Args:
        payload: as the gate stored it.
        today: the day of reading, in the time zone of the site.
    """
    payload = {**lacking, **payload} if (lacking := _LACKING.get(payload.get("kind"))) else payload
    dated = _dated(payload, today)
    return {**payload, **dated} if dated else payload


def next_change(payload: Payload, today: datetime.date) -> datetime.date | None:
    """Return the first day after today on which the payload will read differently, if any."""
    now = _dated(payload, today)
    days = (day for day in _turning_days(payload) if day is not None and day > today)
    return next((day for day in sorted(days) if _dated(payload, day) != now), None)


def has_ended(payload: Payload, today: datetime.date) -> bool:
    """Tell whether it is over: whoever looks for something to do must not find it."""
    return "validity" in payload and _validity_state(payload["validity"], today) == "ended"


def _dated(payload: Payload, today: datetime.date) -> Payload:
    """Return the keys that read differently from day to day, as they read today."""
    found: Payload = {}
    if "upkeep" in payload:
        upkeep = payload["upkeep"]
        found["upkeep"] = {**upkeep, "state": _upkeep_state(upkeep, today)}
    if "validity" in payload:
        validity = payload["validity"]
        found["validity"] = {**validity, "state": _validity_state(validity, today)}
    if "notices" in payload:
        found["notices"] = [notice for notice in payload["notices"] if _is_on(notice, today)]
    if "capacity" in payload and _is_over(payload["capacity"]["until"], today):
        found["capacity"] = {"state": "", "until": None, "note": ""}
    return found


def _turning_days(payload: Payload) -> list[datetime.date | None]:
    """Return the days on which something may read differently; some may be None."""
    days: list[datetime.date | None] = []
    if "upkeep" in payload:
        days += [_day(payload["upkeep"]["marked_on"]), _due_on(payload["upkeep"])]
    if "validity" in payload:
        days += [_day(payload["validity"]["from"]), _day_after(payload["validity"]["until"])]
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


def _validity_state(validity: Payload, today: datetime.date) -> ValidityState:
    first = _day(validity["from"])
    if first and first > today:
        return "coming"
    return "ended" if _is_over(validity["until"], today) else "running"


def _is_on(notice: Payload, today: datetime.date) -> bool:
    starts_on = _day(notice["starts_on"])
    has_begun = starts_on is None or starts_on <= today
    return has_begun and not _is_over(notice["ends_on"], today)


def _is_over(last: str | None, today: datetime.date) -> bool:
    """Tell whether a last day, itself included, is past."""
    day = _day(last)
    return day is not None and day < today


def _due_on(upkeep: Payload) -> datetime.date | None:
    verified_on = _day(upkeep["verified_on"])
    return due_on(verified_on, upkeep["interval_days"]) if verified_on else None


def _day_after(value: str | None) -> datetime.date | None:
    day = _day(value)
    return None if day is None or day == datetime.date.max else day + datetime.timedelta(days=1)


def _day(value: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(value) if value else None
