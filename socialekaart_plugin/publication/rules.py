"""How a payload reads on a day: dates in, states out; the only reader of its dates."""

import datetime
from typing import Any, Literal

#: Version of the shape of payloads; raised when a key changes its name or meaning.
FORMAT_VERSION = 1

UpkeepState = Literal["unknown", "fresh", "due", "marked"]

Payload = dict[str, Any]


def as_of(payload: Payload, today: datetime.date) -> Payload:
    """Return a payload as it reads on a day.

    The key `upkeep` (dates) gains `state`: `fresh` within the interval after the day it was
    verified, `due` after it, `marked` from the day it was marked, `unknown` when never verified.

    Args:
        payload: as the gate stored it.
        today: the day of reading, in the time zone of the site.
    """
    if "upkeep" not in payload:
        return payload
    return {**payload, "upkeep": {**payload["upkeep"], "state": _state(payload, today)}}


def next_change(payload: Payload, today: datetime.date) -> datetime.date | None:
    """Return the first day after today on which the payload will read differently, if any."""
    if "upkeep" not in payload:
        return None
    days = (day for day in (_marked_on(payload), _due_on(payload)) if day and day > today)
    return next(
        (day for day in sorted(days) if _state(payload, day) != _state(payload, today)), None
    )


def _state(payload: Payload, today: datetime.date) -> UpkeepState:
    marked_on = _marked_on(payload)
    if marked_on and marked_on <= today:
        return "marked"
    due_on = _due_on(payload)
    if due_on is None:
        return "unknown"
    return "due" if due_on <= today else "fresh"


def _marked_on(payload: Payload) -> datetime.date | None:
    value = payload["upkeep"]["marked_on"]
    return datetime.date.fromisoformat(value) if value else None


def _due_on(payload: Payload) -> datetime.date | None:
    value = payload["upkeep"]["verified_on"]
    if not value:
        return None
    interval = datetime.timedelta(days=payload["upkeep"]["interval_days"])
    return datetime.date.fromisoformat(value) + interval
