import json

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import ModelLogEntry

from socialekaart_plugin.models import Area, Place, PublishedRecord
from socialekaart_plugin.places import signals
from socialekaart_plugin.places.actions import load_areas
from socialekaart_plugin.places.boundaries import AreaOutline
from socialekaart_plugin.places.choices import AreaKind
from socialekaart_plugin.places.rules import format_point
from tests.factories import OrganisationFactory, PlaceFactory, UserFactory, square

pytestmark = pytest.mark.django_db


def district(name):
    """What a district is called in a report."""
    return f"{name} ({AreaKind.DISTRICT.label})"


def outline(code="WK01", name="Centrum", kind=AreaKind.DISTRICT, parent_code="", shape=None):
    return AreaOutline(
        kind=kind,
        code=code,
        name=name,
        parent_code=parent_code,
        outline=shape or square(4.48, 52.05),
    )


TOWN = outline("GM01", "Stad", AreaKind.MUNICIPALITY, shape=square(4.4, 52.0, size=0.2))


def test_areas_are_made_by_their_code_with_the_wider_one():
    report = load_areas(areas=[TOWN, outline(parent_code="GM01")])
    assert report.created == ["Stad", "Centrum"]
    assert Area.objects.get(code="WK01").parent.code == "GM01"


def test_loading_the_same_again_changes_nothing():
    areas = [TOWN, outline(parent_code="GM01")]
    load_areas(areas=areas)
    before = PublishedRecord.objects.order_by("pk").values_list("uuid", "sequence")
    before = list(before)
    report = load_areas(areas=areas)
    assert report.unchanged == ["Stad", "Centrum"]
    assert (report.created, report.updated, report.moved_places) == ([], [], [])
    assert list(PublishedRecord.objects.order_by("pk").values_list("uuid", "sequence")) == before


def test_an_area_that_was_renamed_is_reported_and_keeps_its_address():
    load_areas(areas=[outline(name="Centrum")])
    slug = Area.objects.get(code="WK01").slug
    report = load_areas(areas=[outline(name="Binnenstad")])
    assert report.updated == ["Binnenstad"]
    area = Area.objects.get(code="WK01")
    assert (area.name, area.slug) == ("Binnenstad", slug)


def test_a_file_without_the_wider_area_leaves_the_area_where_it_lies():
    load_areas(areas=[TOWN, outline(parent_code="GM01")])
    assert load_areas(areas=[outline()]).unchanged == ["Centrum"]
    assert Area.objects.get(code="WK01").parent.code == "GM01"


def parent_of(code):
    parent = Area.objects.get(code=code).parent
    return parent.code if parent else None


@pytest.mark.parametrize("again", [[], [outline(parent_code="GM01")], [outline()]])
def test_the_wider_area_may_be_loaded_later(again):
    load_areas(areas=[outline(parent_code="GM01")])
    assert parent_of("WK01") is None
    report = load_areas(areas=[*again, TOWN])
    assert (report.created, report.updated, report.unchanged) == (["Stad"], ["Centrum"], [])
    assert report.changes[0].part_of_before == "–"
    assert report.changes[0].part_of.startswith("Stad (")
    assert parent_of("WK01") == "GM01"


def test_an_area_between_two_others_takes_in_the_narrower_one_and_leaves_its_neighbour():
    buurt = AreaKind.NEIGHBOURHOOD
    inside = outline("BU01", "Dorp", buurt, shape=square(4.485, 52.055, 0.005))
    beside = outline("BU02", "Veld", buurt, shape=square(4.52, 52.055, 0.005))
    load_areas(areas=[inside, beside, TOWN])
    assert (parent_of("BU01"), parent_of("BU02")) == ("GM01", "GM01")
    load_areas(areas=[outline()])
    assert (parent_of("BU01"), parent_of("BU02")) == ("WK01", "GM01")


def test_within_a_run_the_order_of_the_areas_does_not_matter():
    report = load_areas(areas=[outline(parent_code="GM01"), TOWN])
    assert (report.created, report.changes) == (["Stad", "Centrum"], [])
    assert parent_of("WK01") == "GM01"


def test_a_report_says_what_changed_of_an_area_and_by_how_much():
    load_areas(areas=[TOWN, outline(parent_code="GM01"), outline("WK02", "Meerzicht")])
    report = load_areas(
        areas=[outline(name="Binnenstad", shape=square(4.485, 52.05)), outline("WK03", "Noord")]
    )
    (change,) = report.changes
    assert (change.name, change.name_before, change.part_of) == ("Binnenstad", "Centrum", None)
    assert change.moved_share == pytest.approx(0.5)
    assert report.created == ["Noord"]
    assert report.gone == [district("Meerzicht")]
    assert Area.objects.filter(code="WK02").exists()


def test_a_dry_run_tells_the_same_and_changes_nothing():
    place = PlaceFactory(name="Buurthuis", location=format_point(52.06, 4.49))
    before = list(PublishedRecord.objects.values_list("uuid", "sequence"))
    dry = load_areas(areas=[TOWN, outline()], dry_run=True)
    assert not Area.objects.exists()
    place.refresh_from_db()
    assert place.area is None
    assert not ModelLogEntry.objects.exists()
    assert list(PublishedRecord.objects.values_list("uuid", "sequence")) == before
    assert load_areas(areas=[TOWN, outline()]) == dry


def test_areas_that_the_file_does_not_hold_stay():
    load_areas(areas=[outline()])
    load_areas(areas=[outline("WK02", "Meerzicht", shape=square(4.5, 52.05))])
    assert Area.objects.count() == 2


def test_a_place_that_lies_elsewhere_now_is_reported_and_stored():
    place = PlaceFactory(name="Buurthuis", location=format_point(52.06, 4.49))
    assert load_areas(areas=[outline()]).moved_places == [("Buurthuis", "–", district("Centrum"))]
    moved = [outline(shape=square(5, 53)), outline("WK02", "Meerzicht", shape=square(4.48, 52.05))]
    report = load_areas(areas=moved)
    assert report.moved_places == [("Buurthuis", district("Centrum"), district("Meerzicht"))]
    assert Place.objects.get(pk=place.pk).area.code == "WK02"


def test_a_place_that_moved_is_shown_elsewhere_at_once():
    place = PlaceFactory(location=format_point(52.06, 4.49))
    organisation = OrganisationFactory(public=True, visiting_place=place)
    load_areas(areas=[outline()])
    row = PublishedRecord.objects.get(uuid=organisation.uuid)
    assert [area["name"] for area in row.public_payload["places"][0]["areas"]] == ["Centrum"]


def test_a_place_that_someone_enters_meanwhile_does_not_stop_the_loading():
    def enter_one(sender, instance, **kwargs):
        signals.place_saved.disconnect(enter_one)
        PlaceFactory(location=format_point(52.06, 4.49))

    signals.place_saved.connect(enter_one)
    assert load_areas(areas=[outline()]).created == ["Centrum"]


def test_loading_is_logged_with_who_did_it():
    user = UserFactory()
    PlaceFactory(name="Buurthuis", location=format_point(52.06, 4.49))
    load_areas(areas=[outline()], user=user)
    load_areas(areas=[outline(name="Binnenstad")], user=user)
    logged = ModelLogEntry.objects.filter(user=user).order_by("pk")
    assert [(entry.label, entry.action) for entry in logged] == [
        (district("Centrum"), "wagtail.create"),
        ("Buurthuis", "wagtail.edit"),
        (district("Binnenstad"), "wagtail.edit"),
    ]


@pytest.fixture
def boundary_file(tmp_path):
    def write(*areas):
        path = tmp_path / "wijken.geojson"
        features = [
            {"properties": {"wijkcode": code, "wijknaam": name}, "geometry": shape}
            for code, name, shape in areas
        ]
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
        return str(path)

    return write


BOW_TIE = {"type": "Polygon", "coordinates": [[[4, 52], [5, 53], [5, 52], [4, 53], [4, 52]]]}
GOOD = ("WK01", "Centrum", square(4.48, 52.05))


def test_the_command_tells_what_it_did(boundary_file, capsys):
    PlaceFactory(name="Buurthuis", location=format_point(52.06, 4.49))
    call_command("load_areas", boundary_file(GOOD), kind="district")
    printed = capsys.readouterr().out
    assert "1" in printed.splitlines()[0]
    assert "Buurthuis: – → Centrum" in printed
    call_command("load_areas", boundary_file(GOOD), kind="district")
    assert "Buurthuis" not in capsys.readouterr().out


def test_the_command_takes_other_names_of_properties(tmp_path):
    path = tmp_path / "wijken.json"
    path.write_text(
        json.dumps(
            {"features": [{"properties": {"c": "WK1", "n": "Dorp"}, "geometry": square(4, 52)}]}
        )
    )
    call_command("load_areas", str(path), kind="district", code_property="c", name_property="n")
    assert Area.objects.get(code="WK1").name == "Dorp"


@pytest.mark.parametrize(
    "bad",
    [
        ("WK02", "Bow tie", BOW_TIE),
        ("WK02", "", square(4, 52)),
        ("WK01", "Twice", square(4, 52)),
        ("W" * 21, "Code too long", square(4, 52)),
        ("WK02", "N" * 161, square(4, 52)),
    ],
)
def test_an_error_in_the_file_is_told_in_words_and_leaves_nothing_behind(boundary_file, bad):
    with pytest.raises(CommandError) as caught:
        call_command("load_areas", boundary_file(GOOD, bad), kind="district")
    assert str(caught.value)
    assert not Area.objects.exists()
    assert not PublishedRecord.objects.exists()


def test_the_command_reports_what_moved_and_changes_nothing_in_a_dry_run(boundary_file, capsys):
    PlaceFactory(name="Buurthuis", location=format_point(52.06, 4.49))
    call_command("load_areas", boundary_file(GOOD, ("WK09", "Oud", square(5, 52))))
    capsys.readouterr()
    moved = boundary_file(
        ("WK01", "Binnenstad", square(4.46, 52.05)), ("WK02", "Nieuw", square(4.48, 52.05))
    )
    call_command("load_areas", moved, dry_run=True)
    told = capsys.readouterr().out
    assert "+ Nieuw" in told
    assert "~ Binnenstad: heette Centrum; omtrek verschoven: 2e+02%" not in told
    assert "~ Binnenstad: heette Centrum; omtrek verschoven: 200% van de oppervlakte" in told
    assert "Oud" in told
    assert "Buurthuis: Centrum (wijk) → Nieuw (wijk)" in told
    assert told.splitlines()[-1] == "Er is niets veranderd: dit was een proef."
    assert Area.objects.get(code="WK01").name == "Centrum"
    call_command("load_areas", moved)
    assert "proef" not in capsys.readouterr().out
    assert Area.objects.get(code="WK01").name == "Binnenstad"


def test_the_command_asks_what_a_file_holds_that_does_not_say_so(tmp_path):
    path = tmp_path / "wijken.json"
    path.write_text(
        json.dumps(
            {"features": [{"properties": {"c": "WK1", "n": "Dorp"}, "geometry": square(4, 52)}]}
        )
    )
    with pytest.raises(CommandError, match="--kind"):
        call_command("load_areas", str(path))


def test_a_file_that_is_not_there_is_told_in_words(tmp_path):
    with pytest.raises(CommandError, match="nergens"):
        call_command("load_areas", str(tmp_path / "nergens.geojson"), kind="district")
