import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialekaart_plugin.places.street_addresses import (
    StreetAddress,
    house_number,
    read_street_address,
)

#: An address as people write it; its house number; its street.
FORMS = [
    ("Dorpsstraat 12", "12", "Dorpsstraat"),
    ("Dorpsstraat 012", "12", "Dorpsstraat"),
    ("Dorpsstraat12", "12", "Dorpsstraat"),
    ("Dorpsstraat12a", "12", "Dorpsstraat"),
    ("dorpsstraat   12", "12", "dorpsstraat"),
    ("Dorpsstraat, 12", "", ""),
    ("Dorpsstraat nr. 12", "12", "Dorpsstraat"),
    ("Dorpsstraat nr 12", "12", "Dorpsstraat"),
    ("Dorpsstraat no.12", "12", "Dorpsstraat"),
    ("Dorpsstraat nummer 12", "12", "Dorpsstraat"),
    ("Dorpsstraat #12", "12", "Dorpsstraat"),
    # Additions.
    ("Dorpsstraat 12a", "12", "Dorpsstraat"),
    ("Dorpsstraat 12 a", "12", "Dorpsstraat"),
    ("Dorpsstraat 12A", "12", "Dorpsstraat"),
    ("Dorpsstraat 12-a", "12", "Dorpsstraat"),
    ("Dorpsstraat 12e", "12", "Dorpsstraat"),
    ("Dorpsstraat 58E", "58", "Dorpsstraat"),
    ("Dorpsstraat 12-2", "12", "Dorpsstraat"),
    ("Dorpsstraat 12 2", "12", "Dorpsstraat"),
    ("Dorpsstraat 12/3", "12", "Dorpsstraat"),
    ("Dorpsstraat 12 / 3", "12", "Dorpsstraat"),
    ("Dorpsstraat 12.3", "12", "Dorpsstraat"),
    ("Dorpsstraat 12 bis", "12", "Dorpsstraat"),
    ("Dorpsstraat 12bis", "12", "Dorpsstraat"),
    ("Dorpsstraat 12 bis A", "12", "Dorpsstraat"),
    ("Dorpsstraat 12 A-III", "12", "Dorpsstraat"),
    ("Dorpsstraat 12-III", "12", "Dorpsstraat"),
    ("Dorpsstraat 12 hs", "12", "Dorpsstraat"),
    ("Dorpsstraat 12hs", "12", "Dorpsstraat"),
    ("Dorpsstraat 12 rood", "12", "Dorpsstraat"),
    ("Dorpsstraat 12 t.o.", "12", "Dorpsstraat"),
    ("Dorpsstraat 12 achter", "12", "Dorpsstraat"),
    # Ranges.
    ("Dorpsstraat 12-14", "12", "Dorpsstraat"),
    ("Dorpsstraat 12 - 14", "12", "Dorpsstraat"),
    ("Dorpsstraat 12–14", "12", "Dorpsstraat"),
    ("Dorpsstraat 12 t/m 16", "12", "Dorpsstraat"),
    ("Dorpsstraat 12 en 14", "12", "Dorpsstraat"),
    ("Dorpsstraat 12+14", "12", "Dorpsstraat"),
    ("Dorpsstraat 12a-14b", "12", "Dorpsstraat"),
    # Floors.
    ("Dorpsstraat 12, 2e verdieping", "12", "Dorpsstraat"),
    ("Dorpsstraat 12 2e verdieping", "12", "Dorpsstraat"),
    ("Dorpsstraat 12 (2e etage)", "12", "Dorpsstraat"),
    ("Dorpsstraat 12 3 hoog", "12", "Dorpsstraat"),
    ("Dorpsstraat 12 3-hoog", "12", "Dorpsstraat"),
    ("Dorpsstraat 12 3hoog", "12", "Dorpsstraat"),
    ("Dorpsstraat 12, verdieping 3", "12", "Dorpsstraat"),
    ("2e verdieping, Dorpsstraat 12", "12", "Dorpsstraat"),
    ("Dorpsstraat, 2e verdieping", "", ""),
    ("3 hoog", "", ""),
    ("Dorpsstraat 12e, 2e verdieping", "12", "Dorpsstraat"),
    # Units.
    ("Dorpsstraat 12 unit 4", "12", "Dorpsstraat"),
    ("Unit 4, Dorpsstraat 12", "12", "Dorpsstraat"),
    ("Dorpsstraat 12, kamer 12", "12", "Dorpsstraat"),
    ("Kamer 1.07, Dorpsstraat 12", "12", "Dorpsstraat"),
    ("Lokaal B12, Dorpsstraat 3", "3", "Dorpsstraat"),
    ("Gebouw 3, Dorpsstraat 12", "12", "Dorpsstraat"),
    ("Dorpsstraat 12 app. 5", "12", "Dorpsstraat"),
    ("Kerkstraat 12 bus 3", "12", "Kerkstraat"),
    ("Kamer 12", "", ""),
    ("Markt 10 (ingang Dorpsstraat 3)", "10", "Markt"),
    ("Wijkcentrum De Parel, Dorpsstraat 12", "12", "Dorpsstraat"),
    ("Wijkcentrum De Parel\nDorpsstraat 12", "12", "Dorpsstraat"),
    ("T.a.v. Truus, Dorpsstraat 12", "12", "Dorpsstraat"),
    # Numbered streets.
    ("1e Stationsstraat 10", "10", "1e Stationsstraat"),
    ("1e Stationsstraat 10a", "10", "1e Stationsstraat"),
    ("Eerste Stationsstraat 101", "101", "Eerste Stationsstraat"),
    ("2e Leidsestraat", "", ""),
    ("2e Leidsestraat 5 3e etage", "5", "2e Leidsestraat"),
    ("1ste Dwarsstraat 7", "7", "1ste Dwarsstraat"),
    ("2de Kade 7", "7", "2de Kade"),
    ("Nieuwe 2e Dwarsstraat 5", "5", "Nieuwe 2e Dwarsstraat"),
    ("1e Jan van der Heijdenstraat 12-II", "12", "1e Jan van der Heijdenstraat"),
    ("5 Meiplein 10", "10", "5 Meiplein"),
    ("18 Septemberplein", "", ""),
    ("A4straat", "", ""),
    ("Rijksweg A4 12", "12", "Rijksweg A4"),
    # Streets and squares named after a year.
    ("Laan van 1940 12", "12", "Laan van 1940"),
    ("Laan van 1940", "", ""),
    ("Plein 1813 4", "4", "Plein 1813"),
    ("Plein 1813 4-6", "4", "Plein 1813"),
    ("Plein 1945 3", "3", "Plein 1945"),
    ("Plein 1940-1945", "", ""),
    ("Plein 1940-1945 11", "11", "Plein 1940-1945"),
    ("Plein 40-45 11", "11", "Plein 40-45"),
    ("Plein 40-45", "", ""),
    ("Plein 7", "7", "Plein"),
    ("Plein '40-'45 11", "11", "Plein '40-'45"),
    ("Dorpsstraat 40-45", "40", "Dorpsstraat"),
    ("Westerschelde 1813", "1813", "Westerschelde"),
    # With postcode and town.
    ("Dorpsstraat 12, 2712 AB Zoetermeer", "12", "Dorpsstraat"),
    ("Dorpsstraat 12 2712AB Zoetermeer", "12", "Dorpsstraat"),
    ("Dorpsstraat 12 2712ab", "12", "Dorpsstraat"),
    ("Dorpsstraat 12a, 2712 AB", "12", "Dorpsstraat"),
    ("2711 CZ Markt 10", "10", "Markt"),
    ("Plein 1813 4, 2712 AB Zoetermeer", "4", "Plein 1813"),
    ("Laan van 1940, 2712 AB Zoetermeer", "", ""),
    ("Dorpsstraat, 2712 AB Zoetermeer", "", ""),
    ("2712 AB Zoetermeer", "", ""),
    ("2712 AB", "", ""),
    ("Dorpsstraat 12 Zoetermeer", "12", "Dorpsstraat"),
    ("Dorpsstraat 1234", "1234", "Dorpsstraat"),
    # As DUO and others write them.
    ("WILLEM-ALEXANDERPLNTS 1", "1", "WILLEM-ALEXANDERPLNTS"),
    ("Dr. J. W. Paltelaan 5", "5", "Dr. J. W. Paltelaan"),
    ("Burg. Wegstapelplein 22", "22", "Burg. Wegstapelplein"),
    ("Bijvoetplan 43-45", "43", "Bijvoetplan"),
    ("Dorpsstraat 74-A", "74", "Dorpsstraat"),
    ("Dorpsstraat 97P", "97", "Dorpsstraat"),
    ("'s-Gravenweg 12", "12", "'s-Gravenweg"),
    ("’t Hof 3", "3", "’t Hof"),
    # Nothing to find.
    ("", "", ""),
    ("12", "", ""),
    ("Zoetermeer", "", ""),
]


@pytest.mark.parametrize(("written", "number", "street"), FORMS)
def test_the_number_of_a_house_is_read_however_it_is_written(written, number, street):
    found = read_street_address(written)
    assert (found.number, found.street) == (number, street)
    assert house_number(written) == number


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("Postbus 30, 2700 AA Zoetermeer", StreetAddress("Postbus", "30", "2700 AA", True)),
        ("Postbus 30", StreetAddress("Postbus", "30", "", True)),
        ("P.O. Box 30", StreetAddress("P.O. Box", "30", "", True)),
        ("Antwoordnummer 1234, 2700 VB", StreetAddress("Antwoordnummer", "1234", "2700 VB", True)),
        ("Postbus 15 2700AA", StreetAddress("Postbus", "15", "2700 AA", True)),
    ],
)
def test_a_box_at_the_post_office_has_a_number_and_is_no_house(written, found):
    assert read_street_address(written) == found
    assert house_number(written) == ""


def test_addresses_of_schools_and_restaurants_of_the_town_are_read(shared_data):
    with (shared_data / "zoetermeer-geo" / "adressen_zoetermeer.csv").open(
        encoding="utf-8"
    ) as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 100
    for row in rows:
        whole = f"{row['adres']}, {row['postcode']} {row['plaats']}"
        found = read_street_address(whole)
        street, _space, number = row["adres"].rpartition(" ")
        assert found.street == street
        assert number.startswith(found.number)
        assert found.postcode == f"{row['postcode'][:4]} {row['postcode'][4:]}"


@given(st.text(max_size=80))
def test_anything_is_read(written):
    number = read_street_address(written).number
    assert number == "" or number.isdigit()
