"""Custom model fields of the directory: the schedule of a session."""

from socialekaart_plugin.places.fields import TimetableField
from socialekaart_plugin.places.timetable_form import ScheduleFormField
from socialekaart_plugin.timetable.as_json import schedule_from_json


class ScheduleField(TimetableField):
    """The schedule of a session; null without times."""

    read = staticmethod(schedule_from_json)
    form_class = ScheduleFormField
