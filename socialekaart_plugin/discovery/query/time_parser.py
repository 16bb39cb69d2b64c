"""Parses matched time expressions into dates, weekdays and parts of the day."""

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from .plan import DayPart, When

#: Parses a match, given the date of today; None when it is no date after all.
Reader = Callable[[re.Match[str], date], When | None]

_DUTCH = "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"
_ENGLISH = "monday tuesday wednesday thursday friday saturday sunday"
_SHORT = "ma di wo do vr za zo"
DAYS = {name: at for names in (_DUTCH, _ENGLISH, _SHORT) for at, name in enumerate(names.split())}

_PART_NAMES: dict[DayPart, str] = {
    "morning": "ochtend morgen voormiddag morning",
    "afternoon": "middag namiddag afternoon",
    "evening": "avond evening night",
}
PARTS: dict[str, DayPart] = {
    name: part for part, names in _PART_NAMES.items() for name in names.split()
}

_MONTHS = (
    "januari jan january",
    "februari feb february",
    "maart mrt march",
    "april apr",
    "mei may",
    "juni jun june",
    "juli jul july",
    "augustus aug august",
    "september sep sept",
    "oktober okt october oct",
    "november nov",
    "december dec",
)
MONTH_NUMBERS = {name: at for at, names in enumerate(_MONTHS, 1) for name in names.split()}

#: How far to look for a 29 February.
_YEARS_AHEAD = 9
_DAYS_AHEAD = {"vandaag": 0, "today": 0, "van": 0, "this": 0, "to": 0, "overmorgen": 2}
_WORKING_DAYS = range(5)
_WEEKEND = (5, 6)


def now(_match: re.Match[str], _today: date) -> When:
    """Parse "nu open"."""
    return When(now=True)


def days_ahead(match: re.Match[str], today: date) -> When:
    """Parse "vandaag", "vanavond", "morgen", "overmorgen"; anything else is tomorrow."""
    ahead = _DAYS_AHEAD.get(match["day"], 1)
    return When(dates=(today + timedelta(ahead),), parts=_parts(match))


def named_date(match: re.Match[str], today: date) -> When | None:
    """Parse a date; without a year the next one, today included."""
    named = match.groupdict()
    day, month, year = int(named["day"]), named["month"], named.get("year")
    number = MONTH_NUMBERS.get(month) or int(month)
    years = [int(year) % 2000 + 2000] if year else range(today.year, today.year + _YEARS_AHEAD)
    for candidate in years:
        try:
            found = date(candidate, number, day)
        except ValueError:
            continue
        if year or found >= today:
            return When(dates=(found,), parts=_parts(match))
    return None


def week(match: re.Match[str], today: date) -> When:
    """Parse "deze week" (from today), "volgende week", or a weekday or the weekend of one."""
    named = match.groupdict()
    is_next = named["which"].startswith(("volgend", "next"))
    monday = today - timedelta(today.weekday()) + timedelta(7 if is_next else 0)
    days: Iterable[int] = range(7)
    if named.get("weekday"):
        days = (DAYS[named["weekday"]],)
    elif named.get("weekend"):
        days = _WEEKEND
    dates = (monday + timedelta(day) for day in days)
    coming = tuple(found for found in dates if found >= today)
    # A past day of this week: fall back to that weekday in general.
    weekdays = () if coming else tuple(days)
    return When(dates=coming, weekdays=weekdays, parts=_parts(match))


def coming_week(_match: re.Match[str], today: date) -> When:
    """Parse "komende week": seven days from today."""
    return When(dates=tuple(today + timedelta(day) for day in range(7)))


def coming_day(match: re.Match[str], today: date) -> When:
    """Parse "komende dinsdag", the first after today; "volgende dinsdag" is that of next week."""
    which, day = match["which"], DAYS[match["weekday"]]
    if which in {"volgende", "next"}:
        found = today + timedelta(7 - today.weekday() + day)
    else:
        ahead = (day - today.weekday()) % 7
        found = today + timedelta(ahead if ahead or which in {"deze", "this"} else 7)
    return When(dates=(found,), parts=_parts(match))


def day_range(match: re.Match[str], _today: date) -> When:
    """Parse "maandag t/m vrijdag"; "zaterdag t/m maandag" runs on into the next week."""
    first, last = DAYS[match["first"]], DAYS[match["last"]]
    return When(weekdays=tuple(sorted((first + day) % 7 for day in range((last - first) % 7 + 1))))


def weekday(match: re.Match[str], _today: date) -> When:
    """Parse "dinsdag", "dinsdagavond"."""
    return When(weekdays=(DAYS[match["weekday"]],), parts=_parts(match))


def weekend(_match: re.Match[str], _today: date) -> When:
    """Parse "in het weekend"."""
    return When(weekdays=_WEEKEND)


def working_days(_match: re.Match[str], _today: date) -> When:
    """Parse "doordeweeks"."""
    return When(weekdays=tuple(_WORKING_DAYS))


def daytime(_match: re.Match[str], _today: date) -> When:
    """Parse "overdag"."""
    return When(parts=("morning", "afternoon"))


def part_of_day(match: re.Match[str], _today: date) -> When:
    """Parse "'s avonds"."""
    return When(parts=_parts(match))


def _parts(match: re.Match[str]) -> tuple[DayPart, ...]:
    """Return the part of the day in a match, as a word of its own or attached to the day."""
    named = match.groupdict()
    name = named.get("part") or named.get("attached") or ""
    for form in (name, name.removesuffix("s"), name.removesuffix("en")):
        if form in PARTS:
            return (PARTS[form],)
    return ()
