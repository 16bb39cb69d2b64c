"""A Dutch postcode, as people type it in its own field."""

import re

_POSTCODE = re.compile(r"([1-9][0-9]{3})\s*([a-z]{2})?", re.IGNORECASE | re.ASCII)
#: Never given out, for what they stood for.
_NEVER_GIVEN = frozenset({"SA", "SD", "SS"})


def read_postcode(text: str) -> str | None:
    """Read a postcode.

    Args:
        text: what was typed in the field for a postcode.

    Returns:
        "2711AB", or "2711" when only the digits were given; None for what is no postcode.
    """
    found = _POSTCODE.fullmatch(text.strip()) if len(text) <= 20 else None
    if found is None:
        return None
    letters = (found[2] or "").upper()
    return None if letters in _NEVER_GIVEN else found[1] + letters
