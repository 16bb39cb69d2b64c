"""The view that previews a timetable form as a sentence with its next dates."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views import View

from socialekaart_plugin.places.selectors import school_holidays
from socialekaart_plugin.places.timetable_form import ENTRIES
from socialekaart_plugin.places.timetable_labels import sentence_language
from socialekaart_plugin.timetable.clock import Occurrence
from socialekaart_plugin.timetable.occurrences import next_n
from socialekaart_plugin.timetable.opening_hours import OpeningHours
from socialekaart_plugin.timetable.schedule import Schedule
from socialekaart_plugin.timetable.sentences import opening_sentence, sentence, span

HOW_MANY = 5


class TimetableView(View):
    """An HTML fragment: the sentence and next dates, or the errors; saves nothing.

    Takes the form fields, `name` (their common prefix) and `kind` (`schedule` or
    `opening_hours`), and parses them in the same way as saving does.
    """

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Render the preview."""
        entry_class = ENTRIES.get(request.POST.get("kind", ""))
        if entry_class is None:
            return HttpResponseBadRequest(_("This is no timetable."))
        entry = entry_class(request.POST.get("name", ""), data=request.POST)
        context = {"problems": entry.problems, "nothing": entry.nothing, **_read_back(entry.value)}
        return render(request, "socialekaart_plugin/places/timetable/read_back.html", context)


def _read_back(value: Schedule | OpeningHours | None) -> dict[str, Any]:
    """Return the template context: sentence, next dates and warnings."""
    if value is None:
        return {}
    now, language = timezone.now(), sentence_language()
    today = timezone.localdate(now)
    if isinstance(value, OpeningHours):
        schedule, said = value.schedule(), opening_sentence(value, language, today=today)
    else:
        schedule, said = value, sentence(value, language, today=today)
    calendar = None if schedule.in_school_holidays else school_holidays()
    found = next_n(schedule, now, HOW_MANY, school_holidays=calendar)
    notes = []
    if not schedule.in_school_holidays and calendar is None:
        notes.append(_("This site has no school holidays, so none are left out."))
    elif calendar is not None and found and not calendar.knows(found[-1].start.date()):
        notes.append(_("The school holidays of these dates are not all known yet."))
    return {
        "sentence": said or _("It is over: there are no dates to come."),
        "dates": [_in_words(each) for each in found],
        "notes": notes,
    }


def _in_words(occurrence: Occurrence) -> str:
    """Format an occurrence: dinsdag 1 december 2026, 10.00–12.00 uur."""
    day = date_format(occurrence.start, _("l j F Y"))
    return f"{day}, {span(occurrence, sentence_language())}"
