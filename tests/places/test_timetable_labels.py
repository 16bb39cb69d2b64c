from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from socialekaart_plugin.directory.fields import ScheduleField
from socialekaart_plugin.places import timetable_labels
from socialekaart_plugin.places.fields import OpeningHoursField
from socialekaart_plugin.places.timetable_labels import error_in_words
from socialekaart_plugin.timetable.as_json import schedule_from_json
from socialekaart_plugin.timetable.calendars import Period
from socialekaart_plugin.timetable.errors import ErrorCode, TimetableError
from socialekaart_plugin.timetable.public_holidays import PublicHoliday
from socialekaart_plugin.timetable.school_holidays import read_json
from socialekaart_plugin.timetable.slots import Slot, refuse_overlap


@pytest.mark.parametrize("code", ErrorCode)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_error_has_words_that_stand_without_values(code, language):
    with translation.override(language):
        said = error_in_words(TimetableError(code, "for developers"))
    assert said.endswith(".")
    assert len(said.split()) > 3
    assert "%(" not in said
    assert "for developers" not in said


@pytest.mark.parametrize("code", ErrorCode)
def test_every_error_is_said_in_dutch(code):
    with translation.override("en"):
        english = error_in_words(TimetableError(code, ""))
    assert error_in_words(TimetableError(code, "")) != english


def test_every_public_holiday_can_be_chosen_once():
    assert [value for value, _name in timetable_labels.PUBLIC_HOLIDAYS] == list(PublicHoliday)


def test_values_are_written_as_people_write_them():
    with pytest.raises(TimetableError) as refused:
        Slot(time(12), time(10, 30))
    said = error_in_words(refused.value)
    assert "12.00" in said
    assert "10.30" in said
    with pytest.raises(TimetableError) as refused:
        Period(date(2026, 12, 2), date(2026, 12, 1))
    assert "1-12-2026" in error_in_words(refused.value)


def test_a_whole_day_that_overlaps_is_named_as_one():
    whole = Slot(time(0), time(0), overnight=True)
    with pytest.raises(TimetableError) as refused:
        refuse_overlap([whole, Slot(time(22), time(2), overnight=True)])
    assert "de hele dag en 22.00–2.00 uur (volgende dag)" in error_in_words(refused.value)


def test_two_periods_that_overlap_are_named():
    rows = (
        '[{"region": "midden", "name": "Mei", "from": "2027-04-24", "to": "2027-05-02"},'
        '{"region": "midden", "name": "Pinksteren", "from": "2027-05-02", "to": "2027-05-03"}]'
    )
    with pytest.raises(TimetableError) as refused:
        read_json(rows)
    assert "Mei" in error_in_words(refused.value)
    assert "Pinksteren" in error_in_words(refused.value)


def test_a_language_without_sentences_gets_english_ones():
    for language, expected in (("nl", "nl"), ("en-gb", "en"), ("fr", "en")):
        with translation.override(language):
            assert timetable_labels.sentence_language() == expected


def test_the_columns_refuse_in_the_same_words():
    with pytest.raises(TimetableError) as error:
        schedule_from_json({"rules": []})
    with pytest.raises(ValidationError) as refused:
        ScheduleField().validate({"rules": []}, None)
    assert refused.value.messages == [error_in_words(error.value)]
    with pytest.raises(ValidationError) as refused:
        OpeningHoursField().validate({"week": {}}, None)
    assert refused.value.messages == [error_in_words(error.value)]
