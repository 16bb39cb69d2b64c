"""Cleans rich text for publication: keeps only what the editor itself can produce."""

import html
import re

import nh3

#: What the features of `Record.description` produce.
_RICH_TEXT_TAGS = {"a", "b", "br", "em", "h3", "i", "li", "ol", "p", "strong", "ul"}
_TAG = re.compile(r"<[^>]*>")


def _possible_key(tag: str, attribute: str, value: str) -> str | None:
    """Drop an impossible page key: expanding that link would raise an error."""
    if attribute != "id" or (value.isascii() and value.isdigit() and len(value) < 19):
        return value
    return None


def rich_text(value: str) -> str:
    """Return stored rich text, without anything that the editor itself would never produce.

    Code that bypasses the editor (an import, a shell) can store a script; it is not published. An
    emptied editor stores one empty paragraph; that becomes an empty string.
    """
    if not value:
        return ""
    cleaned = nh3.clean(
        value,
        tags=_RICH_TEXT_TAGS,
        attributes={"a": {"href", "id", "linktype"}},
        attribute_filter=_possible_key,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
    return cleaned if html.unescape(_TAG.sub("", cleaned)).strip() else ""
