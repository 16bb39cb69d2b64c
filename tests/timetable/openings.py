"""Whether something is open, as the product asks it: the agenda of a public record."""

from socialekaart_plugin.publication.agenda import agenda_of
from socialekaart_plugin.timetable.as_json import opening_hours_to_json, schedule_to_json


def opening_of(schedules, now, school_holidays=None):
    payload = {"sessions": [{"schedule": schedule_to_json(schedule)} for schedule in schedules]}
    return agenda_of(payload, school_holidays).opening(now)


def opening_by_hours(hours, now, school_holidays=None):
    payload = {"opening_hours": opening_hours_to_json(hours)}
    return agenda_of(payload, school_holidays).opening(now)
