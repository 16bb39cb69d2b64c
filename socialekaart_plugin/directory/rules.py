"""Rules on plain values of a record: web addresses, RSIN, freshness, next step, search words."""

import datetime
import hashlib
import re
from collections.abc import Iterable
from typing import Literal

#: Maximum summary length in characters; lists show the summary.
SUMMARY_MAX_LENGTH = 300

#: Scheme at the start of an address; one inside a query (`a.nl/?u=https://b.nl`) does not count.
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)

#: The fields for scheduled publication and expiry.
SCHEDULE = ("go_live_at", "expire_at")


def has_passed(moment: datetime.datetime | None, now: datetime.datetime) -> bool:
    """Return whether a schedule date has passed; False if it is not set."""
    return moment is not None and moment <= now


def with_scheme(value: str) -> str:
    """Return a web address, with https:// added if it has no scheme."""
    value = value.strip()
    return value if _SCHEME.match(value) else f"https://{value}"


def fingerprint(*texts: str) -> str:
    """Return the SHA-256 of the texts in hex, ignoring differences in white space."""
    words = "\x00".join(" ".join(text.split()) for text in texts)
    return hashlib.sha256(words.encode()).hexdigest()


def is_rsin(value: str) -> bool:
    """Return whether this is a valid RSIN: nine digits that pass the elfproef (modulo 11)."""
    if len(value) != 9 or not value.isascii() or not value.isdigit():
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return value != "000000000" and not (
        sum(int(digit) * weight for digit, weight in zip(value, weights, strict=True)) % 11
    )


def due_on(verified_on: datetime.date, interval_days: int) -> datetime.date:
    """Return the day on which verification is due, at most `date.max`."""
    days_left = (datetime.date.max - verified_on).days
    return verified_on + datetime.timedelta(days=min(interval_days, days_left))


def freshness(
    verified_on: datetime.date | None,
    marked_on: datetime.date | None,
    interval_days: int,
    today: datetime.date,
) -> Literal["fresh", "due", "marked", "never"]:
    """Return how recently a record was verified.

    Args:
        verified_on: the day of the last verification.
        marked_on: the day from which it is marked as not recently verified.
        interval_days: days between verifications.
        today: the current day.
    """
    if marked_on is not None and marked_on <= today:
        return "marked"
    if verified_on is None:
        return "never"
    return "due" if due_on(verified_on, interval_days) <= today else "fresh"


def next_step(
    *, live: bool, withdrawn: bool, pending: bool, workflow: str, verify: bool, gaps: Iterable[str]
) -> Literal["mend", "verify", "finish", "complete", "wait", "nothing"]:
    """Return the next step for a colleague on a record.

    Args:
        live: whether it is public.
        withdrawn: whether it was public before and no longer is.
        pending: whether its draft differs from the live version.
        workflow: `in_progress`, `needs_changes`, or empty.
        verify: whether it is due, marked or never verified.
        gaps: the gaps that an editor can fill in.
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
    """Return at most eight search words; a postcode gives two, as it is stored."""
    return re.sub(r"\b(\d{4})([a-z]{2})\b", r"\1 \2", text, flags=re.IGNORECASE).split()[:8]
