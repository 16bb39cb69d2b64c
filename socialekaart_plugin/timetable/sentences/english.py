"""The English words for schedules: “every other week on Tuesday from 10:00 to 12:00”."""

from socialekaart_plugin.timetable.public_holidays import PublicHoliday
from socialekaart_plugin.timetable.repetition import LAST

from .language import Language

_ENDINGS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}


class English(Language):
    """English."""

    NOT, ALSO, ONLY, CLOSED = "not", "also", "only", "closed"
    CLOSED_NOW, OPEN_NOW = "closed now", "open now"
    IN_SCHOOL_HOLIDAYS, PUBLIC_HOLIDAYS = "during school holidays", "public holidays"
    ALL_DAY, ROUND_THE_CLOCK = "all day", "day and night"

    AND, IN, ON, ON_THE = "and", "in", "on", "on the"
    FROM = SINCE = "from"
    UP_TO, UNTIL = "up to and including", "until"
    TO = THROUGH = "to"

    EVERY, EVERY_YEAR = "every", "every year"
    EVERY_DAY, ON_EVERY_DAY = "every day", "on every day"
    WEEKS_APART = ("every other week", "every {} weeks")
    MONTHS_APART = ("every other month", "every {} months")
    OF, OF_THE_MONTH, LAST_DAY = "of", "of the month", "the last day"

    CLOCK_SIGN, O_CLOCK, NEXT_DAY = ":", "", "(the next day)"

    WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    MONTHS = (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    )  # fmt: skip
    WEEKS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", LAST: "last"}
    HOLIDAYS = {
        PublicHoliday.NEW_YEARS_DAY: "New Year’s Day",
        PublicHoliday.GOOD_FRIDAY: "Good Friday",
        PublicHoliday.EASTER_SUNDAY: "Easter Sunday",
        PublicHoliday.EASTER_MONDAY: "Easter Monday",
        PublicHoliday.KINGS_DAY: "King’s Day",
        PublicHoliday.LIBERATION_DAY: "Liberation Day",
        PublicHoliday.LIBERATION_DAY_JUBILEE: "Liberation Day (every five years)",
        PublicHoliday.ASCENSION_DAY: "Ascension Day",
        PublicHoliday.WHIT_SUNDAY: "Whit Sunday",
        PublicHoliday.WHIT_MONDAY: "Whit Monday",
        PublicHoliday.CHRISTMAS_DAY: "Christmas Day",
        PublicHoliday.SECOND_CHRISTMAS_DAY: "the second day of Christmas",
    }

    def day_of_month(self, day: int) -> str:
        """Return the day of the month in words: the 3rd."""
        return f"the {day}{_ENDINGS.get(day, 'th')}"
