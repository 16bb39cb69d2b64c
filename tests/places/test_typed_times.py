from datetime import date

import pytest
from django.core.exceptions import ValidationError

from socialekaart_plugin.places.timetable_form.typed_times import DateField, DatesField, TimeField


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("10", 600),
        ("9", 540),
        ("10:30", 630),
        ("10.30", 630),
        ("10,30", 630),
        ("10u30", 630),
        ("10 uur", 600),
        ("10.00 uur", 600),
        ("930", 570),
        ("1030", 630),
        (" 0.00 ", 0),
        ("24.00", 1440),
        ("", None),
    ],
)
def test_a_time_is_read_as_people_write_it(typed, minutes):
    assert TimeField(required=False).clean(typed) == minutes


@pytest.mark.parametrize("typed", ["25", "10.60", "24.01", "tien", "10:30:15", "10-12", "١٠"])
def test_what_is_no_time_is_named(typed):
    with pytest.raises(ValidationError) as refused:
        TimeField(required=False).clean(typed)
    assert typed in refused.value.messages[0]


@pytest.mark.parametrize(
    "typed",
    [
        "1-12-2026",
        "01-12-2026",
        "1/12/2026",
        "1.12.26",
        "1 december 2026",
        "1 dec. 2026",
        "1 December 2026",
        "2026-12-01",
    ],
)
def test_a_date_is_read_as_people_write_it(typed):
    assert DateField(required=False).clean(typed) == date(2026, 12, 1)


@pytest.mark.parametrize("typed", ["31-2-2027", "1-13-2026", "1 foo 2026", "morgen", "12-2026"])
def test_what_is_no_date_is_named(typed):
    with pytest.raises(ValidationError) as refused:
        DateField(required=False).clean(typed)
    assert typed in refused.value.messages[0]


def test_dates_stand_between_commas():
    found = DatesField(required=False).clean("1-12-2026, 8-12-2026;\n15 mrt 2027,")
    assert found == (date(2026, 12, 1), date(2026, 12, 8), date(2027, 3, 15))
    assert DatesField().prepare_value(found) == "1-12-2026, 8-12-2026, 15-3-2027"
