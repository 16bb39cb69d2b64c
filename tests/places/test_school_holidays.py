from datetime import date

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import ModelLogEntry

from socialekaart_plugin.models import SchoolHoliday
from socialekaart_plugin.places.actions import load_school_holidays
from socialekaart_plugin.places.rules import supplemented_holidays
from socialekaart_plugin.places.selectors import school_holidays
from socialekaart_plugin.timetable.calendars import Calendar, Period
from socialekaart_plugin.timetable.public_holidays import Region, official_school_holidays
from tests.factories import UserFactory

MAY = Period(date(2027, 4, 17), date(2027, 5, 2), "Meivakantie")
SUMMER = Period(date(2027, 7, 17), date(2027, 8, 29), "Zomervakantie")


def calendar(*periods):
    return Calendar("vakanties", periods)


def load(*periods, region=Region.MIDDLE, **kwargs):
    (changes,) = load_school_holidays(calendars={region: calendar(*periods)}, **kwargs)
    return changes


def kept(region="midden"):
    return [row.period for row in SchoolHoliday.objects.filter(region=region)]


@pytest.fixture
def write(tmp_path):
    def write(content, name="vakanties.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write


GOOD = "region,name,from,to\nmidden,Meivakantie,2027-04-17,2027-05-02\n"


@pytest.mark.django_db
def test_a_list_is_kept_and_loading_it_again_changes_nothing():
    assert load(SUMMER, MAY).added == [MAY, SUMMER]
    again = load(SUMMER, MAY)
    assert (again.added, again.removed, again.unchanged) == ([], [], 2)
    assert kept() == [MAY, SUMMER]


@pytest.mark.django_db
def test_a_list_replaces_from_its_first_date_on_and_leaves_what_lies_before():
    load(MAY, SUMMER)
    longer = Period(SUMMER.first, date(2027, 9, 5), "Zomervakantie")
    changes = load(longer)
    assert (changes.added, changes.removed) == ([longer], [SUMMER])
    assert kept() == [MAY, longer]


@pytest.mark.django_db
def test_a_holiday_that_runs_into_the_list_gives_way_to_it():
    load(MAY)
    other = Period(date(2027, 5, 1), date(2027, 5, 9), "Meivakantie")
    assert load(other).removed == [MAY]
    assert kept() == [other]


@pytest.mark.django_db
def test_a_region_that_the_list_does_not_hold_is_left_alone():
    load(MAY, region=Region.NORTH)
    load(SUMMER)
    assert kept("noord") == [MAY]


@pytest.mark.django_db
def test_loading_is_logged_once_a_region_and_only_when_something_changed():
    user = UserFactory()
    load(MAY, SUMMER, user=user)
    load(MAY, SUMMER, user=user)
    (entry,) = ModelLogEntry.objects.filter(action="socialekaart.load_school_holidays")
    assert entry.user == user
    assert entry.data == {"region": "midden", "from": "2027-04-17", "added": 2, "removed": 0}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "name"),
    [
        (GOOD, "vakanties.csv"),
        (GOOD.replace(",", ";"), "VAKANTIES.CSV"),
        (
            '[{"region": "midden", "name": "Meivakantie",'
            ' "from": "2027-04-17", "to": "2027-05-02"}]',
            "vakanties.json",
        ),
    ],
)
def test_the_command_reads_both_forms_and_says_what_changed(write, capsys, content, name):
    call_command("load_school_holidays", write(content, name))
    assert kept() == [MAY]
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("midden: 1 ")
    assert second == "  + Meivakantie: 17 april 2027 – 2 mei 2027"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (GOOD + "noord,Zomer,2027-08-01,2027-07-01\n", ["3", "“Zomer”"]),
        (GOOD + "midden,Mei,2027-05-01,2027-05-05\n", ["Meivakantie (17 april 2027", "Mei (1 mei"]),
        (GOOD + "west,Zomer,2027-07-01,2027-08-01\n", ["3", "“west”", "zuid"]),
        (GOOD + "midden,Zomer,1 juli,2027-08-01\n", ["3", "2027-04-24"]),
        (GOOD + "midden,Zomer\n", ["3"]),
        (GOOD + f"midden,{'z' * 81},2027-07-01,2027-08-01\n", ["zzz"]),
        ("regio,naam\n", ["region, name, from, to"]),
        ("region,name,from,to\n", [""]),
        (b"\xff\xfe\x00", ["UTF-8"]),
    ],
)
def test_a_list_with_an_error_is_refused_in_words_and_nothing_is_kept(write, content, words):
    with pytest.raises(CommandError) as caught:
        call_command("load_school_holidays", write(content))
    assert str(caught.value)
    for word in words:
        assert word in str(caught.value)
    assert not SchoolHoliday.objects.exists()


@pytest.mark.parametrize("name", ["vakanties.xlsx", "nergens.csv"])
def test_a_file_that_is_not_there_or_of_another_kind_is_refused(tmp_path, name):
    with pytest.raises(CommandError) as caught:
        call_command("load_school_holidays", str(tmp_path / name))
    assert ".csv" in str(caught.value)


OFFICIAL = Calendar.of(
    "officieel",
    [
        ("Zomer", date(2026, 7, 18), date(2026, 8, 30)),
        ("Herfst", date(2026, 10, 17), date(2026, 10, 25)),
        ("Zomer", date(2027, 7, 10), date(2027, 8, 22)),
        ("Herfst", date(2027, 10, 16), date(2027, 10, 24)),
    ],
)


def names(found):
    return [(period.name, period.first.year) for period in found.periods]


def test_official_holidays_fill_the_time_before_and_after_the_list():
    found = supplemented_holidays([MAY, SUMMER], OFFICIAL)
    assert names(found) == [
        ("Zomer", 2026),
        ("Herfst", 2026),
        ("Meivakantie", 2027),
        ("Zomervakantie", 2027),
        ("Herfst", 2027),
    ]


def test_an_official_holiday_within_the_list_is_left_out_also_where_the_list_has_none():
    spring = Period(date(2027, 3, 1), date(2027, 3, 7), "Voorjaar")
    autumn = Period(date(2027, 7, 25), date(2027, 7, 30), "Zomer")
    found = supplemented_holidays([autumn, spring], OFFICIAL)
    assert names(found)[2:] == [("Voorjaar", 2027), ("Zomer", 2027), ("Herfst", 2027)]


def test_between_two_lists_with_a_hole_of_half_a_year_the_official_ones_hold():
    early = Period(date(2026, 5, 1), date(2026, 5, 9), "Mei")
    found = supplemented_holidays([early, SUMMER], OFFICIAL)
    assert names(found) == [
        ("Mei", 2026),
        ("Zomer", 2026),
        ("Herfst", 2026),
        ("Zomervakantie", 2027),
        ("Herfst", 2027),
    ]


@pytest.mark.django_db
def test_without_a_list_the_official_holidays_hold(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert school_holidays() == official_school_holidays(Region.MIDDLE)


@pytest.mark.django_db
def test_what_is_loaded_holds_at_once_and_for_its_own_region_only(settings):
    school_holidays()
    load(MAY)
    assert school_holidays().period_on(date(2027, 4, 17)) == MAY
    settings.SOCIALEKAART_SCHOOL_REGION = "noord"
    assert school_holidays() == official_school_holidays(Region.NORTH)


@pytest.mark.django_db
def test_a_site_may_have_no_school_holidays(settings):
    settings.SOCIALEKAART_SCHOOL_REGION = ""
    assert school_holidays() is None
