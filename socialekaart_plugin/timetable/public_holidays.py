"""The public holidays of the Netherlands, and its school holidays as far as they are fixed.

Both come from the library `holidays`, by their Dutch names.
"""

from datetime import date
from enum import StrEnum
from functools import cache
from itertools import count

from .calendars import Calendar, Period
from .clock import ONE_DAY


class PublicHoliday(StrEnum):
    """A day on which much is closed."""

    NEW_YEARS_DAY = "new_years_day"
    GOOD_FRIDAY = "good_friday"
    EASTER_SUNDAY = "easter_sunday"
    EASTER_MONDAY = "easter_monday"
    KINGS_DAY = "kings_day"
    LIBERATION_DAY = "liberation_day"
    LIBERATION_DAY_JUBILEE = "liberation_day_jubilee"
    ASCENSION_DAY = "ascension_day"
    WHIT_SUNDAY = "whit_sunday"
    WHIT_MONDAY = "whit_monday"
    CHRISTMAS_DAY = "christmas_day"
    SECOND_CHRISTMAS_DAY = "second_christmas_day"


#: What people mean by “feestdagen”: not Good Friday, and the 5th of May every fifth year only.
USUAL_HOLIDAYS = frozenset(PublicHoliday) - {
    PublicHoliday.GOOD_FRIDAY,
    PublicHoliday.LIBERATION_DAY,
}


class Region(StrEnum):
    """The three parts of the country that have school holidays of their own."""

    NORTH = "noord"
    MIDDLE = "midden"
    SOUTH = "zuid"


_BY_NAME = {
    "nieuwjaarsdag": PublicHoliday.NEW_YEARS_DAY,
    "goede vrijdag": PublicHoliday.GOOD_FRIDAY,
    "eerste paasdag": PublicHoliday.EASTER_SUNDAY,
    "tweede paasdag": PublicHoliday.EASTER_MONDAY,
    "koningsdag": PublicHoliday.KINGS_DAY,
    "koninginnedag": PublicHoliday.KINGS_DAY,
    "bevrijdingsdag": PublicHoliday.LIBERATION_DAY_JUBILEE,
    "hemelvaartsdag": PublicHoliday.ASCENSION_DAY,
    "eerste pinksterdag": PublicHoliday.WHIT_SUNDAY,
    "tweede pinksterdag": PublicHoliday.WHIT_MONDAY,
    "eerste kerstdag": PublicHoliday.CHRISTMAS_DAY,
    "tweede kerstdag": PublicHoliday.SECOND_CHRISTMAS_DAY,
}
#: Of these years the library has school holidays; it says nothing of the years after.
_FIRST_YEAR_OF_SCHOOL_HOLIDAYS = 2014
_AUTUMN = "Herfstvakantie"


def public_holidays_on(day: date) -> frozenset[PublicHoliday]:
    """Return which public holidays a day is; two can fall together, as on 5 May 2016."""
    return public_holidays_of(day.year).get(day, frozenset())


@cache
def public_holidays_of(year: int) -> dict[date, frozenset[PublicHoliday]]:
    """Return the public holidays of a year."""
    found = {
        day: frozenset(_BY_NAME[name.lower()] for name in names if name.lower() in _BY_NAME)
        for day, names in _from_library(year, "public").items()
    }
    liberation_day = date(year, 5, 5)
    found[liberation_day] = found.get(liberation_day, frozenset()) | {PublicHoliday.LIBERATION_DAY}
    return found


@cache
def official_school_holidays(region: Region) -> Calendar:
    """Return the school holidays of a region that the ministry has fixed or advised.

    They begin in 2014 and end with the last summer of which the autumn is not fixed yet; schools
    may depart from autumn and spring. Load a list (school_holidays.py) to say otherwise.
    """
    days: dict[date, str] = {}
    for year in count(_FIRST_YEAR_OF_SCHOOL_HOLIDAYS):
        of_year = _from_library(year, "school", region)
        names = {name for names in of_year.values() for name in names}
        complete = _AUTUMN in names
        days |= {
            day: names[0] for day, names in of_year.items() if complete or day < date(year, 11, 1)
        }
        if not complete:
            break
    return Calendar(f"schoolvakanties {region}", tuple(_periods(days)))


def _periods(days: dict[date, str]) -> list[Period]:
    """Join days on end with one name."""
    found: list[Period] = []
    for day, name in sorted(days.items()):
        if found and found[-1].name == name and found[-1].last + ONE_DAY == day:
            found[-1] = Period(found[-1].first, day, name)
        else:
            found.append(Period(day, day, name))
    return found


def _from_library(year: int, category: str, region: Region | None = None) -> dict[date, list[str]]:
    # Half a second the first time: not when Django starts, but when someone asks.
    from holidays import country_holidays

    found = country_holidays(
        "NL",
        subdiv=region.capitalize() if region else None,
        years=year,
        expand=False,
        language="nl",
        categories=(category,),
    )
    return {day: found.get_list(day) for day in found}
