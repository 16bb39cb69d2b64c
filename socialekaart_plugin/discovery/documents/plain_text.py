"""Splits rich text into plain paragraphs, for tokenizing."""

import html
import re
from collections.abc import Iterator

# Inline tags do not split words: “schuld<b>hulp</b>” is one word; all other tags end a paragraph.
_INLINE = re.compile(
    r"</?(?:a|abbr|b|em|i|mark|small|span|strong|sub|sup|u)(?:\s[^<>]*)?>", re.IGNORECASE
)
_TAG = re.compile(r"<[^<>]*>")


def paragraphs(rich_text: str) -> Iterator[str]:
    """Return the texts of the paragraphs, headings and list items of rich text, without markup.

    Args:
        rich_text: HTML as the gate stored it.
    """
    for part in _TAG.split(_INLINE.sub("", rich_text)):
        text = html.unescape(part).strip()
        if text:
            yield text
