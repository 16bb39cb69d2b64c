"""How a draft is shown: a channel says so here, because a record may not know its channels."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

PreviewRenderer = Callable[[Any, HttpRequest, str], HttpResponse]

#: As a page of its own; Wagtail calls the first way to show something by no name.
AS_PAGE = ""
#: As one of many, in a list.
IN_LIST = "list"

_renderers: list[PreviewRenderer] = []


def register_preview(renderer: PreviewRenderer) -> None:
    """Name what draws the preview of a record; the last one named draws it."""
    _renderers.append(renderer)


def render_preview(record: Any, request: HttpRequest, mode: str = AS_PAGE) -> HttpResponse:
    """Draw a draft as the public would see it.

    Args:
        record: the draft.
        request: of the colleague who looks at it.
        mode: `AS_PAGE` or `IN_LIST`.

    Raises:
        LookupError: no channel draws previews.
    """
    if not _renderers:
        raise LookupError("no preview renderer is registered")
    return _renderers[-1](record, request, mode)
