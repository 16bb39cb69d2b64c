"""Prepares a schedule for a sentence: groups rules and dates, and omits what is past."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, pairwise

from socialekaart_plugin.timetable.calendars import Period
from socialekaart_plugin.timetable.repetition import Once, Repetition, Weekday, Weekly
from socialekaart_plugin.timetable.rule import Rule
from socialekaart_plugin.timetable.schedule import Schedule
from socialekaart_plugin.timetable.slots import MINUTES_A_DAY, Slot, fill_the_day


@dataclass(frozen=True, slots=True)
class Clause:
    """A recurrence with all its slots."""

    repeats: Repetition
    slots: tuple[Slot, ...]
    valid_from: date | None
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class Dates:
    """Chosen dates with the same times."""

    dates: tuple[date, ...]
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a schedule to describe.

    Attributes:
        clauses: the recurrences, in order of weekday.
        added: additional dates.
        moved: dates with other times than usual.
        left_out: exception dates, without the moved ones.
        periods_left_out: as in the schedule.
    """

    clauses: list[Clause]
    added: list[Dates]
    moved: list[Dates]
    left_out: list[date]
    periods_left_out: list[Period]


def take_apart(schedule: Schedule, today: date | None = None) -> Parts:
    """Split a schedule; with `today`, omit past parts and start dates that have passed."""
    rules = [_without_past(rule, today) for rule in schedule.rules if not _is_over(rule, today)]
    rules = rules or list(schedule.rules)
    singles = [(rule.repeats.on, rule.slot) for rule in rules if isinstance(rule.repeats, Once)]
    repeating = [rule for rule in rules if not rule.is_single]
    moved = {
        day
        for day, _slot in singles
        if day in schedule.left_out and any(rule.happens_on(day) for rule in repeating)
    }
    # Dates with their own times are not exceptions.
    left_out = schedule.left_out - {day for day, _slot in singles}
    return Parts(
        clauses=_clauses(repeating),
        added=_dates(single for single in singles if single[0] not in moved),
        moved=_dates(single for single in singles if single[0] in moved),
        left_out=sorted(day for day in left_out if today is None or day >= today),
        periods_left_out=[
            period
            for period in sorted(schedule.periods_left_out)
            if today is None or period.last >= today
        ],
    )


def by_month(dates: Iterable[date]) -> list[tuple[int, list[tuple[int, list[int]]]]]:
    """Group dates by year, month and day."""
    return [
        (
            year,
            [
                (month, [day.day for day in days])
                for month, days in groupby(of_year, key=lambda day: day.month)
            ],
        )
        for year, of_year in groupby(sorted(set(dates)), key=lambda day: day.year)
    ]


def all_day_and_rest(slots: Sequence[Slot]) -> tuple[bool, list[Slot]]:
    """Return whether slots fill the day, and the slots still to describe.

    If they fill the day, those are the slots that last past midnight.
    """
    if fill_the_day(slots):
        return True, [slot for slot in slots if slot.ends_tomorrow]
    return False, list(slots)


def is_round_the_clock(weekdays: Sequence[Weekday], slots: Sequence[Slot]) -> bool:
    """Return whether slots and weekdays cover day and night, all week."""
    lasts_a_day = any(slot.minutes == MINUTES_A_DAY for slot in slots)
    return len(weekdays) == len(Weekday) and (lasts_a_day or fill_the_day(slots))


def runs(weekdays: Sequence[Weekday]) -> list[list[Weekday]]:
    """Group consecutive weekdays: Monday to Wednesday, and Friday."""
    found = [[weekdays[0]]]
    for before, day in pairwise(weekdays):
        if day == before + 1:
            found[-1].append(day)
        else:
            found.append([day])
    return found


def _is_over(rule: Rule, today: date | None) -> bool:
    return today is not None and rule.on_or_after(today) is None


def _without_past(rule: Rule, today: date | None) -> Rule:
    if today is not None and rule.valid_from is not None and rule.valid_from <= today:
        return replace(rule, valid_from=None)
    return rule


def _clauses(rules: Iterable[Rule]) -> list[Clause]:
    slots: dict[tuple[Repetition, date | None, date | None], list[Slot]] = {}
    for rule in rules:
        key = (rule.repeats.normal(), rule.valid_from, rule.valid_until)
        slots.setdefault(key, []).append(rule.slot)
    weekdays: dict[Clause, set[Weekday]] = {}
    found: list[Clause] = []
    for (repeats, *validity), of_day in slots.items():
        clause = Clause(repeats, tuple(sorted(set(of_day))), *validity)
        if isinstance(repeats, Weekly):
            without_days = replace(clause, repeats=replace(repeats, weekdays=tuple(Weekday)))
            weekdays.setdefault(without_days, set()).update(repeats.weekdays)
        else:
            found.append(clause)
    for clause, days in weekdays.items():
        if isinstance(clause.repeats, Weekly):
            weekly = replace(clause.repeats, weekdays=tuple(sorted(days)))
            found.append(replace(clause, repeats=weekly))
    return sorted(found, key=_order)


def _order(clause: Clause) -> tuple[bool, Sequence[int], tuple[Slot, ...], str]:
    repeats = clause.repeats
    days = repeats.weekdays if isinstance(repeats, Weekly) else ()
    return not isinstance(repeats, Weekly), days, clause.slots, repr(clause)


def _dates(singles: Iterable[tuple[date, Slot]]) -> list[Dates]:
    slots: dict[date, set[Slot]] = {}
    for day, slot in singles:
        slots.setdefault(day, set()).add(slot)
    dates: dict[tuple[Slot, ...], list[date]] = {}
    for day, of_day in sorted(slots.items()):
        dates.setdefault(tuple(sorted(of_day)), []).append(day)
    return [Dates(tuple(days), of_days) for of_days, days in dates.items()]
