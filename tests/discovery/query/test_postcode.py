import pytest

from socialekaart_plugin.discovery.query import read_postcode


@pytest.mark.parametrize(
    ("text", "postcode"),
    [
        ("2711 AB", "2711AB"),
        ("2711ab", "2711AB"),
        (" 2711  aB ", "2711AB"),
        ("2711", "2711"),
    ],
)
def test_a_postcode_is_read_as_people_type_it(text, postcode):
    assert read_postcode(text) == postcode


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0711 AB",
        "271",
        "27111",
        "2711 A",
        "2711 ABC",
        "2711 SS",
        "２７１１",
        "2711 é",
        "x" * 10_000,
    ],
)
def test_anything_else_is_no_postcode(text):
    assert read_postcode(text) is None
