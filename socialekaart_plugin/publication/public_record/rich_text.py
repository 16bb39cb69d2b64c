"""Rich text on its way out: nothing but what the editor itself can make."""

import html
import re

import nh3

#: What the features of `Record.description` make.
_RICH_TEXT_TAGS = {"a", "b", "br", "em", "h3", "i", "li", "ol", "p", "strong", "ul"}
_TAG = re.compile(r"<[^>]*>")


def _possible_key(tag: str, attribute: str, value: str) -> str | None:
    """Leave out the key of a page that can be none: filling in the link would be an error."""
    if attribute != "id" or (value.isascii() and value.isdigit() and len(value) < 19):
        return value
    return None


def rich_text(value: str) -> str:
    """Return rich text as stored, without what the editor itself would never leave in it.

    Whoever writes past the editor (an import, a shell) can store a script; it stays inside. Of an
    emptied editor, which leaves a paragraph, nothing leaves.
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
