import pytest
from django.core.exceptions import ValidationError

from socialekaart_plugin.models import Area, Place
from socialekaart_plugin.places.rules import format_point
from tests.factories import AreaFactory, PlaceFactory, square

pytestmark = pytest.mark.django_db


@pytest.fixture
def west():
    return AreaFactory(name="West", outline=square(4.46, 52.05))


@pytest.fixture
def east():
    return AreaFactory(name="Oost", outline=square(4.48, 52.05))


def test_a_place_finds_its_district_by_its_point(west, east):
    assert PlaceFactory(location=format_point(52.06, 4.47)).area == west
    assert PlaceFactory(location=format_point(52.06, 4.49)).area == east


def test_a_place_finds_another_district_when_its_point_moves(west, east):
    place = PlaceFactory(location=format_point(52.06, 4.47))
    place.location = format_point(52.06, 4.49)
    place.save()
    stored = Place.objects.get(pk=place.pk)
    assert (stored.area, stored.latitude, stored.longitude) == (east, 52.06, 4.49)


def test_a_place_outside_all_areas_has_none(west):
    assert PlaceFactory(location=format_point(51.9, 4.47)).area is None


def test_a_place_in_the_box_of_an_area_but_not_in_its_outline_has_none():
    triangle = {"type": "Polygon", "coordinates": [[[4, 52], [5, 52], [5, 53], [4, 52]]]}
    area = AreaFactory(outline=triangle)
    assert PlaceFactory(location=format_point(52.1, 4.9)).area == area
    assert PlaceFactory(location=format_point(52.9, 4.1)).area is None


def test_a_place_without_a_point_has_neither_point_nor_area(west):
    place = PlaceFactory(location=format_point(52.06, 4.47))
    place.location = ""
    place.save()
    stored = Place.objects.get(pk=place.pk)
    assert (stored.area, stored.latitude, stored.longitude) == (None, None, None)


def test_a_place_lies_in_the_narrowest_area_that_holds_it():
    town = AreaFactory(name="Stad", kind="municipality", outline=square(4.4, 52.0, size=0.2))
    district = AreaFactory(name="Wijk", kind="district", outline=square(4.46, 52.05), parent=town)
    buurt = AreaFactory(
        name="Buurt", kind="neighbourhood", outline=square(4.46, 52.05, 0.01), parent=district
    )
    assert PlaceFactory(location=format_point(52.055, 4.465)).area == buurt
    assert PlaceFactory(location=format_point(52.065, 4.475)).area == district
    assert PlaceFactory(location=format_point(52.01, 4.41)).area == town
    assert buurt.ancestors_and_self() == [town, district, buurt]


def test_finding_the_area_of_a_point_costs_one_query(west, django_assert_num_queries):
    for number in range(10):
        AreaFactory(outline=square(4.46, 52.05, size=0.02 + number / 1000))
    with django_assert_num_queries(1):
        Area.objects.narrowest_at(52.06, 4.47)


def test_a_place_keeps_its_postcode_in_one_way():
    place = Place(name="Buurthuis", postcode="2712ab")
    place.full_clean()
    assert place.postcode == "2712 AB"


@pytest.mark.parametrize("value", ["Markt 10", "POINT(93000 452000)"])
def test_a_point_that_is_none_is_refused_beside_its_field(value):
    with pytest.raises(ValidationError) as caught:
        Place(name="Buurthuis", location=value).full_clean()
    assert list(caught.value.message_dict) == ["location"]


def test_a_place_is_for_colleagues_only_until_someone_says_otherwise():
    assert Place(name="Bij Truus thuis").audience == "internal"


def test_an_address_reads_as_on_an_envelope():
    place = Place(street_address="Dorpsstraat 12", postcode="2712 AB", city="Zoetermeer")
    assert place.address == "Dorpsstraat 12, 2712 AB Zoetermeer"
    assert Place(city="Zoetermeer").address == "Zoetermeer"
    assert Place().address == ""


@pytest.mark.parametrize(
    ("outline", "words"),
    [
        ({"type": "Point", "coordinates": [4, 52]}, "polygon"),
        (square(93_000, 452_000, size=100), "EPSG:28992"),
        (
            {
                "type": "Polygon",
                "coordinates": [[[4, 52], [5, 53], [5, 52], [4, 53], [4, 52]]],
            },
            "crosses itself",
        ),
    ],
)
def test_an_outline_that_cannot_be_used_is_refused_in_words(outline, words, settings):
    settings.LANGUAGE_CODE = "en"
    with pytest.raises(ValidationError) as caught:
        Area(name="Wijk", code="WK1", kind="district", outline=outline).full_clean()
    assert words in caught.value.message_dict["outline"][0]


def test_an_area_cannot_be_part_of_itself_not_even_in_a_circle():
    town = AreaFactory(kind="municipality")
    district = AreaFactory(parent=town)
    for inner in (town, district):
        town.parent = inner
        with pytest.raises(ValidationError) as caught:
            town.full_clean()
        assert list(caught.value.message_dict) == ["parent"]


def test_an_area_that_lies_in_a_circle_all_the_same_is_read_once():
    town = AreaFactory(kind="municipality")
    district = AreaFactory(parent=town)
    Area.objects.filter(pk=town.pk).update(parent=district)
    assert len(Area.objects.get(pk=district.pk).ancestors_and_self()) == 2


def test_an_area_knows_its_box_again_when_its_outline_changes(west):
    west.outline = square(5, 53, size=1)
    west.save()
    stored = Area.objects.get(pk=west.pk)
    assert (stored.west, stored.south, stored.east, stored.north) == (5, 53, 6, 54)
    assert Area.objects.narrowest_at(53.5, 5.5) == west


def test_a_deleted_area_leaves_its_places_without_one(west):
    place = PlaceFactory(location=format_point(52.06, 4.47))
    west.delete()
    place.refresh_from_db()
    assert place.area is None


def test_places_are_found_in_a_box():
    inside = PlaceFactory(location=format_point(52.06, 4.47))
    PlaceFactory(location=format_point(52.06, 4.51))
    PlaceFactory(location="")
    assert list(Place.objects.all().within(4.46, 52.05, 4.48, 52.07)) == [inside]


@pytest.mark.django_db
def test_a_reshaped_area_lets_go_of_its_places_and_takes_others():
    town = AreaFactory(kind="municipality", name="Stad", outline=square(4.0, 52.0, 1.0))
    district = AreaFactory(kind="district", outline=square(4.48, 52.05), parent=town)
    place = PlaceFactory()
    assert place.area == district
    district.outline = square(4.60, 52.05)
    district.save()
    place.refresh_from_db()
    assert place.area == town
    district.outline = square(4.48, 52.05)
    district.save()
    place.refresh_from_db()
    assert place.area == district


@pytest.mark.django_db
def test_a_deleted_area_leaves_its_places_to_the_wider_one():
    town = AreaFactory(kind="municipality", name="Stad", outline=square(4.0, 52.0, 1.0))
    district = AreaFactory(kind="district", outline=square(4.48, 52.05), parent=town)
    place = PlaceFactory()
    district.delete()
    place.refresh_from_db()
    assert place.area == town
