"""Converts schedules and opening hours to JSON data and back; see docs/reference/timetable.md."""

from collections.abc import Callable
from datetime import date
from typing import Any

from .calendars import Period, Season
from .json_reader import (
    Reader,
    boolean,
    day_of_year,
    hour_and_minute,
    iso_date,
    malformed,
    number,
    string,
    weekday,
)
from .opening_hours import OpeningHours, OtherDay
from .public_holidays import PublicHoliday
from .repetition import CODES, MonthlyByDay, MonthlyByWeekday, Once, Repetition, Weekly, Yearly
from .rule import Rule
from .schedule import Schedule
from .slots import Slot

Json = dict[str, Any]


def schedule_to_json(schedule: Schedule) -> Json:
    """Return a schedule as JSON data, empty values included."""
    return {"rules": [_rule_to_json(rule) for rule in schedule.rules], **_exceptions(schedule)}


def opening_hours_to_json(hours: OpeningHours) -> Json:
    """Return opening hours as JSON data, empty values included."""
    return {
        "week": {
            CODES[day]: [_slot_to_json(slot) for slot in slots]
            for day, slots in enumerate(hours.week)
        },
        "other_days": [
            {"on": day.on.isoformat(), "slots": [_slot_to_json(slot) for slot in day.slots]}
            for day in hours.other_days
        ],
        **_exceptions(hours),
    }


def schedule_from_json(data: Any) -> Schedule:
    """Parse a schedule from JSON data; missing keys are empty.

    Raises:
        TimetableError: `malformed` (with `part`, the path to the invalid value), or an error of a
            rule or schedule.
    """
    given = Reader(data, "schedule")
    schedule = Schedule(
        rules=given.several("rules", _rule_from_json),
        left_out=frozenset(given.several("left_out", iso_date)),
        **_read_exceptions(given),
    )
    given.finish()
    return schedule


def opening_hours_from_json(data: Any) -> OpeningHours:
    """Parse opening hours from JSON data; missing keys are empty.

    Raises:
        TimetableError: `malformed` (with `part`, the path to the invalid value), or an error of a
            `OpeningHours`.
    """
    given = Reader(data, "opening hours")
    week = Reader(given.take("week", {}), "week")
    hours = OpeningHours(
        week=tuple(week.several(code, _slot_from_json) for code in CODES),
        other_days=given.several("other_days", _other_day_from_json),
        **_read_exceptions(given),
    )
    week.finish()
    given.finish()
    return hours


def _exceptions(source: Schedule | OpeningHours) -> Json:
    found: Json = {
        "periods_left_out": [
            {"from": each.first.isoformat(), "to": each.last.isoformat(), "name": each.name}
            for each in source.periods_left_out
        ],
        "seasons_left_out": [
            {"from": "{:02}-{:02}".format(*each.first), "to": "{:02}-{:02}".format(*each.last)}
            for each in source.seasons_left_out
        ],
        "in_school_holidays": source.in_school_holidays,
        "public_holidays_left_out": sorted(source.public_holidays_left_out),
    }
    if isinstance(source, Schedule):
        found["left_out"] = [day.isoformat() for day in sorted(source.left_out)]
    return found


def _read_exceptions(given: Reader) -> Json:
    return {
        "periods_left_out": given.several("periods_left_out", _period),
        "seasons_left_out": given.several("seasons_left_out", _season),
        "in_school_holidays": given.read("in_school_holidays", boolean, True),
        "public_holidays_left_out": frozenset(
            given.several("public_holidays_left_out", PublicHoliday)
        ),
    }


def _rule_to_json(rule: Rule) -> Json:
    return {
        **_repetition_to_json(rule.repeats),
        **_slot_to_json(rule.slot),
        "valid_from": _iso(rule.valid_from),
        "valid_until": _iso(rule.valid_until),
    }


def _repetition_to_json(repeats: Repetition) -> Json:
    match repeats:
        case Once():
            return {"repeats": "once", "on": repeats.on.isoformat()}
        case Yearly():
            return {"repeats": "yearly", "month": repeats.month, "day": repeats.day}
        case MonthlyByDay():
            own: Json = {"repeats": "monthly_by_day", "days": list(repeats.days)}
        case MonthlyByWeekday():
            own = {
                "repeats": "monthly_by_weekday",
                "weekdays": [CODES[day] for day in repeats.weekdays],
                "weeks": list(repeats.weeks),
            }
        case Weekly():
            own = {"repeats": "weekly", "weekdays": [CODES[day] for day in repeats.weekdays]}
    return {**own, "interval": repeats.interval, "anchor": _iso(repeats.anchor)}


def _slot_to_json(slot: Slot) -> Json:
    return {
        "starts_at": f"{slot.starts_at:%H:%M}",
        "ends_at": f"{slot.ends_at:%H:%M}",
        "overnight": slot.overnight,
    }


def _rule_from_json(data: Any) -> Rule:
    given = Reader(data, "rule")
    kind = given.take("repeats", None)
    if not isinstance(kind, str) or kind not in _REPETITIONS:
        raise malformed("repeats")
    rule = Rule(
        _REPETITIONS[kind](given),
        _read_slot(given),
        given.read("valid_from", iso_date, None),
        given.read("valid_until", iso_date, None),
    )
    given.finish()
    return rule


def _read_steps(given: Reader) -> Json:
    return {
        "interval": given.read("interval", number, 1),
        "anchor": given.read("anchor", iso_date, None),
    }


_REPETITIONS: dict[str, Callable[[Reader], Repetition]] = {
    "once": lambda given: Once(given.read("on", iso_date)),
    "yearly": lambda given: Yearly(given.read("month", number), given.read("day", number)),
    "monthly_by_day": lambda given: MonthlyByDay(
        given.several("days", number), **_read_steps(given)
    ),
    "monthly_by_weekday": lambda given: MonthlyByWeekday(
        given.several("weekdays", weekday), given.several("weeks", number), **_read_steps(given)
    ),
    "weekly": lambda given: Weekly(given.several("weekdays", weekday), **_read_steps(given)),
}


def _slot_from_json(data: Any) -> Slot:
    given = Reader(data, "slot")
    slot = _read_slot(given)
    given.finish()
    return slot


def _read_slot(given: Reader) -> Slot:
    return Slot(
        given.read("starts_at", hour_and_minute),
        given.read("ends_at", hour_and_minute),
        given.read("overnight", boolean, False),
    )


def _other_day_from_json(data: Any) -> OtherDay:
    given = Reader(data, "other day")
    day = OtherDay(given.read("on", iso_date), given.several("slots", _slot_from_json))
    given.finish()
    return day


def _period(data: Any) -> Period:
    given = Reader(data, "period")
    period = Period(
        given.read("from", iso_date), given.read("to", iso_date), given.read("name", string, "")
    )
    given.finish()
    return period


def _season(data: Any) -> Season:
    given = Reader(data, "season")
    season = Season(given.read("from", day_of_year), given.read("to", day_of_year))
    given.finish()
    return season


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
