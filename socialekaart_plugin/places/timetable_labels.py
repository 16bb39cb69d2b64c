"""Translated error messages and choice labels for timetables."""

from datetime import date, time
from typing import Any

from django.utils import dates
from django.utils.formats import time_format
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from socialekaart_plugin.timetable.calendars import Period
from socialekaart_plugin.timetable.errors import ErrorCode, TimetableError
from socialekaart_plugin.timetable.public_holidays import PublicHoliday
from socialekaart_plugin.timetable.repetition import CODES
from socialekaart_plugin.timetable.sentences import hours_of, supported_language
from socialekaart_plugin.timetable.slots import Slot

#: The time format in forms: 10:00, in Dutch 10.00.
TIME_FORMAT = pgettext_lazy("a time of day, in the letters of Django's date filter", "G:i")

_ERRORS: dict[ErrorCode, str | Promise] = {
    ErrorCode.END_NOT_AFTER_START: _(
        "It ends at %(ends_at)s, which is not after it starts (%(starts_at)s). Does it last past "
        "midnight? Then tick “ends the next day”."
    ),
    ErrorCode.OVERNIGHT_TOO_LONG: _(
        "From %(starts_at)s to %(ends_at)s the next day is longer than 24 hours. Does it end on "
        "the same day? Then untick “ends the next day”."
    ),
    ErrorCode.TIME_NOT_IN_MINUTES: _("Write a time in hours and minutes, without seconds."),
    ErrorCode.SLOTS_OVERLAP: _(
        "These times overlap: %(first)s and %(second)s. Join them, or change one."
    ),
    ErrorCode.WEEKDAY_MISSING: _("Choose at least one day of the week."),
    ErrorCode.WEEK_OF_MONTH_INVALID: _("Choose at least one: the first, the second … the last."),
    ErrorCode.DAY_OF_MONTH_INVALID: _("There is no such day. Choose a day that exists."),
    ErrorCode.INTERVAL_INVALID: _("Choose a whole number from 1 to %(most)s."),
    ErrorCode.ANCHOR_MISSING: _(
        "Write a date on which it is held. Then we know which weeks or months are meant."
    ),
    ErrorCode.DATE_OUT_OF_RANGE: _("%(date)s is too long ago or too far ahead. Check the year."),
    ErrorCode.UNTIL_BEFORE_FROM: _(
        "The last day (%(valid_until)s) is before the first day (%(valid_from)s)."
    ),
    ErrorCode.NEVER_HAPPENS: _(
        "This never happens: there is no day that fits, or every day of it is left out."
    ),
    ErrorCode.NO_RULES: _("There are no days and times yet. Write on which days it is, and when."),
    ErrorCode.PERIOD_ENDS_BEFORE_IT_STARTS: _(
        "The period ends (%(last)s) before it starts (%(first)s)."
    ),
    ErrorCode.PERIODS_OVERLAP: _("Two periods overlap: %(first)s and %(second)s."),
    ErrorCode.UNKNOWN_REGION: _("“%(region)s” is no region for school holidays."),
    ErrorCode.MALFORMED: _("This part cannot be read: %(part)s."),
    ErrorCode.MISSING: _("Something is missing: %(name)s."),
}

WEEKDAYS = [(code, dates.WEEKDAYS[number]) for number, code in enumerate(CODES)]
MONTHS = list(dates.MONTHS.items())
PUBLIC_HOLIDAYS = [
    (PublicHoliday.NEW_YEARS_DAY, _("New Year's Day")),
    (PublicHoliday.GOOD_FRIDAY, _("Good Friday")),
    (PublicHoliday.EASTER_SUNDAY, _("Easter Sunday")),
    (PublicHoliday.EASTER_MONDAY, _("Easter Monday")),
    (PublicHoliday.KINGS_DAY, _("King's Day")),
    (PublicHoliday.LIBERATION_DAY, _("Liberation Day, every year")),
    (PublicHoliday.LIBERATION_DAY_JUBILEE, _("Liberation Day, once in five years")),
    (PublicHoliday.ASCENSION_DAY, _("Ascension Day")),
    (PublicHoliday.WHIT_SUNDAY, _("Whit Sunday")),
    (PublicHoliday.WHIT_MONDAY, _("Whit Monday")),
    (PublicHoliday.CHRISTMAS_DAY, _("Christmas Day")),
    (PublicHoliday.SECOND_CHRISTMAS_DAY, _("Second Christmas Day")),
]


def error_in_words(error: TimetableError) -> str:
    """Return the error message in the active language, in one or two sentences."""
    values: dict[str, Any] = _Values(
        {name: _in_words(value) for name, value in error.values.items()}
    )
    if "date" not in values and "part" in values:
        values["date"] = values["part"]
    return str(_ERRORS[error.code]) % values


def sentence_language() -> str:
    """Return the active language if there are sentences in it, else English."""
    return supported_language(get_language())


def write_time(at: time) -> str:
    """Format a time as in the form: 10.00."""
    return time_format(at, str(TIME_FORMAT))


def write_date(day: date) -> str:
    """Format a date as in the form: 1-12-2026."""
    return f"{day.day}-{day.month}-{day.year}"


class _Values(dict[str, Any]):
    """The values of an error; a missing one becomes three dots instead of a KeyError."""

    def __missing__(self, name: str) -> str:
        return "…"


def _in_words(value: object) -> str:
    match value:
        case time():
            return write_time(value)
        case date():
            return write_date(value)
        case Slot():
            return hours_of(value, sentence_language())
        case Period():
            return value.name or f"{write_date(value.first)} – {write_date(value.last)}"
    return str(value)
