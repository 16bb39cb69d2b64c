import pytest

from socialekaart_plugin.presentation.contact import contact_lines


def line(kind, value):
    fact = {"kind": kind, "value": value, "uri": "", "label": "", "derived_from": None}
    (found,) = contact_lines({"contact": [fact]})
    return found.text


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("phone", "079 123 45 67", "079 123 45 67"),
        ("person", "Truus", "Truus"),
        ("mail", "naam@example.nl", "naam<wbr>@example<wbr>.nl"),
        ("website", "https://www.example.nl/", "example<wbr>.nl"),
        ("website", "http://example.nl/pad", "example<wbr>.nl<wbr>/pad"),
    ],
)
def test_an_address_reads_without_what_only_machines_need(kind, value, shown):
    assert line(kind, value) == shown


@pytest.mark.parametrize("kind", ["phone", "mail", "website", "social", "person"])
def test_markup_in_a_fact_is_text(kind):
    assert "<b>" not in line(kind, '<b>"x"</b>&.nl')
    assert "&lt;" in line(kind, '<b>"x"</b>&.nl')
