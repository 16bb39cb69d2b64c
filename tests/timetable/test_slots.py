from datetime import UTC, time

import pytest

from socialekaart_plugin.timetable.errors import ErrorCode, TimetableError
from socialekaart_plugin.timetable.slots import Slot, fill_the_day, refuse_overlap


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "overnight", "minutes"),
    [
        (time(10), time(12), False, 120),
        (time(0), time(23, 59), False, 1439),
        (time(22), time(2), True, 240),
        (time(20), time(0), True, 240),
        (time(0), time(0), True, 1440),
        (time(9), time(9), True, 1440),
    ],
)
def test_a_slot_lasts(starts_at, ends_at, overnight, minutes):
    assert Slot(starts_at, ends_at, overnight).minutes == minutes


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "overnight", "code"),
    [
        (time(12), time(10), False, ErrorCode.END_NOT_AFTER_START),
        (time(10), time(10), False, ErrorCode.END_NOT_AFTER_START),
        (time(10), time(12), True, ErrorCode.OVERNIGHT_TOO_LONG),
        (time(10, 0, 30), time(12), False, ErrorCode.TIME_NOT_IN_MINUTES),
        (time(10), time(12, tzinfo=UTC), False, ErrorCode.TIME_NOT_IN_MINUTES),
    ],
)
def test_what_cannot_be_is_refused(starts_at, ends_at, overnight, code):
    with pytest.raises(TimetableError) as refused:
        Slot(starts_at, ends_at, overnight)
    assert refused.value.code is code


def test_only_from_midnight_to_midnight_is_the_whole_day():
    whole = Slot(time(0), time(0), overnight=True)
    assert fill_the_day([whole])
    assert fill_the_day([Slot(time(12), time(0), overnight=True), Slot(time(0), time(12))])
    assert fill_the_day([whole, Slot(time(10), time(12))])
    assert not fill_the_day([Slot(time(9), time(9), overnight=True)])
    assert not fill_the_day([Slot(time(0), time(23, 59))])
    assert not fill_the_day([Slot(time(0), time(9)), Slot(time(10), time(0), overnight=True)])
    assert not fill_the_day([])


def test_slots_that_touch_do_not_overlap():
    refuse_overlap([Slot(time(13), time(15)), Slot(time(9), time(13))])
    refuse_overlap([Slot(time(13), time(15)), Slot(time(20), time(2), overnight=True)])


@pytest.mark.parametrize(
    "slots",
    [
        [Slot(time(13), time(15)), Slot(time(9), time(13, 30))],
        [Slot(time(9), time(12)), Slot(time(9), time(12))],
        [Slot(time(20), time(2), overnight=True), Slot(time(23), time(23, 30))],
    ],
)
def test_slots_that_overlap_are_refused(slots):
    with pytest.raises(TimetableError) as refused:
        refuse_overlap(slots)
    assert refused.value.code is ErrorCode.SLOTS_OVERLAP
