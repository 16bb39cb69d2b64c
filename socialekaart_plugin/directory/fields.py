"""Columns of the record that hold more than a value: the schedule of a session."""

from socialekaart_plugin.places.fields import TimetableField
from socialekaart_plugin.places.timetable_form import ScheduleFormField
from socialekaart_plugin.timetable.as_json import schedule_from_json


class ScheduleField(TimetableField):
    """When a session is held; null without times."""

    read = staticmethod(schedule_from_json)
    form_class = ScheduleFormField
