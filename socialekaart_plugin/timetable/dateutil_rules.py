"""What arithmetic of ours does not do, done by python-dateutil: the one file that knows it."""

from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice

# The types are in a package of their own, which one file does not need.
from dateutil.rrule import MONTHLY, YEARLY, rrule  # type: ignore[import-untyped]


def first_in_months(
    days: tuple[int, ...], interval: int, first_month: date, day: date, last: date
) -> date | None:
    """Return the first date on or after `day` that is one of the days of a month.

    Args:
        days: 1 to 31, or -1 for the last day of the month.
        interval: every so many months.
        first_month: a day in the month to count the interval from, not after `day`'s own step.
        day: where to begin.
        last: where to stop looking.
    """
    found = rrule(
        MONTHLY,
        interval=interval,
        bymonthday=days,
        dtstart=_midnight(first_month.replace(day=1)),
        until=_midnight(last),
    )
    return _first(iter(found), day)


def first_in_years(month: int, day_of_month: int, day: date, last: date) -> date | None:
    """Return the first date on or after `day` that is that day of that month."""
    found = rrule(
        YEARLY,
        bymonth=month,
        bymonthday=day_of_month,
        dtstart=_midnight(day),
        until=_midnight(last),
    )
    return _first(iter(found), day)


def _first(found: Iterator[datetime], day: date) -> date | None:
    # The first month may hold days before the one to begin at, at most 31.
    for each in islice(found, 40):
        if each.date() >= day:
            return each.date()
    return None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())
