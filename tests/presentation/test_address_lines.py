import pytest

from socialekaart_plugin.presentation.address_lines import address_lines


@pytest.mark.parametrize(
    ("street", "postcode", "city", "lines"),
    [
        ("Markt 1", "2711 AB", "Zoetermeer", ["Markt 1", "2711 AB Zoetermeer"]),
        ("", "2711 AB", "Zoetermeer", ["2711 AB Zoetermeer"]),
        ("Markt 1", "", "Zoetermeer", ["Markt 1", "Zoetermeer"]),
        ("Markt 1", "", "", ["Markt 1"]),
        ("", "", "", []),
    ],
)
def test_an_address_has_a_line_for_the_street_and_one_for_the_town(street, postcode, city, lines):
    place = {"street_address": street, "postcode": postcode, "city": city}
    assert address_lines(place) == lines
