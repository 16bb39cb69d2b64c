"""Rules of a record as plain values: contact facts in one way of writing, numbers, fingerprints."""

import datetime
import hashlib
import re
from collections.abc import Iterable
from typing import Literal

import phonenumbers

#: Longest summary, in characters; it is what a list shows.
SUMMARY_MAX_LENGTH = 300


#: The fields of a record by which it goes public and leaves again by itself.
SCHEDULE = ("go_live_at", "expire_at")


def has_passed(moment: datetime.datetime | None, now: datetime.datetime) -> bool:
    """Tell whether a moment of a schedule has come; what is not set never does."""
    return moment is not None and moment <= now


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


def e164(value: str, region: str) -> str:
    """Return a telephone number as `+31791234567`, an empty string when it is none."""
    try:
        number = _parse_phone(value, region)
    except ValueError:
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


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


def due_on(verified_on: datetime.date, interval_days: int) -> datetime.date:
    """Return the day from which a record is to be verified again; the last day there is at most."""
    days_left = (datetime.date.max - verified_on).days
    return verified_on + datetime.timedelta(days=min(interval_days, days_left))


def freshness(
    verified_on: datetime.date | None,
    marked_on: datetime.date | None,
    interval_days: int,
    today: datetime.date,
) -> Literal["fresh", "due", "marked", "never"]:
    """Tell how sure it is that a record is still right.

    Args:
        verified_on: the day on which it was found right.
        marked_on: the day from which it counts as not recently verified.
        interval_days: days after which it is to be verified again.
        today: the day of asking.
    """
    if marked_on is not None and marked_on <= today:
        return "marked"
    if verified_on is None:
        return "never"
    return "due" if due_on(verified_on, interval_days) <= today else "fresh"


def next_step(
    *, live: bool, withdrawn: bool, pending: bool, workflow: str, verify: bool, gaps: Iterable[str]
) -> Literal["mend", "verify", "finish", "complete", "wait", "nothing"]:
    """Tell what someone should do next with a record.

    Args:
        live: it is public.
        withdrawn: it was public once, and is no more.
        pending: its draft differs from what is public.
        workflow: `in_progress`, `needs_changes`, or empty.
        verify: it is due, marked or never verified.
        gaps: what it misses that an editor can fill in.
    """
    if workflow == "needs_changes":
        return "mend"
    if workflow == "in_progress":
        return "wait"
    if not live:
        return "nothing" if withdrawn else "finish"
    if verify:
        return "verify"
    if pending:
        return "finish"
    return "complete" if any(gaps) else "nothing"


def words_to_find(text: str) -> list[str]:
    """Return the words someone looks for, eight at most; a postcode in two, as it is stored."""
    return re.sub(r"\b(\d{4})([a-z]{2})\b", r"\1 \2", text, flags=re.IGNORECASE).split()[:8]


def digits_to_find(text: str, region: str) -> str:
    """Return the digits of what looks like (part of) a telephone number, otherwise nothing.

    Args:
        text: as typed.
        region: country (ISO 3166) whose code is written as 0.
    """
    bare = re.sub(r"[ ()./-]", "", text)
    code = str(phonenumbers.country_code_for_region(region))
    bare = re.sub(rf"^(\+|00){code}0?", "0", bare).removeprefix("+")
    return bare if len(bare) >= 4 and bare.isascii() and bare.isdigit() else ""
