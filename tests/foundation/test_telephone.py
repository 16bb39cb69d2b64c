import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialekaart_plugin.foundation.telephone import (
    NoTelephoneNumber,
    digits_to_find,
    read_telephone,
)


@pytest.mark.parametrize(
    ("typed", "text", "uri"),
    [
        ("0791234567", "079 123 4567", "tel:+31-79-123-4567"),
        ("(079) 123 45 67", "079 123 4567", "tel:+31-79-123-4567"),
        ("079–123 45 67", "079 123 4567", "tel:+31-79-123-4567"),
        ("079/123.45.67", "079 123 4567", "tel:+31-79-123-4567"),
        ("+31 (0)79 123 45 67", "079 123 4567", "tel:+31-79-123-4567"),
        ("0031 79 123 45 67", "079 123 4567", "tel:+31-79-123-4567"),
        ("06-12345678", "06 12345678", "tel:+31-6-12345678"),
        ("085 123 45 67", "085 123 4567", "tel:+31-85-123-4567"),
        ("0343-123456", "0343 123 456", "tel:+31-343-123-456"),
        ("٠٧٩ ١٢٣ ٤٥ ٦٧", "079 123 4567", "tel:+31-79-123-4567"),
        ("112", "112", "tel:112"),
        ("113", "113", "tel:113"),
        ("144", "144", "tel:144"),
        ("116 111", "116111", "tel:116111"),
        ("14 079", "14 079", "tel:14079"),
        ("140180", "14 0180", "tel:140180"),
        ("+31 14079", "14 079", "tel:14079"),
        ("0800-0113", "0800 0113", "tel:08000113"),
        ("0900 8844", "0900 8844", "tel:09008844"),
        ("088 123 45 67", "088 123 4567", "tel:0881234567"),
        ("+32 2 555 12 12", "+32 2 555 12 12", "tel:+32-2-555-12-12"),
        ("+1 800 555 0100", "+1 800-555-0100", "tel:+1-800-555-0100"),
        ("079-1234567 tst. 12", "079 123 4567 tst. 12", "tel:+31-79-123-4567;ext=12"),
        ("079-1234567 (toestel 12)", "079 123 4567 tst. 12", "tel:+31-79-123-4567;ext=12"),
        ("079-1234567, toestelnummer: 12", "079 123 4567 tst. 12", "tel:+31-79-123-4567;ext=12"),
        ("tel:+31-79-123-4567;ext=12", "079 123 4567 tst. 12", "tel:+31-79-123-4567;ext=12"),
        ("+32 2 555 12 12 ext 3", "+32 2 555 12 12 tst. 3", "tel:+32-2-555-12-12;ext=3"),
    ],
)
def test_a_number_is_read_however_it_is_written(typed, text, uri):
    number = read_telephone(typed, "NL")
    assert (number.text, number.uri) == (text, uri)
    assert read_telephone(number.text, "NL") == number


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("079-12345", "short"),
        ("0180 12345", "short"),
        ("067 123", "short"),
        ("078 12345678", "long"),
        ("079 123 45 67 8", "long"),
        ("791234567", "start"),
        ("7912345", "start"),
        ("1234567", "start"),
        ("140", "start"),
        ("06 00000000", "unknown"),
        ("+31 112", "short"),
        ("079 123 45 67 / 06 12345678", "two"),
        ("079 1234567 of 06-12345678", "two"),
        ("0791234567 (maandag)", "words"),
        ("O79 1234567", "words"),
        ("1-800-FLOWERS", "words"),
        ("112 toestel 3", "words"),
        ("bel maar", "words"),
        ("", "words"),
    ],
)
def test_what_cannot_be_called_is_refused_with_its_reason(typed, fault):
    with pytest.raises(NoTelephoneNumber) as error:
        read_telephone(typed, "NL")
    assert error.value.fault == fault


def test_another_country_reads_its_own_numbers():
    number = read_telephone("1-650-555-0100 x5", "US")
    assert (number.text, number.uri) == ("(650) 555-0100 ext. 5", "tel:+1-650-555-0100;ext=5")
    assert read_telephone("911", "US").uri == "tel:911"


@given(st.text(alphabet="0123456789 -+()./tsx", max_size=24))
def test_no_digit_that_was_typed_is_lost_or_added(typed):
    try:
        number = read_telephone(typed, "NL")
    except NoTelephoneNumber:
        return
    digits, kept = ("".join(re.findall(r"\d", text)) for text in (typed, number.text))
    assert digits == kept or digits.lstrip("0").startswith(("31", kept[:2]))
    # Whatever stands for the first zero, what follows it is all there.
    assert digits.endswith(kept.removeprefix("0"))


@given(st.text(max_size=60))
def test_anything_typed_is_read_or_refused(typed):
    try:
        number = read_telephone(typed, "NL")
    except NoTelephoneNumber:
        return
    assert re.fullmatch(r"tel:\+?[\d-]+(;ext=\d+)?", number.uri)


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("079-123", "079123"),
        ("+31 79 123 45 67", "0791234567"),
        ("0031 (0)79 1234567", "0791234567"),
        ("079 1234567 tst. 12", "0791234567"),
        ("+32 2 555", "322555"),
        ("14 079", "14079"),
        ("12", ""),
        ("Markt 1234", ""),
    ],
)
def test_part_of_a_number_is_looked_for_by_its_digits(typed, digits):
    assert digits_to_find(typed, "NL") == digits
