"""The Dutch words for schedules: “om de week op dinsdag van 10.00 tot 12.00 uur”."""

from socialekaart_plugin.timetable.public_holidays import PublicHoliday
from socialekaart_plugin.timetable.repetition import LAST

from .language import Language


class Dutch(Language):
    """Dutch."""

    NOT, ALSO, ONLY, CLOSED = "niet", "ook", "alleen", "gesloten"
    CLOSED_NOW, OPEN_NOW = "nu gesloten", "nu open"
    IN_SCHOOL_HOLIDAYS, PUBLIC_HOLIDAYS = "in de schoolvakanties", "feestdagen"
    ALL_DAY, ROUND_THE_CLOCK = "de hele dag", "dag en nacht"

    AND, IN, ON, ON_THE = "en", "in", "op", "op de"
    FROM, SINCE = "van", "vanaf"
    UP_TO = THROUGH = "tot en met"
    TO = UNTIL = "tot"

    EVERY, EVERY_YEAR = "elke", "elk jaar"
    EVERY_DAY = ON_EVERY_DAY = "elke dag"
    WEEKS_APART = ("om de week", "elke {} weken")
    MONTHS_APART = ("om de maand", "elke {} maanden")
    OF, OF_THE_MONTH, LAST_DAY = "van", "van de maand", "de laatste dag"

    CLOCK_SIGN, O_CLOCK, NEXT_DAY = ".", " uur", "(volgende dag)"

    WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
    MONTHS = (
        "januari", "februari", "maart", "april", "mei", "juni",
        "juli", "augustus", "september", "oktober", "november", "december",
    )  # fmt: skip
    WEEKS = {1: "eerste", 2: "tweede", 3: "derde", 4: "vierde", 5: "vijfde", LAST: "laatste"}
    HOLIDAYS = {
        PublicHoliday.NEW_YEARS_DAY: "nieuwjaarsdag",
        PublicHoliday.GOOD_FRIDAY: "Goede Vrijdag",
        PublicHoliday.EASTER_SUNDAY: "eerste paasdag",
        PublicHoliday.EASTER_MONDAY: "tweede paasdag",
        PublicHoliday.KINGS_DAY: "Koningsdag",
        PublicHoliday.LIBERATION_DAY: "Bevrijdingsdag",
        PublicHoliday.LIBERATION_DAY_JUBILEE: "Bevrijdingsdag (eens in de vijf jaar)",
        PublicHoliday.ASCENSION_DAY: "Hemelvaartsdag",
        PublicHoliday.WHIT_SUNDAY: "eerste pinksterdag",
        PublicHoliday.WHIT_MONDAY: "tweede pinksterdag",
        PublicHoliday.CHRISTMAS_DAY: "eerste kerstdag",
        PublicHoliday.SECOND_CHRISTMAS_DAY: "tweede kerstdag",
    }

    def day_of_month(self, day: int) -> str:
        """Return the day of the month in words: de 3e."""
        return f"de {day}e"
