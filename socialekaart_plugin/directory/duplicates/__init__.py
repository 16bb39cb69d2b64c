"""By what two records or places may be recognised as the same; plain Python.

In: names, telephone numbers, addresses as they are written. Out: keys to find others by, and how
much two names are alike.
"""

from .comparison import (
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
