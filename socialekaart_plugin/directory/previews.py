"""How a draft is shown: a channel registers its ways here, because a record knows no channel."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

#: Draws a draft as the public would see it; the request is of the colleague who looks at it.
PreviewRenderer = Callable[[Any, HttpRequest], HttpResponse]

#: The ways to preview a record, by name, in the order in which they were registered.
MODES: dict[str, tuple[Any, PreviewRenderer]] = {}


def register_preview(mode: str, label: Any, renderer: PreviewRenderer) -> None:
    """Offer a way to preview records; the first one registered is what Wagtail shows unasked.

    Args:
        mode: its name in Wagtail's `preview_modes`; registered again it is drawn anew.
        label: what Wagtail's preview panel calls it; lazily translated.
        renderer: what draws it.
    """
    MODES[mode] = (label, renderer)


def preview_modes() -> list[tuple[str, Any]]:
    """Return the ways to preview a record, name and label, as Wagtail takes them."""
    return [(mode, label) for mode, (label, _renderer) in MODES.items()]


def render_preview(record: Any, request: HttpRequest, mode: str) -> HttpResponse:
    """Draw a draft as the public would see it.

    Raises:
        Http404: no channel draws this mode.
    """
    if mode not in MODES:
        raise Http404(f"no channel draws the preview {mode!r}")
    _label, renderer = MODES[mode]
    return renderer(record, request)
