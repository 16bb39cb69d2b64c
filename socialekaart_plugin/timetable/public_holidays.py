"""Dutch public holidays and official school holidays, from the library `holidays`.

The library is matched by the Dutch names.
"""

from datetime import date
from enum import StrEnum
from functools import cache
from itertools import count

from .calendars import Calendar, Period
from .clock import ONE_DAY


class PublicHoliday(StrEnum):
    """A Dutch public holiday."""

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


#: The usual “feestdagen”: not Good Friday, and not 5 May, a day off only every fifth year.
USUAL_HOLIDAYS = frozenset(PublicHoliday) - {
    PublicHoliday.GOOD_FRIDAY,
    PublicHoliday.LIBERATION_DAY,
}


class Region(StrEnum):
    """The three regions with their own school holidays."""

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
#: The first year for which the library has school holidays.
_FIRST_YEAR_OF_SCHOOL_HOLIDAYS = 2014
_AUTUMN = "Herfstvakantie"


def public_holidays_on(day: date) -> frozenset[PublicHoliday]:
    """Return the public holidays on a day; two can coincide, as on 5 May 2016."""
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
    """Return the school holidays of a region that the ministry has set or advised.

    They run from 2014 to the last summer before the first unset autumn holiday. Schools may deviate
    in autumn and spring; import a list (school_holidays.py) to override.
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
    """Merge consecutive days with the same name into periods."""
    found: list[Period] = []
    for day, name in sorted(days.items()):
        if found and found[-1].name == name and found[-1].last + ONE_DAY == day:
            found[-1] = Period(found[-1].first, day, name)
        else:
            found.append(Period(day, day, name))
    return found


def _from_library(year: int, category: str, region: Region | None = None) -> dict[date, list[str]]:
    # Imported here because it takes half a second.
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
