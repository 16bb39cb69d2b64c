import pytest

from socialekaart_plugin.models import Area, PublishedRecord
from socialekaart_plugin.places.rules import format_point
from tests.factories import AreaFactory, OrganisationFactory, PlaceFactory, square

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return PlaceFactory(location=format_point(52.06, 4.49))


def area_of(place):
    place.refresh_from_db()
    return place.area


def test_a_new_area_takes_the_places_that_lie_in_it(place):
    elsewhere = PlaceFactory(location=format_point(51.9, 4.49))
    area = AreaFactory(outline=square(4.48, 52.05))
    assert area_of(place) == area
    assert area_of(elsewhere) is None


def test_an_area_that_is_drawn_anew_takes_and_leaves_places(place):
    area = AreaFactory(outline=square(4.48, 52.05))
    beside = PlaceFactory(location=format_point(52.06, 4.53))
    area.outline = square(4.52, 52.05)
    area.save()
    assert area_of(place) is None
    assert area_of(beside) == area


def test_a_place_falls_back_to_the_wider_area_when_the_narrower_one_is_deleted(place):
    town = AreaFactory(kind="municipality", outline=square(4.4, 52.0, size=0.2))
    district = AreaFactory(outline=square(4.48, 52.05), parent=town)
    assert area_of(place) == district
    district.delete()
    assert area_of(place) == town
    Area.objects.all().delete()
    assert area_of(place) is None


def test_what_is_shown_at_the_place_follows_at_once(place):
    organisation = OrganisationFactory(public=True, visiting_place=place)

    def shown():
        payload = PublishedRecord.objects.get(uuid=organisation.uuid).public_payload
        return [area["name"] for area in payload["places"][0]["areas"]]

    assert shown() == []
    area = AreaFactory(name="Centrum", outline=square(4.48, 52.05))
    assert shown() == ["Centrum"]
    area.outline = square(4.6, 52.05)
    area.save()
    assert shown() == []
