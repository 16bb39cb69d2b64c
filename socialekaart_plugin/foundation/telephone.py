"""Parses, validates and formats telephone numbers, with `tel:` links."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

Fault = Literal["words", "two", "start", "short", "long", "unknown"]

#: Short numbers by country that `phonenumbers` lacks: 113 (suicide prevention), 144 (animals in
#: need). Source: Nummerplan telefoon- en ISDN-diensten.
_SHORT_NUMBERS = {"NL": frozenset({"113", "144"})}
#: Types of numbers that are dialled nationally, without country code.
_DIALLED_AS_PRINTED = (
    PhoneNumberType.TOLL_FREE,
    PhoneNumberType.PREMIUM_RATE,
    PhoneNumberType.SHARED_COST,
    PhoneNumberType.UAN,  # 088, 14 079
)
#: The word for an extension, if not "ext.".
_EXTENSION_WORD = {"NL": "tst.", "BE": "tst."}
#: An extension after a number, with its separator.
EXTENSION = re.compile(
    r"[\s,;(]*(?:\btst\b|\btoestel(?:nummer)?\b|\bext(?:ension)?\b|\bintern\b|x|#)[\s.:=]*(\d{1,7})\)?",
    re.IGNORECASE,
)
_CALLING_CODE = re.compile(r"[\s(]*(?:\+|00)")
_LETTER = re.compile(r"[^\W\d_]")
# Characters allowed within one number.
_SIGNS = re.compile(r"[\d\s().+/-]+")
#: Separators between two numbers.
_AND = re.compile(r"\s*(?:[/;,|&]|\s-\s|\b(?:of|en|or|and)\b)\s*", re.IGNORECASE)
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")


class NoTelephoneNumber(ValueError):  # noqa: N818 - a refusal is no error of the program
    """The input is not a valid telephone number.

    Attributes:
        fault: the reason: other words, two numbers, no leading 0 or +, too short, too long, or an
            unassigned number.
    """

    def __init__(self, fault: Fault) -> None:
        """Store the reason."""
        super().__init__(fault)
        self.fault: Fault = fault


@dataclass(frozen=True)
class TelephoneNumber:
    """A valid telephone number.

    Attributes:
        text: formatted, with every digit that was typed: `079 123 4567 tst. 12`.
        uri: for a link: `tel:+31-79-123-4567;ext=12`, `tel:113`.
        digits: the formatted number without extension, for searching: `0791234567`.
        key: the same for every notation, without extension: `+31791234567`.
        international: formatted for callers abroad: `+31 79 123 4567`; the national format for
            numbers that only work in their own country.
    """

    text: str
    uri: str
    digits: str
    key: str
    international: str


def read_telephone(value: str, region: str) -> TelephoneNumber:
    """Parse a telephone number as people write it.

    Keeps every digit that was typed, except that a country code can replace the leading 0. Nothing
    is guessed.

    Args:
        value: with or without country code and extension ("tst. 12", "toestel 12", "ext. 12").
        region: country code (ISO 3166) for numbers without country code.

    Raises:
        NoTelephoneNumber: it is not a valid number as written.
    """
    typed = unicodedata.normalize("NFKC", value).translate(_DASHES).strip()
    typed = re.sub(r"^tel:\s*", "", _in_ascii(typed), flags=re.IGNORECASE)
    bare, extension = _without_extension(typed)
    if not _SIGNS.fullmatch(bare):
        raise NoTelephoneNumber(_fault_of_words(typed, region))
    digits = _digits(bare)
    if _is_short(digits, region) and not _CALLING_CODE.match(bare):
        if extension:
            raise NoTelephoneNumber("words")
        return TelephoneNumber(digits, f"tel:{digits}", digits, digits, digits)
    number = _parsed(bare, digits, region)
    return _written(number, extension, region)


def _in_ascii(text: str) -> str:
    """Convert digits of other scripts (Arabic, Devanagari) to ASCII."""
    return "".join(str(unicodedata.digit(char, char)) for char in text)


def _without_extension(typed: str) -> tuple[str, str]:
    """Split off the extension; empty if there is none."""
    for found in EXTENSION.finditer(typed):
        if found.end() == len(typed):
            return typed[: found.start()], found[1]
    return typed, ""


def _parsed(bare: str, digits: str, region: str) -> phonenumbers.PhoneNumber:
    try:
        number = phonenumbers.parse(bare, region)
    except phonenumbers.NumberParseException as error:
        too_long = phonenumbers.NumberParseException.TOO_LONG
        raise NoTelephoneNumber(
            _fault_of_many(bare, region) if error.error_type == too_long else "short"
        ) from error
    if not phonenumbers.is_valid_number(number):
        raise NoTelephoneNumber(_fault_of(number, bare, region))
    national = _digits(phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL))
    with_code = f"{number.country_code}{number.national_number}"
    # Without + or 00, accept "079 …" and "31 79 …"; "79 …" lost its zero, and maybe more.
    if not _CALLING_CODE.match(bare) and digits not in (national, with_code):
        raise NoTelephoneNumber("start")
    return number


def _fault_of(number: phonenumbers.PhoneNumber, bare: str, region: str) -> Fault:
    """Return the reason why a number is invalid."""
    if number.country_code == phonenumbers.country_code_for_region(region):
        own = phonenumbers.example_number(region)
        if own is not None:
            usual, typed = len(str(own.national_number)), len(str(number.national_number))
            begins = phonenumbers.ndd_prefix_for_region(region, True)
            if not _CALLING_CODE.match(bare) and begins == "0" != _digits(bare)[:1]:
                return "start"
            if typed != usual:
                return "short" if typed < usual else _fault_of_many(bare, region)
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason == phonenumbers.ValidationResult.TOO_LONG:
        return _fault_of_many(bare, region)
    return "short" if reason == phonenumbers.ValidationResult.TOO_SHORT else "unknown"


def _fault_of_words(typed: str, region: str) -> Fault:
    return "two" if _fault_of_many(typed, region) == "two" else "words"


def _fault_of_many(typed: str, region: str) -> Fault:
    """Return whether a value is two numbers, or one that is too long."""
    parts = [part for part in _AND.split(typed) if part.strip()]
    are_numbers = len(parts) > 1 and all(_is_number(part, region) for part in parts)
    return "two" if are_numbers else "long"


def _is_number(value: str, region: str) -> bool:
    try:
        read_telephone(value, region)
    except NoTelephoneNumber:
        return False
    return True


def _is_short(digits: str, region: str) -> bool:
    return digits in _SHORT_NUMBERS.get(region, ()) or (
        len(digits) > 2
        and phonenumbers.is_valid_short_number_for_region(
            phonenumbers.PhoneNumber(
                country_code=phonenumbers.country_code_for_region(region),
                national_number=int(digits),
            ),
            region,
        )
        and not digits.startswith("0")
    )


def _written(number: phonenumbers.PhoneNumber, extension: str, region: str) -> TelephoneNumber:
    is_own = phonenumbers.region_code_for_number(number) == region
    national = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    international = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
    key = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    uri = phonenumbers.format_number(number, PhoneNumberFormat.RFC3966)
    if is_own and phonenumbers.number_type(number) in _DIALLED_AS_PRINTED:
        uri, international = f"tel:{_digits(national)}", national
    text, behind = national if is_own else international, ""
    if extension:
        word = _EXTENSION_WORD.get(region, "ext.")
        uri, behind = f"{uri};ext={extension}", f" {word} {extension}"
    return TelephoneNumber(text + behind, uri, _digits(text), key, international + behind)


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def digits_to_find(text: str, region: str) -> str:
    """Return the digits of text that looks like a (partial) telephone number, else an empty string.

    Args:
        text: as typed.
        region: country (ISO 3166) whose country code is replaced by 0.
    """
    bare = re.sub(r"[\s().+/-]", "", _without_extension(text.translate(_DASHES))[0])
    if len(bare) < 4 or not (bare.isascii() and bare.isdigit()):
        return ""
    calling = _CALLING_CODE.match(text)
    if calling is None:
        return bare
    bare = bare.removeprefix("00")
    code = str(phonenumbers.country_code_for_region(region))
    own = bare.removeprefix(code)
    begins = phonenumbers.ndd_prefix_for_region(region, True) or ""
    return bare if own == bare else begins + own.removeprefix(begins)
