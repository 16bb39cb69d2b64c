"""Texts of a payload as the analysis takes them: plain, and apart where they stand apart."""

import html
import re
from collections.abc import Iterator

# Within a word: “schuld<b>hulp</b>” is one word to who reads it; every other tag ends a line.
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
