"""A Draftail editor that accepts invalid stored HTML and rejects invalid input without a crash.

Wagtail's editor (7.4 to 8.0) crashes on input that no browser sends. It also crashes on stored
HTML with unbalanced tags, so that its form cannot be opened any more. To use this editor, set
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

#: Maximum list depth; the editor itself allows four.
DEEPEST = 20
#: Errors raised by Draftail on input that no editor sends.
_UNREADABLE = (
    AttributeError, ExporterException, IndexError, KeyError, RecursionError, TypeError, ValueError,
)  # fmt: skip
#: Errors raised by Wagtail on stored HTML with unbalanced tags.
_UNBALANCED = (AssertionError, AttributeError, IndexError, KeyError, TypeError, ValueError)
_BLOCKS = ["p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "div"]


class CarefulRichTextArea(DraftailRichTextArea):
    """Wagtail's Draftail with error handling."""

    def format_value(self, value: Any) -> Any:
        """Return the stored HTML for the editor, repaired if its tags are unbalanced."""
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
        """Return the input as HTML.

        Raises:
            BadRequest: no editor sends this input.
        """
        try:
            _refuse_impossible(data.get(name))
            return super().value_from_datadict(data, files, name)
        except _UNREADABLE as error:
            raise BadRequest("Rich text that no editor sends.") from error


def _text_alone(soup: BeautifulSoup) -> str:
    """Return all text as plain paragraphs, without other markup."""
    for block in soup.find_all(_BLOCKS):
        block.insert_before("\n")
        block.insert_after("\n")
    lines = (line.strip() for line in soup.get_text().splitlines())
    return "".join(f"<p>{escape(line)}</p>" for line in lines if line)


def _refuse_impossible(sent: str | None) -> None:
    """Raise ValueError for input that the exporter accepts but that must not be stored."""
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
