import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import shape

from socialekaart_plugin.places.rules import (
    as_geojson,
    format_point,
    normalise_postcode,
    normalise_postcodes,
    outline_holds,
    parse_point,
    read_outline,
    suits,
)
from tests.factories import square

budget = settings(max_examples=100, deadline=None, derandomize=True)

degrees = {
    "latitude": st.floats(-90, 90, allow_nan=False),
    "longitude": st.floats(-180, 180, allow_nan=False),
}


@budget
@given(**degrees)
def test_a_point_that_is_written_is_read_back_the_same(latitude, longitude):
    assert parse_point(format_point(latitude, longitude)) == (latitude, longitude)


@pytest.mark.parametrize(
    "value",
    [
        "SRID=4326;POINT(4.4931 52.0575)",
        "SRID=4326;POINT (4.4931 52.0575)",
        "POINT(4.4931 52.0575)",
        " srid=4326;point( 4.4931  52.0575 ) ",
    ],
)
def test_a_point_may_be_written_with_other_spaces_and_capitals(value):
    assert parse_point(value) == (52.0575, 4.4931)


def test_no_point_is_no_error():
    assert parse_point("") is None


@pytest.mark.parametrize(
    "value",
    [
        "Markt 10",
        "52.0575, 4.4931",
        "SRID=28992;POINT(93000 452000)",
        "POINT(93000 452000)",
        "POINT(4.4931 90.1)",
        "POINT(180.1 52)",
        "POINT(nan nan)",
        "POINT(inf inf)",
        "POINT(1e999 0)",
        f"POINT({'9' * 400} 0)",
        "POINT(4.4931)",
        "POINT(4.4931 52.0575) or so",
        " ",
    ],
)
def test_what_is_no_point_on_the_globe_is_refused(value):
    with pytest.raises(ValueError, match=r"not a point|outside the globe"):
        parse_point(value)


@budget
@given(value=st.text(max_size=250))
def test_any_text_is_a_point_on_the_globe_or_refused(value):
    try:
        point = parse_point(value)
    except ValueError:
        return
    assert point is None or (abs(point[0]) <= 90 and abs(point[1]) <= 180)


@pytest.mark.parametrize("value", ["2712AB", "2712 ab", " 2712  Ab ", "2712ab\n"])
def test_a_dutch_postcode_is_written_in_one_way(value):
    assert normalise_postcode(value) == "2712 AB"


@pytest.mark.parametrize("value", ["", "0712 AB", "27120 AB", "2712", "B-2000", "SW1A 1AA"])
def test_another_postcode_is_only_trimmed(value):
    assert normalise_postcode(f" {value} ") == value


dutch = st.from_regex(r" ?[1-9][0-9]{3} ?[A-Za-z]{2}", fullmatch=True)


@budget
@given(value=dutch | st.text(max_size=12))
def test_a_postcode_once_written_in_one_way_stays_so(value):
    once = normalise_postcode(value)
    assert normalise_postcode(once) == once


@budget
@given(value=dutch)
def test_a_dutch_postcode_keeps_its_digits_and_letters(value):
    assert normalise_postcode(value).replace(" ", "") == value.replace(" ", "").upper()


def polygon(*ring):
    return {"type": "Polygon", "coordinates": [[list(point) for point in ring]]}


BOW_TIE = polygon((4, 52), (5, 53), (5, 52), (4, 53), (4, 52))
#: A square with a spike that touches its own edge in one point, as generalised files have.
TOUCHING = polygon((0, 0), (4, 0), (4, 4), (2, 0), (0, 4), (0, 0))


def reason(geometry):
    """Why an outline is refused; empty when it is not."""
    try:
        read_outline(geometry)
    except ValueError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    "geometry",
    [
        None,
        [],
        "POLYGON((0 0, 1 1))",
        {},
        {"type": "Point", "coordinates": [4, 52]},
        {"type": "LineString", "coordinates": [[4, 52], [5, 53]]},
        {"type": "Feature", "geometry": square(4.48, 52.05)},
    ],
)
def test_what_is_no_polygon_is_of_the_wrong_kind(geometry):
    assert reason(geometry) == "kind"


@pytest.mark.parametrize(
    "geometry",
    [
        BOW_TIE,
        {"type": "Polygon"},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": None},
        {"type": "Polygon", "coordinates": [[]]},
        {"type": "Polygon", "coordinates": [["a", "b", "c", "d"]]},
        {"type": "MultiPolygon", "coordinates": [[4, 52]]},
        polygon((4, 52), (5, 53)),
        polygon((4, 52), (5, 53), (4, 52), (4, 52)),
        polygon((4, 52), (5, 53), (6, 54), (4, 52)),
        polygon((4, 52), (4, 52), (4, 52), (4, 52)),
        polygon((math.nan, 52), (5, 52), (5, 53), (math.nan, 52)),
        polygon((math.inf, 52), (5, 52), (5, 53), (math.inf, 52)),
    ],
)
def test_what_is_no_sound_polygon_is_broken(geometry):
    assert reason(geometry) in ("broken", "projection")


def test_a_bow_tie_is_broken():
    assert reason(BOW_TIE) == "broken"


def test_coordinates_in_metres_of_the_dutch_grid_are_of_the_wrong_projection():
    assert reason(square(93_000, 452_000, size=100)) == "projection"


def test_a_ring_that_touches_itself_is_mended_and_keeps_its_area():
    assert not shape(TOUCHING).is_valid
    mended = read_outline(TOUCHING)
    assert mended.is_valid
    assert mended.area == pytest.approx(shape(TOUCHING).area)
    assert outline_holds(mended, 0.5, 0.5)
    assert not outline_holds(mended, 3.5, 2)


def test_a_sound_outline_is_not_touched():
    assert as_geojson(read_outline(square(4.48, 52.05))) == square(4.48, 52.05)


def test_a_mended_outline_survives_being_stored():
    stored = json.loads(json.dumps(as_geojson(read_outline(TOUCHING))))
    assert read_outline(stored).equals(read_outline(TOUCHING))


def test_a_point_on_the_border_is_held():
    outline = read_outline(square(4.48, 52.05))
    assert outline_holds(outline, 52.05, 4.48)
    assert not outline_holds(outline, 52.0499, 4.48)


def test_a_point_in_a_hole_is_not_held():
    with_hole = square(4, 52, size=4)
    with_hole["coordinates"] += square(5, 53, size=1)["coordinates"]
    outline = read_outline(with_hole)
    assert outline_holds(outline, 52.5, 4.5)
    assert not outline_holds(outline, 53.5, 5.5)


numbers = st.one_of(
    st.floats(), st.floats(-180, 180), st.integers(-200, 200), st.none(), st.text(max_size=2)
)
rings = st.lists(st.lists(numbers, max_size=3), max_size=6)


@budget
@given(
    kind=st.sampled_from(["Polygon", "MultiPolygon"]),
    coordinates=st.recursive(rings, lambda inner: st.lists(inner, max_size=3), max_leaves=4),
)
def test_any_geometry_is_a_sound_outline_or_refused_for_a_known_reason(kind, coordinates):
    geometry = {"type": kind, "coordinates": coordinates}
    refused = reason(geometry)
    assert refused in ("", "projection", "broken")
    if not refused:
        assert read_outline(geometry).is_valid
        assert read_outline(geometry).area > 0


points = st.tuples(st.sampled_from([0, 1, 2, 3]), st.sampled_from([0, 1, 2, 3]))


@budget
@given(ring=st.lists(points, min_size=3, max_size=7))
def test_any_ring_is_a_sound_outline_of_the_same_area_or_broken(ring):
    geometry = polygon(*ring, ring[0])
    refused = reason(geometry)
    assert refused in ("", "broken")
    if not refused:
        assert read_outline(geometry).is_valid
        assert read_outline(geometry).area == pytest.approx(shape(geometry).area, rel=1e-3)
        assert read_outline(geometry).area > 0


@pytest.mark.parametrize(
    ("facts", "answer"),
    [
        ({"a": True, "b": True}, True),
        ({"a": True, "b": False}, False),
        ({"a": True}, None),
        ({}, None),
        ({"b": False}, False),
        ({"a": True, "b": True, "c": False}, True),
    ],
)
def test_a_place_suits_a_visitor_when_all_that_is_essential_is_a_yes(facts, answer):
    assert suits(facts, ["a", "b"]) is answer


def test_whoever_needs_nothing_is_suited_everywhere():
    assert suits({}, []) is True


def test_postcodes_within_a_text_are_written_in_one_way():
    assert normalise_postcodes("markt 10 2711cz zoetermeer") == "markt 10 2711 CZ zoetermeer"
    assert normalise_postcodes("plein 1945") == "plein 1945"
