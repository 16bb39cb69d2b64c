"""Telephone numbers: read, written and linked in one way, wherever they come from or go to."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

Fault = Literal["words", "two", "start", "short", "long", "unknown"]

#: By country: numbers of three digits that `phonenumbers` does not know. 113 is for who thinks of
#: suicide, 144 for animals in need (Nummerplan telefoon- en ISDN-diensten).
_SHORT_NUMBERS = {"NL": frozenset({"113", "144"})}
#: Kinds of numbers that are dialled as they are printed, in the country that they are of.
_DIALLED_AS_PRINTED = (
    PhoneNumberType.TOLL_FREE,
    PhoneNumberType.PREMIUM_RATE,
    PhoneNumberType.SHARED_COST,
    PhoneNumberType.UAN,  # 088, 14 079
)
#: How an extension is written where that is not "ext."
_EXTENSION_WORD = {"NL": "tst.", "BE": "tst."}
#: An extension behind a number, with what parts the two.
EXTENSION = re.compile(
    r"[\s,;(]*(?:\btst\b|\btoestel(?:nummer)?\b|\bext(?:ension)?\b|\bintern\b|x|#)[\s.:=]*(\d{1,7})\)?",
    re.IGNORECASE,
)
_CALLING_CODE = re.compile(r"[\s(]*(?:\+|00)")
_LETTER = re.compile(r"[^\W\d_]")
# Everything that stands between the digits of one number.
_SIGNS = re.compile(r"[\d\s().+/-]+")
#: Between two numbers in one value.
_AND = re.compile(r"\s*(?:[/;,|&]|\s-\s|\b(?:of|en|or|and)\b)\s*", re.IGNORECASE)
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")


class NoTelephoneNumber(ValueError):  # noqa: N818 - a refusal is no error of the program
    """What was typed is no telephone number that can be called.

    Attributes:
        fault: why: other words in it, two numbers, no 0 or + in front, too short, too long, or a
            number that nobody can have.
    """

    def __init__(self, fault: Fault) -> None:
        """Refuse for this reason."""
        super().__init__(fault)
        self.fault: Fault = fault


@dataclass(frozen=True)
class TelephoneNumber:
    """A number that can be called.

    Attributes:
        text: as it is printed, with every digit that was typed: `079 123 4567 tst. 12`.
        uri: what a link to it points to: `tel:+31-79-123-4567;ext=12`, `tel:113`.
        digits: those of the printed number without its extension, to find it by: `0791234567`.
        key: what is the same for every way of writing it, its extension aside: `+31791234567`.
        international: as one who is elsewhere dials it, in print: `+31 79 123 4567`; a number
            that works in its own country only stands as it is printed there.
    """

    text: str
    uri: str
    digits: str
    key: str
    international: str


def read_telephone(value: str, region: str) -> TelephoneNumber:
    """Read a telephone number as people write it.

    Every digit that was typed is in what is read: nothing is guessed, dropped or added, save that a
    country code may stand for the first 0.

    Args:
        value: with or without country code and extension ("tst. 12", "toestel 12", "ext. 12").
        region: country (ISO 3166) of a number without country code.

    Raises:
        NoTelephoneNumber: it cannot be called as it stands.
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
    """Write digits of other scripts (Arabic, Devanagari) as ours."""
    return "".join(str(unicodedata.digit(char, char)) for char in text)


def _without_extension(typed: str) -> tuple[str, str]:
    """Return the number, and the extension behind it; empty without one."""
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
    # As "+31 (0)79 …" and "00 31 79 …" too; "79 …" lost its zero, and nobody knows what else.
    if not _CALLING_CODE.match(bare) and digits not in (national, with_code):
        raise NoTelephoneNumber("start")
    return number


def _fault_of(number: phonenumbers.PhoneNumber, bare: str, region: str) -> Fault:
    """Tell what is wrong with a number that nobody can have."""
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
    """Tell two numbers in one value from one that is too long."""
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
    text = national if is_own else international
    if extension:
        word = _EXTENSION_WORD.get(region, "ext.")
        uri = f"{uri};ext={extension}"
        return TelephoneNumber(
            f"{text} {word} {extension}",
            uri,
            _digits(text),
            key,
            f"{international} {word} {extension}",
        )
    return TelephoneNumber(text, uri, _digits(text), key, international)


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def digits_to_find(text: str, region: str) -> str:
    """Return the digits of what looks like (part of) a telephone number, otherwise nothing.

    Args:
        text: as typed.
        region: country (ISO 3166) whose code is written as 0.
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
