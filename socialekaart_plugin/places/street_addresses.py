"""Parses Dutch street addresses: street, house number, addition, postcode; plain Python."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

POSTCODE_WITHIN = re.compile(r"\b([1-9][0-9]{3})\s?([A-Za-z]{2})\b")

# Separators: lines, commas, brackets.
_PARTS = re.compile(r"[,;\n()|]+")
_YEAR = r"(?:1[5-9]|20)\d\d"
#: A number with its addition or range: 12, 12a, 12-14; not a digit inside a word (A4straat).
#: A missing space is accepted after four letters: Dorpsstraat12.
_NUMBER = re.compile(
    r"(?:(?<!\w)|(?<=[^\W\d_]{4}))(\d{1,5})(?!\d)(?:\s?-\s?['’‘]?(\d{1,5})(?!\w))?"
)
#: An ordinal when a word follows: "1e Stationsstraat"; otherwise "12e" is a house number.
_ORDINAL = re.compile(r"(?:e|de|ste)\b(?=\s+[^\W\d_]|\s*$)", re.IGNORECASE)
#: Floors and units: their numbers are not house numbers.
_WITHIN = re.compile(
    r"(?<!\w)(?:"
    r"\d+\s?(?:e|de|ste)?[\s-]?(?:hoog|verdieping|verd\b\.?|etage|floor)"
    r"|(?:verdieping|verd\.|etage|unit|units|kamer|lokaal|zaal|gebouw|ruimte|appartement|app|apt|suite"
    r"|bus|room|studio)\b\.?\s*(?:nr\.?\s*)?(?:[a-z]{1,2}[.-]?)?\d+(?:[.-]\d+)*[a-z]?"
    r")(?!\w)",
    re.IGNORECASE,
)
_BOX = re.compile(r"^\W*(?:postbus|post\s?box|p\.?\s?o\.?\s?box|antwoordnummer)\W*$", re.IGNORECASE)
#: Street names that end in a year: Plein 1813, Laan van 1940.
_NAMED_AFTER_A_YEAR = re.compile(r"(?:^|\s)(?:plein|park|van)\s*['’‘]?$", re.IGNORECASE)
_NUMBER_SIGN = re.compile(r"[\s,.]*(?:\b(?:nr|no|nummer|huisnummer)\b\.?|#)?\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class StreetAddress:
    """A parsed address; missing parts are empty.

    Attributes:
        street: its name as written: `Plein 1813`; `Postbus` for a PO box.
        number: house or box number, without addition; the first of a range.
        postcode: as `1234 AB`.
        is_box: whether it is a PO box, so not a place to visit.
    """

    street: str = ""
    number: str = ""
    postcode: str = ""
    is_box: bool = False


def read_street_address(text: str) -> StreetAddress:
    """Parse an address, which may include postcode, town, floor and unit.

    Args:
        text: as typed: `1e Stationsstraat 10-a (2e verdieping), 2712 HA Zoetermeer`.
    """
    rest, postcode = _without_postcode(text)
    for part in _PARTS.split(rest):
        found = _read(_WITHIN.sub(lambda match: " " * len(match[0]), part))
        if found is not None:
            street, number = found
            return StreetAddress(street, number, postcode, bool(_BOX.match(street)))
    return StreetAddress(postcode=postcode)


def house_number(street_address: str) -> str:
    """Return the house number without addition: `12` for `Markt 12a`; empty if there is none."""
    found = read_street_address(street_address)
    return "" if found.is_box else found.number


def _without_postcode(text: str) -> tuple[str, str]:
    """Split off the postcode, and drop the town behind it."""
    for match in reversed(list(POSTCODE_WITHIN.finditer(text))):
        before = text[: match.start()]
        written = f"{match[1]} {match[2].upper()}"
        if re.search(r"\d", before):
            return before, written
        # Postcode first: "2711 CZ Markt 10". In "Straat 1234 ab" it is a house number.
        if not re.search(r"[^\W\d_]{3}", before):
            return text[match.end() :], written
        if match[2].isupper() and text[match.end() :].strip(" ,."):
            return before, written
    return text, ""


def _read(part: str) -> tuple[str, str] | None:
    """Return the street and house number in this part of an address, if any."""
    doubtful = None
    for match in _numbers(part):
        street = _NUMBER_SIGN.sub("", part[: match.start()]).strip(" .,-:")
        if not re.search(r"[^\W\d_]", street):
            continue  # "5 Meiplein", "1e Stationsstraat"
        found = street, match[1].lstrip("0") or match[1]
        if not _ORDINAL.match(part, match.end()):
            return found
        doubtful = doubtful or found
    return doubtful


def _numbers(part: str) -> Iterator[re.Match[str]]:
    """Yield the numbers in a part, except years in street names."""
    found = list(_NUMBER.finditer(part))
    for at, match in enumerate(found):
        is_followed = at + 1 < len(found) and not part[match.end() : found[at + 1].start()].strip()
        if not _is_in_the_name(match, part[: match.start()], is_followed):
            yield match


def _is_in_the_name(match: re.Match[str], before: str, is_followed: bool) -> bool:
    """Return whether a number is part of the street name."""
    first, last = match[1], match[2]
    is_year = bool(re.fullmatch(_YEAR, first))
    are_years = (first, last) == ("40", "45") or (is_year and bool(re.fullmatch(_YEAR, last or "")))
    is_named = bool(_NAMED_AFTER_A_YEAR.search(before))
    return ((is_year and last is None) or are_years) and (is_followed or is_named)
