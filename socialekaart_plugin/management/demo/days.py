"""Dates of the demonstration, relative to the day on which it is loaded."""

import datetime

from socialekaart_plugin.management.demo_content import Values
from socialekaart_plugin.timetable.as_json import (
    opening_hours_from_json,
    opening_hours_to_json,
    schedule_from_json,
    schedule_to_json,
)
from socialekaart_plugin.timetable.public_holidays import USUAL_HOLIDAYS
from socialekaart_plugin.timetable.repetition import CODES


def day_after(today: datetime.date, days: int | None) -> datetime.date | None:
    """Return the day `days` after `today` (before it if negative); None for None."""
    return None if days is None else today + datetime.timedelta(days=days)


def schedule_as_stored(values: Values | None, today: datetime.date) -> Values | None:
    """Return a schedule from the content as a session stores it, validated; None without times.

    Args:
        values: as `timetable.as_json` reads it; a single date as `in_weeks` and `weekday`, and
            `"usual"` for the usual public holidays.
        today: the day from which weeks are counted.

    Raises:
        TimetableError: it is not a valid schedule.
    """
    if values is None:
        return None
    rules = [_chosen_day(rule, today) for rule in values["rules"]]
    return schedule_to_json(schedule_from_json({**_with_holidays(values), "rules": rules}))


def opening_hours_as_stored(values: Values | None, today: datetime.date) -> Values | None:
    """Return opening hours from the content as a place stores them, validated; None if unknown.

    Raises:
        TimetableError: they are not valid opening hours.
    """
    if values is None:
        return None
    other_days = [_chosen_day(day, today) for day in values.get("other_days", ())]
    stored = {**_with_holidays(values), "other_days": other_days}
    return opening_hours_to_json(opening_hours_from_json(stored))


def _with_holidays(values: Values) -> Values:
    if values.get("public_holidays_left_out") == "usual":
        return {**values, "public_holidays_left_out": sorted(USUAL_HOLIDAYS)}
    return values


def _chosen_day(values: Values, today: datetime.date) -> Values:
    """Replace `in_weeks` and `weekday` by the date that they stand for."""
    if "in_weeks" not in values:
        return values
    rest = {name: value for name, value in values.items() if name not in ("in_weeks", "weekday")}
    monday = today - datetime.timedelta(days=today.weekday())
    on = monday + datetime.timedelta(weeks=values["in_weeks"], days=CODES.index(values["weekday"]))
    return {**rest, "on": on.isoformat()}
