"""Rules of a record as plain values: contact facts in one way of writing, numbers, fingerprints."""

import datetime
import hashlib
import re
from collections.abc import Iterable
from typing import Literal

#: Longest summary, in characters; it is what a list shows.
SUMMARY_MAX_LENGTH = 300

#: What an address begins with; one within its query (`a.nl/?u=https://b.nl`) is no beginning.
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)

#: The fields of a record by which it goes public and leaves again by itself.
SCHEDULE = ("go_live_at", "expire_at")


def has_passed(moment: datetime.datetime | None, now: datetime.datetime) -> bool:
    """Tell whether a moment of a schedule has come; what is not set never does."""
    return moment is not None and moment <= now


def with_scheme(value: str) -> str:
    """Return a web address with https:// before it when a scheme is missing."""
    value = value.strip()
    return value if _SCHEME.match(value) else f"https://{value}"


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
