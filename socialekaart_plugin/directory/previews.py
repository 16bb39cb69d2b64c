"""How a draft is shown: a channel says so here, because a record may not know its channels."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

PreviewRenderer = Callable[[Any, HttpRequest], HttpResponse]

_renderers: list[PreviewRenderer] = []


def register_preview(renderer: PreviewRenderer) -> None:
    """Name what draws the preview of a record; the last one named draws it."""
    _renderers.append(renderer)


def render_preview(record: Any, request: HttpRequest) -> HttpResponse:
    """Draw a draft as the public would see it.

    Raises:
        LookupError: no channel draws previews.
    """
    if not _renderers:
        raise LookupError("no preview renderer is registered")
    return _renderers[-1](record, request)
