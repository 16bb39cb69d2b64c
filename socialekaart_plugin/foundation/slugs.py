"""Converts a name to a slug, the same way everywhere."""

from django.utils.text import slugify

from .transliteration import in_ascii


def slug_of(name: str) -> str:
    """Return the slug of a name; signs with meaning (50+, C++) are spelled out.

    Other scripts are transliterated. Empty for a name without letters or digits.
    """
    return slugify(in_ascii(name))
