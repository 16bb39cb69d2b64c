"""Composes the sentence of a schedule, and the short sentence of opening hours."""

from datetime import date

from socialekaart_plugin.timetable.opening_hours import OpeningHours
from socialekaart_plugin.timetable.repetition import Weekday, Weekly
from socialekaart_plugin.timetable.schedule import Schedule
from socialekaart_plugin.timetable.slots import Slot

from .clauses import Clause, Parts, is_round_the_clock, take_apart
from .dutch import Dutch
from .english import English
from .language import Language

#: By language code.
LANGUAGES: dict[str, Language] = {"nl": Dutch(), "en": English()}


def sentence(schedule: Schedule, language: str, *, today: date | None = None) -> str:
    """Describe when a session is held, in lower case and without a full stop.

    Args:
        schedule: the schedule to describe.
        language: a code of `LANGUAGES`; a region such as `-be` is ignored.
        today: if given, omit past dates and a start date that has passed.

    Raises:
        ValueError: the language is not supported.
    """
    words = words_of(language)
    parts = take_apart(schedule, today)
    usual = _clauses(parts.clauses, words)
    phrases = _absences(schedule, parts, words) if usual else []
    if phrases:
        usual += ", " if len(parts.clauses) == 1 else "; "
        usual += words.listing([f"{words.NOT} {phrase}" for phrase in phrases])
    added = [f"{words.on_dates(each.dates)} {words.times(each.slots)}" for each in parts.added]
    if usual and added:
        added[0] = f"{words.ALSO} {added[0]}"
    moved = [
        f"{words.on_dates(each.dates)} {words.ONLY} {words.times(each.slots)}"
        for each in parts.moved
    ]
    return "; ".join(filter(None, [usual, *moved, *added]))


def opening_sentence(hours: OpeningHours, language: str, *, today: date | None = None) -> str:
    """Describe when a place is open, briefly, in lower case and without a full stop.

    Args:
        hours: the opening hours to describe.
        language: a code of `LANGUAGES`; a region such as `-be` is ignored.
        today: if given, omit past dates and periods.

    Raises:
        ValueError: the language is not supported.
    """
    words = words_of(language)
    schedule = hours.schedule()
    parts = take_apart(schedule, today)
    days: dict[tuple[Slot, ...], list[Weekday]] = {}
    for weekday, slots in zip(Weekday, hours.week, strict=True):
        if slots:
            days.setdefault(slots, []).append(weekday)
    week = ", ".join(
        words.ROUND_THE_CLOCK
        if is_round_the_clock(of, slots)
        else f"{words.days(of)} {words.hours(slots)}"
        for slots, of in days.items()
    )
    phrases = _absences(schedule, parts, words) if week else []
    closed = f"{words.CLOSED} {words.listing(phrases)}" if phrases else ""
    other = [
        f"{words.on_dates(each.dates)} {words.hours(each.slots)}"
        for each in (*parts.moved, *parts.added)
    ]
    return "; ".join(filter(None, [week, closed, *other]))


def supported_language(language: str | None, otherwise: str = "en") -> str:
    """Return the supported language code for a reader of `language`.

    Args:
        language: a code such as `nl-be`; None when unknown.
        otherwise: the code for unsupported languages.
    """
    code = _code(language or "")
    return code if code in LANGUAGES else otherwise


def _code(language: str) -> str:
    return language.partition("-")[0].lower()


def words_of(language: str) -> Language:
    """Return the `Language` for a code.

    Raises:
        ValueError: the language is not supported.
    """
    code = _code(language)
    if code not in LANGUAGES:
        raise ValueError(f"no sentences in {language!r}, only in {', '.join(LANGUAGES)}")
    return LANGUAGES[code]


def _clauses(clauses: list[Clause], words: Language) -> str:
    """Describe the recurring rules; a shared validity is stated once."""
    written = [_clause(each, words) for each in clauses]
    validities = [
        words.validity(each.valid_from, each.valid_until)
        if each.valid_from or each.valid_until
        else ""
        for each in clauses
    ]
    if len(clauses) > 1 and len(set(validities)) == 1 and validities[0]:
        return f"{validities[0]}: {'; '.join(written)}"
    return "; ".join(
        f"{each}, {validity}" if validity else each
        for each, validity in zip(written, validities, strict=True)
    )


def _clause(clause: Clause, words: Language) -> str:
    """Describe the days and times of one clause."""
    repeats = clause.repeats
    if (
        isinstance(repeats, Weekly)
        and repeats.interval == 1
        and is_round_the_clock(repeats.weekdays, clause.slots)
    ):
        return words.ROUND_THE_CLOCK
    return f"{words.rhythm(repeats)} {words.times(clause.slots)}"


def _absences(schedule: Schedule, parts: Parts, words: Language) -> list[str]:
    """Return one phrase per exception."""
    found = [] if schedule.in_school_holidays else [words.IN_SCHOOL_HOLIDAYS]
    if schedule.public_holidays_left_out:
        found.append(words.on_public_holidays(schedule.public_holidays_left_out))
    found += map(words.in_season, sorted(schedule.seasons_left_out))
    found += map(words.in_period, parts.periods_left_out)
    if parts.left_out:
        found.append(words.on_dates(parts.left_out))
    return found
