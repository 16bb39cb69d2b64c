"""Converts a stored schedule to the initial rows of the form."""

from datetime import date
from typing import Any

from socialekaart_plugin.timetable.repetition import (
    CODES,
    LAST,
    MonthlyByDay,
    MonthlyByWeekday,
    Once,
    Repetition,
    Weekly,
    Yearly,
)
from socialekaart_plugin.timetable.schedule import Schedule
from socialekaart_plugin.timetable.slots import Slot

from .session_times import (
    EVERY_SO_MANY_WEEKS,
    EVERY_WEEK,
    EVERY_YEAR,
    ON_DATES,
    ON_DAY_OF_MONTH,
    ON_WEEKDAY_OF_MONTH,
)

Row = dict[str, Any]


def rows_of(schedule: Schedule) -> list[Row]:
    """Return the initial data per row; rules that differ only in times share a row."""
    coming_back: dict[tuple[Repetition, date | None, date | None], list[Slot]] = {}
    dates: dict[Slot, list[date]] = {}
    for rule in schedule.rules:
        if isinstance(rule.repeats, Once):
            dates.setdefault(rule.slot, []).append(rule.repeats.on)
        else:
            key = (rule.repeats, rule.valid_from, rule.valid_until)
            coming_back.setdefault(key, []).append(rule.slot)
    slots_on: dict[tuple[date, ...], list[Slot]] = {}
    for slot, chosen in dates.items():
        slots_on.setdefault(tuple(sorted(set(chosen))), []).append(slot)
    return [
        *(
            {**_repetition(repeats), "valid_from": first, "valid_until": last, "slots": slots}
            for (repeats, first, last), slots in coming_back.items()
        ),
        *(
            {"repeats": ON_DATES, "dates": chosen, "slots": slots}
            for chosen, slots in slots_on.items()
        ),
    ]


def _repetition(repeats: Repetition) -> Row:
    match repeats:
        case Weekly():
            row: Row = {"weekdays": [CODES[day] for day in repeats.weekdays]}
            if repeats.interval == 1:
                return {**row, "repeats": EVERY_WEEK}
            return {
                **row,
                "repeats": EVERY_SO_MANY_WEEKS,
                "every_weeks": repeats.interval,
                "week_anchor": repeats.anchor,
            }
        case MonthlyByWeekday():
            return {
                "repeats": ON_WEEKDAY_OF_MONTH,
                "weekdays": [CODES[day] for day in repeats.weekdays],
                "weeks": [str(week) for week in repeats.weeks],
                **_months(repeats),
            }
        case MonthlyByDay():
            return {
                "repeats": ON_DAY_OF_MONTH,
                "days": [day for day in repeats.days if day != LAST],
                "last_day": LAST in repeats.days,
                **_months(repeats),
            }
        case Yearly():
            return {"repeats": EVERY_YEAR, "month": str(repeats.month), "day": repeats.day}
        case Once():
            return {"repeats": ON_DATES, "dates": [repeats.on]}


def _months(repeats: MonthlyByWeekday | MonthlyByDay) -> Row:
    anchor = repeats.anchor if repeats.interval > 1 else None
    return {"every_months": repeats.interval, "month_anchor": anchor}
