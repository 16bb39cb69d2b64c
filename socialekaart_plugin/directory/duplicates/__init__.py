"""Keys and name similarity that recognise possible duplicates; plain Python, no database.

In: names, telephone numbers and addresses as written. Out: keys to find other records, and the
similarity of two names.
"""

from .match_keys import (
    ADDRESS,
    MAIL,
    NAME,
    PHONE,
    SITE,
    Facts,
    address_keys,
    core_words,
    keys_of,
    name_similarity,
    place_key,
    site_keys,
)

__all__ = [
    "ADDRESS",
    "MAIL",
    "NAME",
    "PHONE",
    "SITE",
    "Facts",
    "address_keys",
    "core_words",
    "keys_of",
    "name_similarity",
    "place_key",
    "site_keys",
]
