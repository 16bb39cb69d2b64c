"""Copies a schedule to a new season, by moving its dates."""

from dataclasses import replace
from datetime import date, timedelta

from .errors import ErrorCode, TimetableError
from .repetition import Once, Repetition, Weekly, Yearly, check_in_range
from .rule import Rule
from .schedule import Schedule


def shifted(schedule: Schedule, *, old: date, new: date) -> Schedule:
    """Return the schedule of a season that began on `old`, moved to one that begins on `new`.

    Weekdays and times are kept. Dates move by whole weeks, and monthly anchors by months; so the
    rhythm of “every other week” is kept. Yearly exceptions are kept. Exception dates and periods
    are dropped, because they belong to the old season.

    Args:
        schedule: the schedule of the old season.
        old: the first day of the old season.
        new: the first day of the new season.

    Raises:
        TimetableError: `date_out_of_range`, or `never_happens` when a rule has no dates left.
    """
    check_in_range(new)
    weeks = round((new - old).days / 7)
    months = 12 * (new.year - old.year) + new.month - old.month
    return replace(
        schedule,
        rules=tuple(_moved(rule, weeks, months) for rule in schedule.rules),
        left_out=frozenset(),
        periods_left_out=(),
    )


def first_mentioned(schedule: Schedule) -> date | None:
    """Return the earliest explicit start date of the rules; None if there is none."""
    dates = [
        rule.repeats.on if isinstance(rule.repeats, Once) else rule.valid_from
        for rule in schedule.rules
    ]
    return min((day for day in dates if day is not None), default=None)


def _moved(rule: Rule, weeks: int, months: int) -> Rule:
    days = timedelta(weeks=weeks)
    repeats = _moved_repetition(rule.repeats, days, months)
    try:
        return replace(
            rule,
            repeats=repeats,
            valid_from=_shifted(rule.valid_from, days),
            valid_until=_shifted(rule.valid_until, days),
        )
    except TimetableError as error:
        # A short period may not contain “the first Monday” after moving.
        if error.code != ErrorCode.NEVER_HAPPENS:
            raise
        return replace(rule, repeats=repeats, valid_from=None, valid_until=None)


def _moved_repetition(repeats: Repetition, days: timedelta, months: int) -> Repetition:
    if isinstance(repeats, Once):
        return Once(repeats.on + days)
    if isinstance(repeats, Yearly) or repeats.anchor is None:
        return repeats
    if isinstance(repeats, Weekly):
        return replace(repeats, anchor=_shifted(repeats.anchor, days))
    month = 12 * repeats.anchor.year + repeats.anchor.month - 1 + months
    return replace(repeats, anchor=date(month // 12, month % 12 + 1, 1))


def _shifted(day: date | None, days: timedelta) -> date | None:
    return day if day is None else day + days
