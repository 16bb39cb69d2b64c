import pytest

from socialekaart_plugin.models import Place
from socialekaart_plugin.places.rules import format_point
from socialekaart_plugin.places.selectors import Guess, guess_by_postcode
from tests.factories import (
    ActivityFactory,
    AreaFactory,
    OrganisationFactory,
    PlaceFactory,
    at,
    square,
)

pytestmark = pytest.mark.django_db

GEOCODERS = "tests.places.geocoders."


@pytest.fixture
def areas():
    AreaFactory(name="Meerzicht", outline=square(4.46, 52.05))
    AreaFactory(name="Centrum", outline=square(4.48, 52.05))


def test_a_postcode_lies_where_the_geocoder_says(areas, settings):
    settings.SOCIALEKAART_GEOCODER = GEOCODERS + "FixedGeocoder"
    assert guess_by_postcode("2711cz") == Guess("Centrum", 52.06, 4.49)
    assert guess_by_postcode("1315 NA") == Guess("", 52.37, 5.22)


@pytest.mark.parametrize("geocoder", ["FixedGeocoder", "SilentGeocoder"])
def test_when_nobody_knows_other_places_with_the_postcode_tell(areas, settings, geocoder):
    settings.SOCIALEKAART_GEOCODER = GEOCODERS + geocoder
    for longitude in (4.465, 4.475, 4.49):
        PlaceFactory(postcode="2716 XA", location=format_point(52.06, longitude))
    assert guess_by_postcode("2716xa") == Guess("Meerzicht", 52.06, 4.47)


def test_the_four_digits_tell_the_area_alone(areas, settings):
    settings.SOCIALEKAART_GEOCODER = GEOCODERS + "SilentGeocoder"
    PlaceFactory(postcode="2716 XA", location=format_point(52.06, 4.465))
    for postcode in ("2716 ZZ", "2716"):
        assert guess_by_postcode(postcode) == Guess("Meerzicht", None, None)


@pytest.mark.parametrize("postcode", ["", "27", "abc", "2799 AB", "% OR 1"])
def test_a_postcode_that_nobody_knows_gives_no_guess(areas, settings, postcode):
    settings.SOCIALEKAART_GEOCODER = GEOCODERS + "SilentGeocoder"
    PlaceFactory(postcode="2716 XA", location=format_point(52.06, 4.465))
    assert guess_by_postcode(postcode) is None


def test_places_are_found_by_words_in_name_street_postcode_and_town():
    kern = PlaceFactory(name="De Kern", street_address="Markt 10", postcode="2711 CZ")
    PlaceFactory(name="De Brug", street_address="Dorpsstraat 1", postcode="2712 AB")
    for text in ("kern", "markt 10", "2711", "2711cz", "10 kern", "KERN zoetermeer"):
        assert list(Place.objects.all().matching(text)) == [kern], text
    assert Place.objects.all().matching("").count() == 2
    assert not Place.objects.all().matching("kern dorpsstraat")


def similarity(name="", street="", postcode=""):
    found = Place.objects.all().resembling(name=name, street_address=street, postcode=postcode)
    return set(found.values_list("name", flat=True))


def test_a_place_resembles_one_with_the_same_name_or_address():
    PlaceFactory(name="Café De Kern", street_address="Markt 10", postcode="2711 CZ")
    PlaceFactory(name="Elders", street_address="Markt 10", postcode="9999 ZZ")
    assert similarity(name="cafe de kern") == {"Café De Kern"}
    assert similarity(name=" CAFÉ DE KERN ") == {"Café De Kern"}
    assert similarity(street="markt  10", postcode="2711cz") == {"Café De Kern"}
    assert similarity(street="Markt 10") == {"Café De Kern", "Elders"}
    assert similarity(name="Iets anders", street="Markt 11", postcode="2711 CZ") == set()
    assert similarity() == set()


def test_a_place_counts_the_records_that_name_it():
    place, empty = PlaceFactory(name="A"), PlaceFactory(name="B")
    organisation = OrganisationFactory(visiting_place=place)
    ActivityFactory(organisation=organisation, sessions=[at(place), at(place)])
    ActivityFactory(organisation=organisation, sessions=[at(place)])
    found = Place.objects.all().with_uses().order_by("name")
    assert [found_place.uses for found_place in found] == [3, 0]
    assert list(Place.objects.all().used(True)) == [place]
    assert list(Place.objects.all().used(False)) == [empty]
