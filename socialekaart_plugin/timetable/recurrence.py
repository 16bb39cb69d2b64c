"""The RRULE of RFC 5545, as far as a `Repetition` can say it."""

from collections.abc import Callable
from datetime import date, datetime
from itertools import islice
from typing import NamedTuple
from zoneinfo import ZoneInfo

from . import text
from .clock import AMSTERDAM, ONE_DAY, moment
from .errors import ErrorCode, TimetableError
from .repetition import (
    LAST_DAY,
    MonthlyByDay,
    MonthlyByWeekday,
    Repetition,
    Weekday,
    Weekly,
    Yearly,
)
from .rule import Rule
from .slots import Slot

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
#: A course of more times than this is not what COUNT was meant for.
MOST_TIMES = 2000

_PARTS = {
    "FREQ",
    "INTERVAL",
    "BYDAY",
    "BYMONTHDAY",
    "BYMONTH",
    "BYSETPOS",
    "UNTIL",
    "COUNT",
    "WKST",
}


class Recurrence(NamedTuple):
    """What an RRULE says: how it repeats and the last day, if there is one."""

    repeats: Repetition
    valid_until: date | None


def write_recurrence(rule: Rule, zone: ZoneInfo = AMSTERDAM) -> str:
    """Write the value of the RRULE of a rule that repeats."""
    parts = _FREQUENCIES[type(rule.repeats)](rule.repeats)
    if rule.valid_until is not None:
        last = moment(rule.valid_until, rule.slot.starts_at, zone)
        parts.append(f"UNTIL={text.write_utc(last)}")
    return ";".join(parts)


def _write_weekly(repeats: Weekly) -> list[str]:
    days = ",".join(CODES[day] for day in repeats.weekdays)
    return ["FREQ=WEEKLY", *_interval(repeats.interval), "WKST=MO", f"BYDAY={days}"]


def _write_by_weekday(repeats: MonthlyByWeekday) -> list[str]:
    days = [f"{week}{CODES[day]}" for week in repeats.weeks for day in repeats.weekdays]
    return ["FREQ=MONTHLY", *_interval(repeats.interval), f"BYDAY={','.join(days)}"]


def _write_by_day(repeats: MonthlyByDay) -> list[str]:
    days = ",".join(map(str, repeats.days))
    return ["FREQ=MONTHLY", *_interval(repeats.interval), f"BYMONTHDAY={days}"]


def _write_yearly(repeats: Yearly) -> list[str]:
    return ["FREQ=YEARLY", f"BYMONTH={repeats.month}", f"BYMONTHDAY={repeats.day}"]


def _interval(interval: int) -> list[str]:
    return [f"INTERVAL={interval}"] if interval > 1 else []


_FREQUENCIES: dict[type, Callable[..., list[str]]] = {
    Weekly: _write_weekly,
    MonthlyByWeekday: _write_by_weekday,
    MonthlyByDay: _write_by_day,
    Yearly: _write_yearly,
}


def read_recurrence(value: str, start: datetime, slot: Slot, zone: ZoneInfo) -> Recurrence:
    """Read the value of an RRULE.

    Args:
        value: such as FREQ=WEEKLY;INTERVAL=2;BYDAY=TU.
        start: the local start of DTSTART, which fills in what the rule does not say.
        slot: the times, to know what COUNT and UNTIL mean.
        zone: of the start.

    Raises:
        TimetableError: `malformed`, `unsupported`, `until_before_from`, `start_not_in_rule`, or
            what the repetition itself refuses.
    """
    parts = _split(value)
    read = _READERS.get(parts.pop("FREQ", ""))
    until, count, first_of_week = (parts.pop(name, "") for name in ("UNTIL", "COUNT", "WKST"))
    if read is None or (until and count):
        raise text.unsupported(value)
    interval = _number(parts.pop("INTERVAL", "1"))
    repeats = read(parts, interval, start.date())
    if parts:
        raise text.unsupported(";".join(f"{name}={part}" for name, part in parts.items()))
    if interval > 1 and isinstance(repeats, Weekly) and first_of_week not in ("", "MO"):
        raise text.unsupported(f"WKST={first_of_week}")
    if repeats.on_or_after(start.date()) != start.date():
        raise TimetableError(ErrorCode.START_NOT_IN_RULE, f"{start} is no time of {value}")
    if count:
        return Recurrence(repeats, _last_of(count, repeats, slot, start.date()))
    return Recurrence(repeats, _read_until(until, start, zone) if until else None)


def _split(value: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for each in value.upper().rstrip(";").split(";"):
        name, equals, part = each.partition("=")
        if not equals or not part or name in parts:
            raise text.malformed(each)
        if name not in _PARTS:
            raise text.unsupported(each)
        parts[name] = part
    return parts


def _read_weekly(parts: dict[str, str], interval: int, start: date) -> Repetition:
    days = parts.pop("BYDAY", CODES[start.weekday()])
    return Weekly(tuple(map(_weekday, days.split(","))), interval, _anchor(interval, start))


def _read_daily(parts: dict[str, str], interval: int, start: date) -> Repetition:
    if interval != 1:
        raise text.unsupported(f"FREQ=DAILY;INTERVAL={interval}")
    return _read_weekly({"BYDAY": parts.pop("BYDAY", ",".join(CODES))}, 1, start)


def _read_monthly(parts: dict[str, str], interval: int, start: date) -> Repetition:
    anchor = _anchor(interval, start)
    if "BYDAY" not in parts:
        days = parts.pop("BYMONTHDAY", str(start.day)).split(",")
        return MonthlyByDay(tuple(map(_number, days)), interval, anchor)
    given = parts.pop("BYDAY").split(",")
    weeks = parts.pop("BYSETPOS", "").split(",")
    if weeks != [""]:
        # “The first of all Mondays” is the first Monday; of several weekdays it is another thing.
        if len(given) > 1:
            raise text.unsupported(f"BYSETPOS={','.join(weeks)}")
        pairs = {(_number(week), _weekday(given[0])) for week in weeks}
    else:
        pairs = {(_number(each[:-2]), _weekday(each[-2:])) for each in given}
    numbers, weekdays = {week for week, _day in pairs}, {day for _week, day in pairs}
    if len(pairs) != len(numbers) * len(weekdays):
        raise text.unsupported(f"BYDAY={','.join(given)}")
    return MonthlyByWeekday(tuple(weekdays), tuple(numbers), interval, anchor)


def _read_yearly(parts: dict[str, str], interval: int, start: date) -> Repetition:
    if interval != 1:
        raise text.unsupported(f"FREQ=YEARLY;INTERVAL={interval}")
    if "BYMONTH" not in parts and not parts.keys().isdisjoint({"BYDAY", "BYMONTHDAY"}):
        raise text.unsupported("FREQ=YEARLY without BYMONTH")
    month = _number(parts.pop("BYMONTH", str(start.month)))
    if "BYDAY" in parts:
        return _read_monthly(parts, 12, date(start.year, min(max(month, 1), 12), 1))
    return Yearly(month, _number(parts.pop("BYMONTHDAY", str(start.day))))


_READERS = {
    "DAILY": _read_daily,
    "WEEKLY": _read_weekly,
    "MONTHLY": _read_monthly,
    "YEARLY": _read_yearly,
}


def _anchor(interval: int, start: date) -> date | None:
    return start if interval > 1 else None


def _weekday(code: str) -> Weekday:
    if code not in CODES:
        # “Every third Monday” of a week means nothing; “every Monday” of a month is a rule a week.
        raise text.unsupported(f"BYDAY={code}") if code[-2:] in CODES else text.malformed(code)
    return Weekday(CODES.index(code))


def _number(value: str) -> int:
    digits = value.removeprefix("-").removeprefix("+")
    if not value or "," in value:
        raise text.unsupported(value or "BYDAY without a week of the month")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 4:
        raise text.malformed(value)
    return int(value)


def _last_of(count: str, repeats: Repetition, slot: Slot, start: date) -> date:
    times = _number(count)
    if not 1 <= times <= MOST_TIMES:
        raise text.unsupported(f"COUNT={count}")
    dates = list(islice(Rule(repeats, slot, valid_from=start).dates(start), times))
    return dates[-1]


def _read_until(value: str, start: datetime, zone: ZoneInfo) -> date:
    if "T" not in value:
        until = text.read_date(value)
    else:
        last = text.read_local(value, zone)
        until = last.date() if last.time() >= start.time() else last.date() - ONE_DAY
    # Other software writes the end of time where it means for ever.
    return min(until, LAST_DAY)
