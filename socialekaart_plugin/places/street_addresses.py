"""Street addresses as people write them: street, house number, addition, postcode; plain Python."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

POSTCODE_WITHIN = re.compile(r"\b([1-9][0-9]{3})\s?([A-Za-z]{2})\b")

# What parts an address: lines, commas, brackets.
_PARTS = re.compile(r"[,;\n()|]+")
_YEAR = r"(?:1[5-9]|20)\d\d"
#: A number and what belongs to it: 12, 12a, 12-14, 40-45; not what is part of a word (A4straat).
#: Behind four letters a space was forgotten: Dorpsstraat12.
_NUMBER = re.compile(
    r"(?:(?<!\w)|(?<=[^\W\d_]{4}))(\d{1,5})(?!\d)(?:\s?-\s?['’‘]?(\d{1,5})(?!\w))?"
)
#: "1e Stationsstraat", "2de": a number in order, when a word follows; else "12e" is a house.
_ORDINAL = re.compile(r"(?:e|de|ste)\b(?=\s+[^\W\d_]|\s*$)", re.IGNORECASE)
#: Where in a building: these numbers are of no house.
_WITHIN = re.compile(
    r"(?<!\w)(?:"
    r"\d+\s?(?:e|de|ste)?[\s-]?(?:hoog|verdieping|verd\b\.?|etage|floor)"
    r"|(?:verdieping|verd\.|etage|unit|units|kamer|lokaal|zaal|gebouw|ruimte|appartement|app|apt|suite"
    r"|bus|room|studio)\b\.?\s*(?:nr\.?\s*)?(?:[a-z]{1,2}[.-]?)?\d+(?:[.-]\d+)*[a-z]?"
    r")(?!\w)",
    re.IGNORECASE,
)
_BOX = re.compile(r"^\W*(?:postbus|post\s?box|p\.?\s?o\.?\s?box|antwoordnummer)\W*$", re.IGNORECASE)
#: Names that end in a year: Plein 1813, Laan van 1940.
_NAMED_AFTER_A_YEAR = re.compile(r"(?:^|\s)(?:plein|park|van)\s*['’‘]?$", re.IGNORECASE)
_NUMBER_SIGN = re.compile(r"[\s,.]*(?:\b(?:nr|no|nummer|huisnummer)\b\.?|#)?\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class StreetAddress:
    """An address as it was read; what is not there is empty.

    Attributes:
        street: its name, as written: `Plein 1813`; `Postbus` of a post office box.
        number: of the house, or of the box; of a range the first, and without an addition.
        postcode: as `1234 AB`.
        is_box: whether it is a post office box, where nobody lives.
    """

    street: str = ""
    number: str = ""
    postcode: str = ""
    is_box: bool = False


def read_street_address(text: str) -> StreetAddress:
    """Read an address of which postcode, town, floor and unit may be part.

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
    """Return the number of a house, without addition: `12` of `Markt 12a`; empty without one."""
    found = read_street_address(street_address)
    return "" if found.is_box else found.number


def _without_postcode(text: str) -> tuple[str, str]:
    """Return what is not the postcode; the town behind it goes as well."""
    for match in reversed(list(POSTCODE_WITHIN.finditer(text))):
        before = text[: match.start()]
        written = f"{match[1]} {match[2].upper()}"
        if re.search(r"\d", before):
            return before, written
        # In front: "2711 CZ Markt 10". Of "Straat 1234 ab" it is the number of the house.
        if not re.search(r"[^\W\d_]{3}", before):
            return text[match.end() :], written
        if match[2].isupper() and text[match.end() :].strip(" ,."):
            return before, written
    return text, ""


def _read(part: str) -> tuple[str, str] | None:
    """Return the street and the number of a house, if they are in this part of an address."""
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
    """Yield the numbers in it, without the years that a street is named after."""
    found = list(_NUMBER.finditer(part))
    for at, match in enumerate(found):
        is_followed = at + 1 < len(found) and not part[match.end() : found[at + 1].start()].strip()
        if not _is_in_the_name(match, part[: match.start()], is_followed):
            yield match


def _is_in_the_name(match: re.Match[str], before: str, is_followed: bool) -> bool:
    """Tell whether a number is part of the name of the street."""
    first, last = match[1], match[2]
    is_year = bool(re.fullmatch(_YEAR, first))
    are_years = (first, last) == ("40", "45") or (is_year and bool(re.fullmatch(_YEAR, last or "")))
    is_named = bool(_NAMED_AFTER_A_YEAR.search(before))
    return ((is_year and last is None) or are_years) and (is_followed or is_named)
