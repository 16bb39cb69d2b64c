"""The one way in which a name becomes the last part of a web address."""

from django.utils.text import slugify

from .transliteration import in_ascii


def slug_of(name: str) -> str:
    """Return a name as the last part of a web address, with every letter and sign that tells.

    Letters of other scripts are written as English has them; empty for a name without any.
    """
    return slugify(in_ascii(name))
