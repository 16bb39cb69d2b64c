import json

import pytest

from socialekaart_plugin.places.boundaries import BoundaryFileError, read_boundary_file
from socialekaart_plugin.places.choices import AreaKind
from socialekaart_plugin.places.rules import read_outline
from tests.factories import square

BOW_TIE = {"type": "Polygon", "coordinates": [[[4, 52], [5, 53], [5, 52], [4, 53], [4, 52]]]}
TOUCHING = {"type": "Polygon", "coordinates": [[[0, 0], [4, 0], [4, 4], [2, 0], [0, 4], [0, 0]]]}


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def write(tmp_path):
    def write(*features, **content):
        path = tmp_path / "wijken.geojson"
        content = content or {"type": "FeatureCollection", "features": list(features)}
        path.write_text(json.dumps(content))
        return path

    return write


def district(code="WK01", name="Centrum", geometry=None, **properties):
    return {
        "type": "Feature",
        "properties": {"wijkcode": code, "wijknaam": name, "gemeentecode": "GM01", **properties},
        "geometry": geometry or square(4.48, 52.05),
    }


def refusal(path, kind=AreaKind.DISTRICT, **properties):
    with pytest.raises(BoundaryFileError) as caught:
        read_boundary_file(path, kind=kind, **properties)
    return str(caught.value)


def test_every_area_of_a_file_is_read(write):
    path = write(district(), district("WK02", "Meerzicht", square(4.5, 52.05)))
    first, second = read_boundary_file(path, kind=AreaKind.DISTRICT)
    assert (first.code, first.name, first.parent_code) == ("WK01", "Centrum", "GM01")
    assert second.outline == square(4.5, 52.05)


@pytest.mark.parametrize(
    ("kind", "properties", "parent"),
    [
        (AreaKind.MUNICIPALITY, {"gemeentecode": "1", "gemeentenaam": "N"}, ""),
        (AreaKind.DISTRICT, {"wijkcode": "1", "wijknaam": "N", "gemeentecode": "2"}, "2"),
        (AreaKind.NEIGHBOURHOOD, {"buurtcode": "1", "buurtnaam": "N", "wijkcode": "3"}, "3"),
    ],
)
def test_the_properties_are_named_as_statistics_netherlands_does(write, kind, properties, parent):
    (area,) = read_boundary_file(
        write({"properties": properties, "geometry": square(4, 52)}), kind=kind
    )
    assert (area.code, area.name, area.parent_code) == ("1", "N", parent)


def test_a_file_may_name_its_properties_otherwise(write):
    path = write(
        {
            "properties": {"statcode": "BU1", "statnaam": "Dorp", "in": "WK1"},
            "geometry": square(4, 52),
        }
    )
    (area,) = read_boundary_file(
        path,
        kind=AreaKind.NEIGHBOURHOOD,
        code_property="statcode",
        name_property="statnaam",
        parent_property="in",
    )
    assert (area.code, area.name, area.parent_code) == ("BU1", "Dorp", "WK1")


def test_a_number_for_a_code_is_read_as_text(write):
    (area,) = read_boundary_file(write(district(code=637)), kind=AreaKind.DISTRICT)
    assert area.code == "637"


def test_a_ring_that_touches_itself_is_mended(write):
    (area,) = read_boundary_file(write(district(geometry=TOUCHING)), kind=AreaKind.DISTRICT)
    assert read_outline(area.outline).is_valid
    assert area.outline != TOUCHING


def test_a_bow_tie_is_refused_and_the_area_named(write):
    path = write(district(), district("WK02", geometry=BOW_TIE))
    assert refusal(path).startswith("WK02: The outline is broken")


def test_coordinates_of_the_dutch_grid_are_refused_with_what_to_do(write):
    message = refusal(write(district(geometry=square(93_000, 452_000, size=100))))
    assert "not in degrees" in message
    assert "EPSG:28992" in message


@pytest.mark.parametrize(
    "geometry", [{"type": "Point", "coordinates": [4, 52]}, {"type": "GeometryCollection"}]
)
def test_a_geometry_that_is_no_polygon_is_refused(write, geometry):
    assert "must be a polygon" in refusal(write(district(geometry=geometry)))


def test_an_area_without_geometry_is_refused(write):
    feature = district()
    feature["geometry"] = None
    assert refusal(write(feature)).startswith("WK01: ")


def test_a_missing_property_is_refused_with_the_ones_there_are(write):
    feature = {"properties": {"statcode": "WK1", "statnaam": "C"}, "geometry": square(4, 52)}
    message = refusal(write(district(), feature))
    assert "Area 2" in message
    assert "“wijkcode”" in message
    assert "statcode, statnaam" in message


@pytest.mark.parametrize("feature", [{}, None, 5, {"properties": None}, {"properties": []}])
def test_an_area_without_properties_is_refused_by_its_number(write, feature):
    assert "Area 1" in refusal(write(feature))


def test_a_code_that_occurs_twice_is_refused(write):
    assert "WK01" in refusal(write(district(), district(name="Meerzicht")))


@pytest.mark.parametrize(
    "content",
    [b"<gml/>", b"", b"\xff\xfe\x00", b"{", b"PK\x03\x04\xe9"],
)
def test_a_file_that_is_no_json_is_refused(tmp_path, content):
    path = tmp_path / "wijken.zip"
    path.write_bytes(content)
    assert "is no GeoJSON" in refusal(path)


@pytest.mark.parametrize(
    "content", ["[]", "5", "null", '{"features": {}}', '{"features": []}', '{"type": "Topology"}']
)
def test_json_without_a_list_of_areas_is_refused(tmp_path, content):
    path = tmp_path / "wijken.json"
    path.write_text(content)
    assert "holds no list of areas" in refusal(path)


def test_a_file_that_is_not_there_is_refused_with_the_reason(tmp_path):
    message = refusal(tmp_path / "nergens.geojson")
    assert "nergens.geojson cannot be read" in message
    assert "No such file" in message


def test_a_folder_is_refused(tmp_path):
    assert "cannot be read" in refusal(tmp_path)
