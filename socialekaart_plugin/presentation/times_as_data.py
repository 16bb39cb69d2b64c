"""Times of a record as data: sentences in each language, open now, and the next times."""

import datetime
from collections.abc import Callable
from itertools import islice
from typing import Any

from socialekaart_plugin.publication.agenda import agenda_of
from socialekaart_plugin.publication.rules import Payload
from socialekaart_plugin.timetable.as_json import opening_hours_from_json, schedule_from_json
from socialekaart_plugin.timetable.calendars import Calendar
from socialekaart_plugin.timetable.sentences import LANGUAGES, opening_sentence, sentence

#: Fields that change from moment to moment; `add_times` writes them.
OF_THE_MOMENT = ("open_now", "next_times")
#: Number of next times.
NEXT_TIMES = 5


def add_times(payload: Payload, now: datetime.datetime, calendar: Calendar | None) -> Payload:
    """Return a payload with the fields of `OF_THE_MOMENT`.

    Args:
        payload: of a record, as of today.
        now: the moment of reading.
        calendar: `publication.selectors.holidays_needed_for` for it.
    """
    agenda = agenda_of(payload, calendar)
    coming = list(islice(agenda.coming(now), NEXT_TIMES))
    is_on = bool(coming) and coming[0].when.start <= now.astimezone(datetime.UTC)
    sessions = payload.get("sessions", ())
    next_times = [
        {
            "start": time.when.start.isoformat(),
            "end": time.when.end.isoformat(),
            "session": time.session if time.session < len(sessions) else None,
        }
        for time in coming
    ]
    return {
        **payload,
        "open_now": is_on if agenda.has_times else None,
        "next_times": next_times,
    }


def schedule_sentences(schedule: Any) -> dict[str, str] | None:
    """Return the schedule of a session in sentences, by language; None without a schedule.

    Args:
        schedule: as in a payload.
    """
    return _sentences(schedule, schedule_from_json, sentence)


def opening_sentences(hours: Any) -> dict[str, str] | None:
    """Return opening hours in sentences, by language; None without hours.

    Args:
        hours: as in a payload.
    """
    return _sentences(hours, opening_hours_from_json, opening_sentence)


def _sentences(
    stored: Any, read: Callable[[Any], Any], tell: Callable[[Any, str], str]
) -> dict[str, str] | None:
    if stored is None:
        return None
    timetable = read(stored)
    return {language: tell(timetable, language) for language in LANGUAGES}
