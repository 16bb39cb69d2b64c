import html5lib
import pytest
from django.core.exceptions import ValidationError
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from socialekaart_plugin.places.timetable_form import (
    OpeningHoursEntry,
    OpeningHoursFormField,
    ScheduleEntry,
    ScheduleFormField,
)
from socialekaart_plugin.timetable.as_json import (
    opening_hours_from_json,
    opening_hours_to_json,
    schedule_from_json,
    schedule_to_json,
)
from socialekaart_plugin.timetable.errors import TimetableError
from socialekaart_plugin.timetable.opening_hours import OpeningHours, OtherDay
from socialekaart_plugin.timetable.public_holidays import USUAL_HOLIDAYS, PublicHoliday
from tests.places.timetable_data import NAME, sent_by, typed
from tests.timetable.strategies import budget, days, periods, schedules, seasons, slots

pytestmark = pytest.mark.once

#: A form is rendered and read each time, which takes a tenth of a second.
forms = settings(budget, max_examples=75)

TUESDAY = {"repeats": "weekly", "weekdays": ["TU"], "times": [{"starts_at": "10", "ends_at": "12"}]}
FORTNIGHT = {**TUESDAY, "repeats": "weeks", "every_weeks": "2", "week_anchor": "1-12-2026"}


def shown(field_class, kept):
    return field_class(label="Wanneer").widget.render(NAME, kept, {"id": f"id_{NAME}"})


def read(data, field_class=ScheduleFormField):
    field = field_class(required=False)
    return field.clean(field.widget.value_from_datadict(data, {}, NAME))


def entry_of(**fields):
    return ScheduleEntry(NAME, data=typed(**fields))


def when(**fields):
    row = {**TUESDAY, **fields}
    if row["repeats"] not in ("weekly", "weeks", "monthly_by_weekday"):
        del row["weekdays"]
    return {"when": [row]}


@st.composite
def opening_hours(draw):
    week = tuple(tuple(draw(st.lists(slots(), max_size=2))) for _day in range(7))
    others = st.builds(OtherDay, days, st.lists(slots(), max_size=1).map(tuple))
    try:
        return OpeningHours(
            week=week,
            other_days=tuple(draw(st.lists(others, max_size=3))),
            periods_left_out=tuple(draw(st.lists(periods(), max_size=2))),
            seasons_left_out=tuple(draw(st.lists(seasons(), max_size=1))),
            in_school_holidays=draw(st.booleans()),
            public_holidays_left_out=draw(st.frozensets(st.sampled_from(PublicHoliday))),
        )
    except TimetableError:
        assume(False)


@forms
@given(schedules())
def test_every_schedule_means_the_same_after_it_was_shown_in_a_form_and_sent_back(schedule):
    kept = schedule_to_json(schedule)
    data = sent_by(shown(ScheduleFormField, kept))
    assert schedule_from_json(read(data)).normal() == schedule.normal()
    assert not ScheduleFormField().has_changed(kept, ScheduleEntry(NAME, data=data))


@forms
@given(opening_hours())
def test_all_opening_hours_are_the_same_after_they_were_shown_in_a_form_and_sent_back(hours):
    kept = opening_hours_to_json(hours)
    data = sent_by(shown(OpeningHoursFormField, kept))
    found = opening_hours_from_json(read(data, OpeningHoursFormField))
    assert found.week == hours.week
    assert found.other_days == hours.other_days
    assert found.schedule().normal() == hours.schedule().normal()
    assert not OpeningHoursFormField().has_changed(kept, OpeningHoursEntry(NAME, data=data))


@pytest.mark.parametrize("field_class", [ScheduleFormField, OpeningHoursFormField])
def test_a_form_in_which_nothing_is_typed_keeps_nothing_and_is_no_change(field_class):
    data = sent_by(shown(field_class, None))
    assert read(data, field_class) is None
    field = field_class(required=False)
    assert not field.has_changed(None, field.widget.value_from_datadict(data, {}, NAME))


@pytest.mark.parametrize(
    ("field_class", "rows"),
    [(ScheduleFormField, {"when"}), (OpeningHoursFormField, {"other"})],
)
def test_the_script_finds_an_empty_row_of_every_kind_that_can_be_added(field_class, rows):
    page = html5lib.parseFragment(shown(field_class, None), namespaceHTMLElements=False)
    found = {each.get("data-sk-template") for each in page.iter("template")}
    asked = {each.get("data-sk-new") for each in page.iter("button") if each.get("data-sk-new")}
    assert found == {*rows, "times", "period", "season", "calendar", "failed"}
    assert asked <= found


def test_a_field_that_is_required_asks_when_it_is():
    with pytest.raises(ValidationError) as refused:
        ScheduleFormField(required=True).clean(entry_of())
    assert refused.value.code == "required"


def test_taking_everything_away_is_a_change():
    kept = read(typed(when=[TUESDAY]))
    assert ScheduleFormField().has_changed(kept, entry_of())


def test_another_date_of_the_same_fortnight_is_no_change():
    kept = read(typed(when=[FORTNIGHT]))
    other = entry_of(when=[{**FORTNIGHT, "week_anchor": "15-12-2026"}])
    assert not ScheduleFormField().has_changed(kept, other)
    between = entry_of(when=[{**FORTNIGHT, "week_anchor": "8-12-2026"}])
    assert ScheduleFormField().has_changed(kept, between)


def test_every_other_tuesday_is_kept_with_the_date_that_was_typed():
    (rule,) = read(typed(when=[FORTNIGHT]))["rules"]
    assert rule == {
        "repeats": "weekly",
        "weekdays": ["TU"],
        "interval": 2,
        "anchor": "2026-12-01",
        "starts_at": "10:00",
        "ends_at": "12:00",
        "overnight": False,
        "valid_from": None,
        "valid_until": None,
    }


def test_weeks_are_counted_from_the_first_day_when_there_is_one():
    row = {**FORTNIGHT, "week_anchor": "", "valid_from": "1 sep 2026"}
    assert read(typed(when=[row]))["rules"][0]["anchor"] == "2026-09-01"


def test_two_times_on_the_same_days_are_two_rules_and_one_row():
    times = [{"starts_at": "10", "ends_at": "12"}, {"starts_at": "14", "ends_at": "16"}]
    kept = read(typed(**when(times=times)))
    assert len(kept["rules"]) == 2
    assert len(ScheduleEntry(NAME, kept=kept).when.forms) == 1


def test_dates_that_were_chosen_with_the_same_times_are_one_row():
    kept = read(typed(**when(repeats="once", dates="3-5-2027, 10-5-2027; 17 mei 2027")))
    assert [rule["on"] for rule in kept["rules"]] == ["2027-05-03", "2027-05-10", "2027-05-17"]
    (row,) = ScheduleEntry(NAME, kept=kept).when
    assert row["dates"].value() == "3-5-2027, 10-5-2027, 17-5-2027"


def test_the_midnight_at_which_it_ends_is_24():
    kept = read(typed(**when(times=[{"starts_at": "20.00", "ends_at": "24.00"}])))
    assert (kept["rules"][0]["ends_at"], kept["rules"][0]["overnight"]) == ("00:00", True)
    (row,) = ScheduleEntry(NAME, kept=kept).when
    (times,) = row.times
    assert not times["overnight"].value()


def test_whole_months_are_left_out_without_days():
    season = {"first_month": "7", "last_month": "8"}
    kept = read(typed(when=[TUESDAY], **{"not": {"seasons": [season]}}))
    assert kept["seasons_left_out"] == [{"from": "07-01", "to": "08-31"}]


def test_the_usual_holidays_are_one_tick():
    kept = read(typed(when=[TUESDAY], **{"not": {"public_holidays": sorted(USUAL_HOLIDAYS)}}))
    page = shown(ScheduleFormField, kept)
    assert "data-sk-all-holidays" in page
    assert not ScheduleEntry(NAME, kept=kept).exceptions.has_other_holidays
    assert set(kept["public_holidays_left_out"]) == set(USUAL_HOLIDAYS)


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        (when(weekdays=[]), "when-0-weekdays"),
        (when(times=[{"starts_at": "12", "ends_at": "10"}]), "when-0-times-0-ends_at"),
        (when(times=[{"starts_at": "tien", "ends_at": "12"}]), "when-0-times-0-starts_at"),
        (when(times=[{"starts_at": "", "ends_at": "12"}]), "when-0-times-0-starts_at"),
        (when(times=[{"starts_at": "10", "ends_at": ""}]), "when-0-times-0-ends_at"),
        (when(repeats="weeks", every_weeks="2"), "when-0-week_anchor"),
        (when(repeats="weeks", every_weeks="99", week_anchor="1-12-2026"), "when-0-every_weeks"),
        (when(repeats="weeks", every_weeks="x"), "when-0-every_weeks"),
        (when(repeats="monthly_by_weekday"), "when-0-weeks"),
        (when(repeats="monthly_by_day", days="32"), "when-0-days"),
        (when(repeats="monthly_by_day", days="1", every_months="2"), "when-0-month_anchor"),
        (when(repeats="yearly", day="30", month="2"), "when-0-day"),
        (when(repeats="yearly", day="30"), "when-0-month"),
        (when(repeats="once", dates="31-2-2027"), "when-0-dates"),
        (when(repeats="once"), "when-0-dates"),
        (when(valid_from="1-9-2027", valid_until="1-8-2027"), "when-0-valid_until"),
        (when(valid_from="1-9-0027"), "when-0-valid_from"),
        (when(valid_until="1-9-2127"), "when-0-valid_until"),
        ({**when(), "not": {"left_out": "morgen"}}, "not-left_out"),
        (
            {**when(), "not": {"periods": [{"first": "2-1-2027", "last": "1-1-2027"}]}},
            "not-periods-0-last",
        ),
        (
            {**when(), "not": {"seasons": [{"first_month": "2", "first_day": "30"}]}},
            "not-seasons-0-last_month",
        ),
    ],
)
def test_an_error_stands_at_its_field_and_what_was_typed_is_still_there(fields, where):
    data = typed(**fields)
    field = ScheduleFormField(required=False)
    entry = field.widget.value_from_datadict(data, {}, NAME)
    with pytest.raises(ValidationError) as refused:
        field.clean(entry)
    page = field.widget.render(NAME, field.widget.value_from_datadict(data, {}, NAME), {"id": "x"})
    assert f'id="id_{NAME}-{where}_error"' in page
    assert all(message in page for message in refused.value.messages)
    again = sent_by(page)
    for name, values in data.lists():
        assert again.getlist(name) == values


def test_a_rule_that_never_happens_says_so_at_its_row():
    data = typed(**when(valid_from="2-12-2026", valid_until="3-12-2026"))
    entry = ScheduleEntry(NAME, data=data)
    assert "nooit" in entry.problems[0]
    assert entry.when.forms[0].non_field_errors() == entry.problems


def test_a_row_of_which_every_date_is_left_out_says_so_at_that_row():
    rows = [TUESDAY, {**TUESDAY, "repeats": "yearly", "day": "1", "month": "7"}]
    season = {"first_month": "7", "last_month": "7"}
    entry = entry_of(when=rows, **{"not": {"seasons": [season]}})
    assert len(entry.problems) == 1
    assert [len(row.non_field_errors()) for row in entry.when] == [0, 1]


def test_exceptions_without_days_are_not_lost_without_a_word():
    entry = entry_of(**{"not": {"not_in_school_holidays": "on"}})
    assert "dagen en tijden" in entry.problems[0]


def test_what_is_kept_and_cannot_be_read_is_told():
    page = shown(ScheduleFormField, {"rules": "elke dinsdag"})
    assert "schedule: rules" in page


def test_times_of_one_day_that_overlap_say_so_at_that_day():
    times = [{"starts_at": "9", "ends_at": "12"}, {"starts_at": "11", "ends_at": "13"}]
    data = typed(MO=times)
    with pytest.raises(ValidationError) as refused:
        read(data, OpeningHoursFormField)
    assert "overlappen" in refused.value.messages[0]
    page = OpeningHoursFormField().widget.render(NAME, OpeningHoursEntry(NAME, data=data), {})
    monday, tuesday = page.split("<legend>")[1:3]
    assert refused.value.messages[0] in monday
    assert refused.value.messages[0] not in tuesday


def test_another_day_without_times_is_closed_and_given_twice_is_refused():
    week = {"MO": [{"starts_at": "9", "ends_at": "17"}]}
    kept = read(typed(**week, other=[{"on": "24-12-2026"}]), OpeningHoursFormField)
    assert kept["other_days"] == [{"on": "2026-12-24", "slots": []}]
    with pytest.raises(ValidationError) as refused:
        read(typed(**week, other=[{"on": "24-12-2026"}] * 2), OpeningHoursFormField)
    assert "twee keer" in refused.value.messages[0]


keys = st.sampled_from(
    [
        "when-row",
        "when-0-repeats",
        "when-0-times-row",
        "when-0-times-0-starts_at",
        "when-0-times-0-ends_at",
        "when-0-every_weeks",
        "when-0-days",
        "when-0-weekdays",
        "when-0-dates",
        "MO-row",
        "MO-0-starts_at",
        "not-left_out",
        "not-public_holidays",
        "not-periods-row",
        "not-seasons-row",
        "not-seasons-0-first_day",
        "other-0-on",
    ]
)
values = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["0", "weekly", "once", "yearly", "10", "24.00", "1-1-1", "9" * 5000, "TU"]),
    st.sampled_from(["\x00", "٣:٣٠", "0-0-0000", "-1", "1e3", "monthly_by_day", "__row__"]),
)


@forms
@given(st.lists(st.tuples(keys, values), max_size=12))
def test_no_nonsense_breaks_the_form(pairs):
    fields: dict[str, list[str]] = {"when-row": ["0"]}
    for key, value in pairs:
        fields.setdefault(key, []).append(value)
    data = typed(**fields)
    for field in (ScheduleFormField(required=False), OpeningHoursFormField(required=False)):
        entry = field.widget.value_from_datadict(data, {}, NAME)
        assert field.widget.render(NAME, entry, {})
        if not entry.problems:
            found = field.clean(entry)
            assert found is None or field.entry_class.from_json(found)
