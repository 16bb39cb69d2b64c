"""The real boundaries and addresses of Zoetermeer, as far as they lie beside the repository."""

import csv

import pytest
from django.core.management import call_command

from socialekaart_plugin.models import Area, Place
from socialekaart_plugin.places.actions import load_areas
from socialekaart_plugin.places.boundaries import read_boundary_file
from socialekaart_plugin.places.choices import AreaKind
from socialekaart_plugin.places.rules import format_point, outline_holds

pytestmark = [pytest.mark.django_db, pytest.mark.once]

FILES = {
    AreaKind.MUNICIPALITY: ("gemeente_2024.geojson", 1),
    AreaKind.DISTRICT: ("wijken_2024.geojson", 9),
    AreaKind.NEIGHBOURHOOD: ("buurten_2024.geojson", 26),
}

#: The one address whose coordinates are wrong in the source (SOURCE.md): they lie in France.
DIRTY = {"Markt 10": ("Rokkeveen-Oost", "")}


@pytest.fixture
def folder(shared_data):
    return shared_data / "zoetermeer-geo"


@pytest.fixture
def zoetermeer(folder):
    for kind, (name, _number) in FILES.items():
        load_areas(areas=read_boundary_file(folder / name, kind=kind))


@pytest.fixture
def addresses(folder):
    with (folder / "adressen_zoetermeer.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_all_three_levels_load(zoetermeer):
    for kind, (_name, number) in FILES.items():
        assert Area.objects.filter(kind=kind).count() == number
    assert Area.objects.filter(parent=None).get().name == "Zoetermeer"
    dorp = Area.objects.get(code="BU06370001")
    assert [area.name for area in dorp.ancestors_and_self()] == ["Zoetermeer", "Centrum", "Dorp"]


def test_all_three_levels_load_again_without_a_change(folder, zoetermeer):
    for kind, (name, number) in FILES.items():
        report = load_areas(areas=read_boundary_file(folder / name, kind=kind))
        assert len(report.unchanged) == number


def test_all_three_levels_load_in_one_command_in_any_order(folder, capsys):
    names = [folder / name for name, _number in reversed(FILES.values())]
    call_command("load_areas", *names)
    assert capsys.readouterr().out.startswith("Gebieden: 36 nieuw")
    assert Area.objects.filter(parent=None).get().name == "Zoetermeer"


def test_levels_that_are_loaded_from_narrow_to_wide_find_each_other(folder):
    for kind, (name, _number) in reversed(FILES.items()):
        load_areas(areas=read_boundary_file(folder / name, kind=kind))
    assert Area.objects.filter(parent=None).get().name == "Zoetermeer"
    for buurt in Area.objects.filter(kind=AreaKind.NEIGHBOURHOOD).select_related("parent"):
        assert buurt.parent.code == buurt.code.replace("BU", "WK")[:8]


def test_a_new_year_is_reported_area_by_area(folder, zoetermeer, addresses):
    # All places are placed again at each load: half of them show it as well.
    for row in addresses[::2]:
        placed(row)
    old = read_boundary_file(
        folder / "wijken_2014.geojson",
        kind=AreaKind.DISTRICT,
        code_property="statcode",
        name_property="statnaam",
    )
    report = load_areas(areas=old, dry_run=True)
    # The same nine codes, drawn far more coarsely: all move, none is new or gone.
    assert (len(report.updated), report.created, report.gone) == (9, [], [])
    assert all(0.01 < change.moved_share < 1.5 for change in report.changes)
    assert load_areas(areas=old[:5], dry_run=True).gone
    again = read_boundary_file(folder / "wijken_2024.geojson", kind=AreaKind.DISTRICT)
    assert len(load_areas(areas=again).unchanged) == 9


@pytest.mark.parametrize(
    ("name", "kind", "number"),
    [
        ("wijken_2014.geojson", AreaKind.DISTRICT, 9),
        ("wijken_2014_full.geojson", AreaKind.DISTRICT, 9),
        ("buurten_2014.geojson", AreaKind.NEIGHBOURHOOD, 26),
    ],
)
def test_the_coarse_boundaries_of_2014_load_by_the_names_of_their_properties(
    folder, name, kind, number
):
    outlines = read_boundary_file(
        folder / name, kind=kind, code_property="statcode", name_property="statnaam"
    )
    assert len(load_areas(areas=outlines).created) == number


def test_every_neighbourhood_lies_in_its_district_and_in_the_town(zoetermeer):
    town = Area.objects.get(kind=AreaKind.MUNICIPALITY).polygon
    for buurt in Area.objects.filter(kind=AreaKind.NEIGHBOURHOOD).select_related("parent"):
        inside = buurt.polygon.representative_point()
        assert outline_holds(buurt.parent.polygon, inside.y, inside.x), buurt.name
        assert outline_holds(town, inside.y, inside.x), buurt.name


def placed(row):
    """A place from a line of the file; without coordinates it has no point."""
    has_point = row["lat"] and row["lon"]
    place = Place(
        name=row["naam"],
        street_address=row["adres"],
        postcode=row["postcode"],
        city=row["plaats"],
        location=format_point(float(row["lat"]), float(row["lon"])) if has_point else "",
    )
    place.full_clean()
    place.save()
    return place


def test_every_address_falls_in_the_neighbourhood_that_the_file_names(zoetermeer, addresses):
    elsewhere, without_point = {}, 0
    for row in addresses:
        place = placed(row)
        without_point += place.latitude is None
        found = place.area.name if place.area else ""
        if found != row["buurtnaam"]:
            elsewhere[row["adres"]] = (row["buurtnaam"], found)
    assert len(addresses) == 146
    assert without_point == 39
    assert elsewhere == DIRTY
