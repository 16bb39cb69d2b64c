"""Parses a Dutch postcode."""

import re

_POSTCODE = re.compile(r"([1-9][0-9]{3})\s*([a-z]{2})?", re.IGNORECASE | re.ASCII)
#: Never issued, because of their meaning in the Second World War.
_NEVER_GIVEN = frozenset({"SA", "SD", "SS"})


def read_postcode(text: str) -> str | None:
    """Parse a postcode.

    Args:
        text: of the postcode field.

    Returns:
        "2711AB", or "2711" for digits only; None for anything else.
    """
    found = _POSTCODE.fullmatch(text.strip()) if len(text) <= 20 else None
    if found is None:
        return None
    letters = (found[2] or "").upper()
    return None if letters in _NEVER_GIVEN else found[1] + letters
