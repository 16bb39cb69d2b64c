import pytest
from django.core.exceptions import ValidationError

from socialekaart_plugin.models import Place
from socialekaart_plugin.places.land import is_on_land
from socialekaart_plugin.places.rules import format_point

# Piers, dykes, islands and new land: where a coarse map of the coast is easily wrong.
ON_THE_DUTCH_COAST = {
    "Zoetermeer": (52.06, 4.49),
    "Maasvlakte 2": (51.961, 3.985),
    "pier of Scheveningen": (52.1185, 4.2795),
    "Hoek van Holland": (51.983, 4.09),
    "pier of IJmuiden": (52.464, 4.53),
    "Den Helder": (52.96, 4.75),
    "De Cocksdorp": (53.185, 4.86),
    "Vlieland": (53.235, 4.93),
    "Terschelling": (53.44, 5.5),
    "Ameland": (53.46, 5.77),
    "Schiermonnikoog": (53.49, 6.2),
    "Rottumeroog": (53.54, 6.58),
    "Griend": (53.25, 5.25),
    "Breezanddijk": (53.02, 5.205),
    "Trintelhaven": (52.63, 5.42),
    "Marker Wadden": (52.583, 5.37),
    "Urk": (52.663, 5.6),
    "IJburg": (52.35, 5.0),
    "Delfzijl": (53.33, 6.93),
    "Eemshaven": (53.45, 6.83),
    "Neeltje Jans": (51.635, 3.70),
    "Brouwersdam": (51.75, 3.85),
    "Westkapelle": (51.53, 3.435),
    "Breskens": (51.4, 3.55),
    "Cadzand": (51.38, 3.4),
    "Kralendijk": (12.15, -68.27),
    "Saba": (17.63, -63.24),
    "Oranjestad on Sint Eustatius": (17.48, -62.98),
    "Paris": (48.85, 2.35),
}
IN_THE_SEA = {
    "16 km from Scheveningen": (52.15, 4.03),
    "12 km from Zandvoort": (52.4, 4.33),
    "12 km north of Ameland": (53.59, 5.8),
    "off Walcheren": (51.6, 3.2),
    "the middle of the North Sea": (53.5, 4.0),
    "latitude and longitude changed places": (4.49, 52.06),
    "nothing filled in": (0.0, 0.0),
    "the Atlantic": (45.0, -20.0),
}


@pytest.mark.parametrize("point", ON_THE_DUTCH_COAST.values(), ids=ON_THE_DUTCH_COAST)
def test_what_people_call_land_is_land(point):
    assert is_on_land(*point)


@pytest.mark.parametrize("point", IN_THE_SEA.values(), ids=IN_THE_SEA)
def test_the_sea_is_the_sea(point):
    assert not is_on_land(*point)


def refusal(location):
    with pytest.raises(ValidationError) as caught:
        Place(name="Buurthuis", location=location).clean()
    (message,) = caught.value.message_dict["location"]
    return message


def test_a_place_in_the_sea_is_refused_beside_its_point_with_what_to_do():
    message = refusal(format_point(4.49, 52.06))
    assert "zee" in message
    assert "volgorde" in message


def test_a_point_outside_the_globe_is_told_apart_from_what_is_no_point():
    assert refusal(format_point(152.06, 4.49)) != refusal("Markt 10")


def test_a_site_may_check_nothing(settings):
    settings.SOCIALEKAART_LAND_OUTLINE = ""
    Place(name="Boei", location=format_point(53.5, 4.0)).clean()


def test_a_site_may_have_an_outline_of_its_own(settings, tmp_path):
    path = tmp_path / "land.json"
    path.write_text(
        '{"type": "Polygon", "coordinates": [[[3, 53], [5, 53], [5, 54], [3, 54], [3, 53]]]}'
    )
    settings.SOCIALEKAART_LAND_OUTLINE = str(path)
    assert is_on_land(53.5, 4.0)
    assert not is_on_land(52.06, 4.49)
