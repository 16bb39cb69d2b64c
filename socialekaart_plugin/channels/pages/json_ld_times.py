"""Times in the words of schema.org; only what these can say without saying too much."""

from typing import Any

from socialekaart_plugin.publication.rules import Payload

_DAYS = {
    "MO": "Monday",
    "TU": "Tuesday",
    "WE": "Wednesday",
    "TH": "Thursday",
    "FR": "Friday",
    "SA": "Saturday",
    "SU": "Sunday",
}


def opening_specifications(hours: Any) -> list[dict[str, Any]]:
    """Return the week of a place, and its days with other hours."""
    if not hours:
        return []
    return [
        {"dayOfWeek": _day(code), **_specification(slot)}
        for code, slots in hours["week"].items()
        for slot in slots
    ] + [
        {"validFrom": day["on"], "validThrough": day["on"], **_specification(slot)}
        for day in hours["other_days"]
        for slot in day["slots"] or [{"starts_at": "00:00", "ends_at": "00:00"}]
    ]


def schedules(payload: Payload) -> list[dict[str, Any]]:
    """Return the times of an activity.

    schema.org cannot say "not in the school holidays" or "the last of the month". Of a session
    with such a rule nothing is said: half of it would send people to a closed door.
    """
    plain = [
        session["schedule"]
        for session in payload.get("sessions", ())
        if session["schedule"] and not _leaves_out_periods(session["schedule"])
    ]
    return [found for each in plain for rule in each["rules"] for found in _of_rule(rule, each)]


def _leaves_out_periods(schedule: dict[str, Any]) -> bool:
    names = ("periods_left_out", "seasons_left_out", "public_holidays_left_out")
    return not schedule["in_school_holidays"] or any(schedule[name] for name in names)


def _of_rule(rule: dict[str, Any], schedule: dict[str, Any]) -> list[dict[str, Any]]:
    found = {
        "@type": "Schedule",
        "startTime": rule["starts_at"],
        "endTime": rule["ends_at"],
        "scheduleTimezone": "Europe/Amsterdam",
        "startDate": rule.get("valid_from") or rule.get("anchor"),
        "endDate": rule.get("valid_until"),
        "exceptDate": schedule["left_out"],
    }
    found = {name: value for name, value in found.items() if value}
    days = [_day(code) for code in rule.get("weekdays", ())]
    match rule["repeats"]:
        case "weekly":
            repeated = [{"repeatFrequency": f"P{rule['interval']}W", "byDay": days}]
        case "monthly_by_weekday":
            each = {"repeatFrequency": f"P{rule['interval']}M", "byDay": days}
            repeated = [{**each, "byMonthWeek": week} for week in rule["weeks"] if week > 0]
        case "monthly_by_day":
            each = {"repeatFrequency": f"P{rule['interval']}M"}
            repeated = [{**each, "byMonthDay": day} for day in rule["days"] if day > 0]
        case "yearly":
            each = {"repeatFrequency": "P1Y"}
            repeated = [{**each, "byMonth": rule["month"], "byMonthDay": rule["day"]}]
        case _:
            repeated = [{"startDate": rule["on"], "endDate": rule["on"]}]
    return [{**found, **each} for each in repeated]


def _specification(slot: dict[str, Any]) -> dict[str, Any]:
    return {
        "@type": "OpeningHoursSpecification",
        "opens": slot["starts_at"],
        "closes": slot["ends_at"],
    }


def _day(code: str) -> str:
    return f"https://schema.org/{_DAYS[code]}"
