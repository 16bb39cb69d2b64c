"""Phrases for one occurrence: its times, and until when a place is open now."""

from datetime import UTC, date, datetime, time

from socialekaart_plugin.timetable.clock import ONE_DAY, Occurrence
from socialekaart_plugin.timetable.occurrences import LONGEST_OPENING
from socialekaart_plugin.timetable.slots import MIDNIGHT, Slot

from .composition import words_of

_WEEK = 7


def span(occurrence: Occurrence, language: str) -> str:
    """Describe the times of an occurrence, without its start day: “10.00–12.00 uur”, “de hele dag”.

    Args:
        occurrence: in the time zone of the reader.
        language: a code of `LANGUAGES`.

    Raises:
        ValueError: the language is not supported.
    """
    words = words_of(language)
    start, (last_day, ends_at) = occurrence.start, _end(occurrence.end)
    if start.date() != last_day:
        return words.span(start.time(), ends_at, words.weekday(last_day, with_date=False))
    if start.time() == MIDNIGHT and ends_at is None:
        return words.ALL_DAY
    return words.span(start.time(), ends_at, "")


def hours_of(slot: Slot, language: str) -> str:
    """Describe a slot, as in a list of opening hours.

    Raises:
        ValueError: the language is not supported.
    """
    return words_of(language).hours([slot])


def opening_now(opening: Occurrence | None, now: datetime, language: str) -> str:
    """Describe whether a place is open, and until when: “nu open, tot zaterdag 2.00 uur”.

    Args:
        opening: in the time zone of the reader; None when closed.
        now: the current time.
        language: a code of `LANGUAGES`.

    Raises:
        ValueError: the language is not supported.
    """
    words = words_of(language)
    if opening is None:
        return words.CLOSED_NOW
    return f"{words.OPEN_NOW}, {until(opening, now, language)}"


def until(opening: Occurrence, now: datetime, language: str) -> str:
    """Describe when something ends: “tot zaterdag 2.00 uur”, “dag en nacht”.

    Args:
        opening: in the time zone of the reader.
        now: the current time, during the opening.
        language: a code of `LANGUAGES`.

    Raises:
        ValueError: the language is not supported.
    """
    words = words_of(language)
    # Within one time zone Python would compare local times.
    if opening.end.astimezone(UTC) - now.astimezone(UTC) >= LONGEST_OPENING:
        return words.ROUND_THE_CLOCK
    today = now.astimezone(opening.end.tzinfo).date()
    last_day, ends_at = _end(opening.end)
    day = ""
    if last_day != today:
        day = words.weekday(last_day, with_date=(last_day - today).days >= _WEEK)
    return words.until(day, ends_at)


def _end(moment: datetime) -> tuple[date, time | None]:
    """Return the day and time of an end; midnight becomes the end of the previous day: None."""
    if moment.time() == MIDNIGHT:
        return moment.date() - ONE_DAY, None
    return moment.date(), moment.time()
