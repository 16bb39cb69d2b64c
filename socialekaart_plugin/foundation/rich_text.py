"""The editor for rich text to which neither what is sent nor what is stored is an error.

Wagtail's own (7.4 to 8.0) fails on a text that no browser of an editor sends, and on stored HTML
that is not balanced: the form of such a record never opens again. A site names this editor in
WAGTAILADMIN_RICH_TEXT_EDITORS.
"""

import json
from html import escape
from typing import Any

from bs4 import BeautifulSoup
from django.core.exceptions import BadRequest
from draftjs_exporter.error import ExporterException
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.models import Page

from .url_keys import is_possible_key

#: Of lists within lists; the editor itself gives four.
DEEPEST = 20
#: What reading a text that no editor sends raises.
_UNREADABLE = (
    AttributeError, ExporterException, IndexError, KeyError, RecursionError, TypeError, ValueError,
)  # fmt: skip
#: What Wagtail's reader of stored HTML raises at tags that do not fit together.
_UNBALANCED = (AssertionError, AttributeError, IndexError, KeyError, TypeError, ValueError)
_BLOCKS = ["p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "div"]


class CarefulRichTextArea(DraftailRichTextArea):
    """Wagtail's Draftail, reading with care."""

    def format_value(self, value: Any) -> Any:
        """Return what is stored as the editor wants it; mended when its tags do not fit."""
        try:
            return super().format_value(value)
        except _UNBALANCED:
            pass
        soup = BeautifulSoup(value, "html.parser")
        try:
            return super().format_value(str(soup))
        except (*_UNBALANCED, RecursionError):
            return super().format_value(_text_alone(soup))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return what was sent as HTML.

        Raises:
            BadRequest: it is no text that an editor sends.
        """
        try:
            _refuse_impossible(data.get(name))
            return super().value_from_datadict(data, files, name)
        except _UNREADABLE as error:
            raise BadRequest("Rich text that no editor sends.") from error


def _text_alone(soup: BeautifulSoup) -> str:
    """Return paragraphs with all the text, without what is within them: nothing said is lost."""
    for block in soup.find_all(_BLOCKS):
        block.insert_before("\n")
        block.insert_after("\n")
    lines = (line.strip() for line in soup.get_text().splitlines())
    return "".join(f"<p>{escape(line)}</p>" for line in lines if line)


def _refuse_impossible(sent: str | None) -> None:
    """Raise ValueError at what the exporter would take, and stored text should not hold."""
    if sent is None:
        return
    content = json.loads(sent)
    if content is None:
        return
    for block in content.get("blocks", ()):
        depth = block.get("depth", 0)
        if not isinstance(depth, int) or not 0 <= depth <= DEEPEST:
            raise ValueError("lists within lists")
    for entity in content.get("entityMap", {}).values():
        if "id" in entity["data"] and not is_possible_key(Page, entity["data"]["id"]):
            raise ValueError("a link to nothing")
