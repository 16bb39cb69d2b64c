"""Finds telephone numbers in running text, and turns them into `tel:` links."""

import html
import re
from collections.abc import Iterator

from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from phonenumbers import Leniency, PhoneNumberMatcher

from .conf import conf
from .telephone import EXTENSION, NoTelephoneNumber, TelephoneNumber, read_telephone

_TAG = re.compile(r"(<[^<>]*>)")
_OPENING = re.compile(r"<\s*(a|script|style)\b", re.IGNORECASE)
_CLOSING = re.compile(r"<\s*/\s*(a|script|style)\b", re.IGNORECASE)
#: A short number ("113", "14 079") is only certain after a word such as “bel”.
_CALLED = re.compile(
    r"\b(?:bel|belt|bellen|tel|telefoon|telefoonnummer|telefonisch|call|phone)\b(?:"
    r"[.:]?\s+(?:(?:direct|gratis|met|naar|op|nummer|via|het)\s+){0,3}(\d{3}|116\s?\d{3}|14\s?0\d{2,3})"
    r"|[^.!?\n\d]{1,40}?\b(14[ -]?0\d{2,3})"
    r")(?![\d\w]|[.,:-]\d|\s\d)",
    re.IGNORECASE,
)
#: A date such as "06-12-2026 12" looks like a number.
_DATE = re.compile(r"(?<!\d)\d{1,2}[-./ ]\d{1,2}[-./ ](?:19|20)\d\d(?!\d)")

#: Start, end and number.
Place = tuple[int, int, TelephoneNumber]


def with_telephone_links(text: str) -> SafeString:
    """Return HTML in which certain telephone numbers are links.

    Args:
        text: plain text or safe HTML; existing links are not changed.
    """
    pieces: list[str] = []
    within = 0
    for piece in _TAG.split(conditional_escape(text)):
        if piece.startswith("<"):
            within += bool(_OPENING.match(piece)) - bool(_CLOSING.match(piece))
            pieces.append(piece)
        else:
            pieces.append(piece if within > 0 else _linked(piece))
    return mark_safe("".join(pieces))  # noqa: S308 - the input was safe, and additions are escaped


def _linked(escaped: str) -> str:
    if sum(map(str.isdigit, escaped)) < 3:
        return escaped
    text = html.unescape(escaped)
    found = list(telephones_in(text, conf.PHONE_REGION))
    if not found:
        return escaped
    pieces, end = [], 0
    for start, stop, number in found:
        link = format_html('<a href="{}">{}</a>', number.uri, text[start:stop])
        pieces += [escape(text[end:start]), link]
        end = stop
    return "".join((*pieces, escape(text[end:])))


def telephones_in(text: str, region: str) -> Iterator[Place]:
    """Yield the telephone numbers in a text, in order, if they are certain.

    Args:
        text: plain text.
        region: country code (ISO 3166) for numbers without country code.
    """
    end = 0
    for start, stop, number in sorted(_candidates(text, region), key=lambda place: place[:2]):
        if start >= end:
            yield start, stop, number
            end = stop


def _candidates(text: str, region: str) -> Iterator[Place]:
    for found in PhoneNumberMatcher(text, region, leniency=Leniency.VALID):
        stop = found.start + len(found.raw_string.rstrip(" ,;("))
        # The matcher does not know the extension word of this country.
        extension = EXTENSION.match(text, stop)
        stop = extension.end() if extension else stop
        typed = text[found.start : stop]
        is_whole = typed.lstrip("(").startswith(("0", "+"))
        if is_whole and not _DATE.search(typed):
            yield from _read(found.start, stop, typed, region)
    for called in _CALLED.finditer(text):
        group = called.lastindex or 0
        yield from _read(called.start(group), called.end(group), called[group], region)


def _read(start: int, stop: int, typed: str, region: str) -> Iterator[Place]:
    try:
        yield start, stop, read_telephone(typed, region)
    except NoTelephoneNumber:
        return
