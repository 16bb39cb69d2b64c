"""The sentence of a schedule, and the short one of opening hours, in the words of a language."""

from datetime import date

from socialekaart_plugin.timetable.opening_hours import OpeningHours
from socialekaart_plugin.timetable.repetition import Weekday, Weekly
from socialekaart_plugin.timetable.schedule import Schedule
from socialekaart_plugin.timetable.slots import Slot

from .dutch import Dutch
from .english import English
from .language import Language
from .parts import Clause, Parts, is_round_the_clock, take_apart

#: By language code.
LANGUAGES: dict[str, Language] = {"nl": Dutch(), "en": English()}


def sentence(schedule: Schedule, language: str, *, today: date | None = None) -> str:
    """Say when a session is held, in lower case and without a full stop.

    Args:
        schedule: what to tell.
        language: a code of `LANGUAGES`; what follows a hyphen does not matter.
        today: when given, what is over and a first day that has passed are left unsaid.

    Raises:
        ValueError: the language is not one of ours.
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
    """Say when a place is open, as short as can be, in lower case and without a full stop.

    Args:
        hours: what to tell.
        language: a code of `LANGUAGES`; what follows a hyphen does not matter.
        today: when given, dates and periods that are over are left unsaid.

    Raises:
        ValueError: the language is not one of ours.
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


def told_language(language: str | None, otherwise: str = "en") -> str:
    """Return the code of `LANGUAGES` that a reader of `language` is told in.

    Args:
        language: a code such as `nl-be`; None when it is not known.
        otherwise: for who reads a language that is not ours.
    """
    code = _code(language or "")
    return code if code in LANGUAGES else otherwise


def _code(language: str) -> str:
    return language.partition("-")[0].lower()


def words_of(language: str) -> Language:
    """Return the words of a language.

    Raises:
        ValueError: it is not one of ours.
    """
    code = _code(language)
    if code not in LANGUAGES:
        raise ValueError(f"no sentences in {language!r}, only in {', '.join(LANGUAGES)}")
    return LANGUAGES[code]


def _clauses(clauses: list[Clause], words: Language) -> str:
    """Say what comes back; a validity that all share is said once."""
    told = [_clause(each, words) for each in clauses]
    validities = [
        words.validity(each.valid_from, each.valid_until)
        if each.valid_from or each.valid_until
        else ""
        for each in clauses
    ]
    if len(clauses) > 1 and len(set(validities)) == 1 and validities[0]:
        return f"{validities[0]}: {'; '.join(told)}"
    return "; ".join(
        f"{each}, {validity}" if validity else each
        for each, validity in zip(told, validities, strict=True)
    )


def _clause(clause: Clause, words: Language) -> str:
    """Say on which days, from when to when."""
    repeats = clause.repeats
    if (
        isinstance(repeats, Weekly)
        and repeats.interval == 1
        and is_round_the_clock(repeats.weekdays, clause.slots)
    ):
        return words.ROUND_THE_CLOCK
    return f"{words.rhythm(repeats)} {words.times(clause.slots)}"


def _absences(schedule: Schedule, parts: Parts, words: Language) -> list[str]:
    """Say when it is not, one phrase each."""
    found = [] if schedule.in_school_holidays else [words.IN_SCHOOL_HOLIDAYS]
    if schedule.public_holidays_left_out:
        found.append(words.on_public_holidays(schedule.public_holidays_left_out))
    found += map(words.in_season, sorted(schedule.seasons_left_out))
    found += map(words.in_period, parts.periods_left_out)
    if parts.left_out:
        found.append(words.on_dates(parts.left_out))
    return found
