"""Monthly and yearly recurrences by python-dateutil; the only module that imports it."""

from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice

# Type stubs are a separate package, not worth it for one file.
from dateutil.rrule import MONTHLY, YEARLY, rrule  # type: ignore[import-untyped]


def first_in_months(
    days: tuple[int, ...], interval: int, first_month: date, day: date, last: date
) -> date | None:
    """Return the first date on or after `day` that is one of `days` of a month.

    Args:
        days: 1 to 31, or -1 for the last day of the month.
        interval: number of months between matches.
        first_month: any day in the first month, from that of `day`, to look in.
        day: the first date to consider.
        last: the last date to consider.
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
    """Return the first date on or after `day` that is this day of this month."""
    found = rrule(
        YEARLY,
        bymonth=month,
        bymonthday=day_of_month,
        dtstart=_midnight(day),
        until=_midnight(last),
    )
    return _first(iter(found), day)


def _first(found: Iterator[datetime], day: date) -> date | None:
    # At most 31 results lie before `day`, in the first month.
    for each in islice(found, 40):
        if each.date() >= day:
            return each.date()
    return None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())
