"""Schedules as RFC 5545 text, one block of DTSTART, DTEND, RRULE, EXDATE and RDATE per rule.

Dates left out and dates chosen are in the text; periods, seasons and holidays have no words in
RFC 5545 and are written as the dates that they take away, when those are given.
"""

import re
from collections.abc import Iterable, Set
from datetime import date, datetime
from zoneinfo import ZoneInfo

from . import text
from .clock import AMSTERDAM, ONE_DAY
from .errors import ErrorCode, TimetableError
from .recurrence import read_recurrence, write_recurrence
from .repetition import DAWN, EARLIEST_ANCHOR, FIRST_DAY, LAST_DAY, Once
from .rule import Rule
from .schedule import Schedule
from .slots import Slot
from .text import Line

_KNOWN = {"DTSTART", "DTEND", "DURATION", "RRULE", "EXDATE", "RDATE"}
_SEVERAL = {"EXDATE", "RDATE"}


def write_schedule(
    schedule: Schedule, *, left_out: Iterable[date] = (), zone: ZoneInfo = AMSTERDAM
) -> str:
    """Write a schedule; blocks are parted by an empty line.

    A rule without a first day is written as if it began in 2000, which reads back as no first day.

    Args:
        schedule: what to write, in its normal form.
        left_out: dates to leave out beside those of the schedule (`occurrences.dates_left_out`).
        zone: of all times.
    """
    schedule = schedule.normal()
    without = schedule.left_out | set(left_out)
    singles = {
        (rule.repeats.on, rule.slot) for rule in schedule.rules if isinstance(rule.repeats, Once)
    }
    blocks = []
    for rule in schedule.rules:
        if isinstance(rule.repeats, Once):
            continue
        taken = {
            single for single in singles if single[1] == rule.slot and single[0] not in without
        }
        singles -= taken
        blocks.append(_write_block(rule, without, {day for day, _slot in taken}, zone))
    for day, slot in sorted(singles):
        blocks.append(_write_block(Rule(Once(day), slot), set(), set(), zone))
    return "\n\n".join(blocks)


def _write_block(rule: Rule, left_out: Set[date], added: Set[date], zone: ZoneInfo) -> str:
    first = _first_date(rule)
    slot = rule.slot
    last = first + ONE_DAY if slot.overnight else first
    lines = [
        f"DTSTART;TZID={zone.key}:{text.write_local(first, slot.starts_at)}",
        f"DTEND;TZID={zone.key}:{text.write_local(last, slot.ends_at)}",
    ]
    if not rule.is_single:
        lines.append(f"RRULE:{write_recurrence(rule, zone)}")
    for name, days in (("EXDATE", filter(rule.happens_on, left_out)), ("RDATE", added)):
        values = ",".join(text.write_local(day, slot.starts_at) for day in sorted(days))
        if values:
            lines.append(f"{name};TZID={zone.key}:{values}")
    return "\n".join(lines)


def _first_date(rule: Rule) -> date:
    first = rule.on_or_after(rule.valid_from or DAWN)
    if rule.valid_from is None and not rule.is_single and (first is None or first >= FIRST_DAY):
        first = rule.on_or_after(EARLIEST_ANCHOR)
    assert first is not None, "a rule has a first date"  # noqa: S101 # Rule refuses the others
    return first


def read_schedule(written: str, *, zone: ZoneInfo = AMSTERDAM) -> Schedule:
    """Read a schedule from its blocks.

    A moment of DTSTART in 2000 or before means that the rule has no first day.

    Raises:
        TimetableError: `malformed`, `missing` (with `name`), `unsupported` (with `part`),
            `other_time_zone`, `start_not_in_rule`, `left_out_not_in_rule`, or what a rule or
            schedule refuses.
    """
    rules: list[Rule] = []
    without: list[tuple[Rule, set[date]]] = []
    for block in re.split(r"(?:\r?\n[ \t]*){2,}", written.strip()):
        rule, left_out, added = _read_block(block, zone)
        rules += [rule, *(Rule(Once(day), rule.slot) for day in sorted(added - left_out))]
        if not rule.is_single:
            without.append((rule, left_out))
    everywhere = {day for _rule, left_out in without for day in left_out}
    for rule, left_out in without:
        if any(rule.happens_on(day) for day in everywhere - left_out):
            raise text.unsupported("EXDATE in one block for a date that another block keeps")
    return Schedule(tuple(rules), left_out=frozenset(everywhere))


def _read_block(block: str, zone: ZoneInfo) -> tuple[Rule, set[date], set[date]]:
    lines = text.read_lines(block)
    found: dict[str, Line] = {}
    for line in lines:
        if line.name not in _KNOWN:
            raise text.unsupported(line.name)
        if line.name in found and line.name not in _SEVERAL:
            raise text.unsupported(f"a second {line.name}")
        found[line.name] = line
    if "DTSTART" not in found:
        raise TimetableError(ErrorCode.MISSING, "DTSTART is missing", name="DTSTART")
    if found["DTSTART"].value.endswith("Z"):
        # It would come back by the sun, not by the clock on the wall.
        raise TimetableError(ErrorCode.OTHER_TIME_ZONE, "DTSTART is in UTC", zone="UTC")
    start = text.read_moment(found["DTSTART"], found["DTSTART"].value, zone)
    rule = _read_rule(start, _read_slot(start, found, zone), found.get("RRULE"), zone)
    left_out, added = (
        {
            _day_at(line, value, start, zone)
            for line in lines
            if line.name == name
            for value in line.value.split(",")
        }
        for name in ("EXDATE", "RDATE")
    )
    for day in left_out - added:
        if not rule.happens_on(day):
            raise TimetableError(
                ErrorCode.LEFT_OUT_NOT_IN_RULE, f"{day} is no date of the rule", date=day
            )
    return rule, left_out, added


def _read_slot(start: datetime, found: dict[str, Line], zone: ZoneInfo) -> Slot:
    if "DTEND" in found:
        end = text.read_moment(found["DTEND"], found["DTEND"].value, zone)
        minutes = int((end - start).total_seconds()) // 60
    elif "DURATION" in found:
        minutes = text.read_duration(found["DURATION"].value)
    else:
        raise TimetableError(ErrorCode.MISSING, "DTEND is missing", name="DTEND")
    first = 60 * start.hour + start.minute
    days, last = divmod(first + minutes, 24 * 60)
    if minutes > 24 * 60:
        raise TimetableError(ErrorCode.OVERNIGHT_TOO_LONG, "it lasts longer than 24 hours")
    if minutes <= 0:
        raise TimetableError(ErrorCode.END_NOT_AFTER_START, "it ends before it starts")
    ends_at = start.replace(hour=last // 60, minute=last % 60).time()
    return Slot(start.time(), ends_at, overnight=days > 0)


def _read_rule(start: datetime, slot: Slot, line: Line | None, zone: ZoneInfo) -> Rule:
    if line is None:
        return Rule(Once(start.date()), slot)
    if not EARLIEST_ANCHOR <= start.date() <= LAST_DAY:
        raise TimetableError(
            ErrorCode.DATE_OUT_OF_RANGE, f"{start}: not from 1970 to 2099", date=start.date()
        )
    repeats, valid_until = read_recurrence(line.value, start, slot, zone)
    valid_from = start.date() if start.date() >= FIRST_DAY else None
    return Rule(repeats, slot, valid_from, valid_until)


def _day_at(line: Line, value: str, start: datetime, zone: ZoneInfo) -> date:
    """Return the date of an EXDATE or RDATE, which must be at the time of DTSTART."""
    if line.parameters.get("VALUE", "").upper() == "DATE":
        return text.read_date(value)
    at = text.read_moment(line, value, zone)
    if at.time() != start.time():
        code = ErrorCode.LEFT_OUT_NOT_IN_RULE if line.name == "EXDATE" else ErrorCode.UNSUPPORTED
        raise TimetableError(code, f"{value} is not at the time of DTSTART", part=value)
    return at.date()
