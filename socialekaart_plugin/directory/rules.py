"""Rules of a record as plain values: contact facts in one way of writing, numbers, fingerprints."""

import hashlib

import phonenumbers

#: Longest summary, in characters; it is what a list shows.
SUMMARY_MAX_LENGTH = 300


def normalise_phone(value: str, region: str) -> str:
    """Return a telephone number as it is printed: national in its own country.

    Args:
        value: as typed, with or without country code.
        region: country (ISO 3166) of a number without country code.

    Raises:
        ValueError: no telephone number.
    """
    number = _parse_phone(value, region)
    own = phonenumbers.region_code_for_number(number) == region
    style = (
        phonenumbers.PhoneNumberFormat.NATIONAL
        if own
        else (phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    )
    return phonenumbers.format_number(number, style)


def phone_uri(value: str, region: str) -> str:
    """Return `tel:+31…` for a telephone number, an empty string when it is none."""
    try:
        number = _parse_phone(value, region)
    except ValueError:
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.RFC3966)


def _parse_phone(value: str, region: str) -> phonenumbers.PhoneNumber:
    try:
        number = phonenumbers.parse(value, region)
    except phonenumbers.NumberParseException as error:
        raise ValueError("no telephone number") from error
    if not phonenumbers.is_possible_number(number):
        raise ValueError("no telephone number")
    return number


def with_scheme(value: str) -> str:
    """Return a web address with https:// before it when a scheme is missing."""
    value = value.strip()
    return value if "://" in value else f"https://{value}"


def fingerprint(*texts: str) -> str:
    """Return what tells texts from others: SHA-256 of the texts, white space aside, in hex."""
    words = "\x00".join(" ".join(text.split()) for text in texts)
    return hashlib.sha256(words.encode()).hexdigest()


def is_rsin(value: str) -> bool:
    """Tell whether nine digits pass the test of eleven, as every RSIN does."""
    if len(value) != 9 or not value.isascii() or not value.isdigit():
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return value != "000000000" and not (
        sum(int(digit) * weight for digit, weight in zip(value, weights, strict=True)) % 11
    )
