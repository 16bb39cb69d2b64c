"""Registry of draft previews: channels register a mode here, because records know no channel."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

#: Renders a draft as the public would see it; the request is the colleague's.
PreviewRenderer = Callable[[Any, HttpRequest], HttpResponse]

#: Preview modes by name, in order of registration.
MODES: dict[str, tuple[Any, PreviewRenderer]] = {}


def register_preview(mode: str, label: Any, renderer: PreviewRenderer) -> None:
    """Register a preview mode; Wagtail shows the first one by default.

    Args:
        mode: its name in Wagtail's `preview_modes`; registering it again replaces it.
        label: its name in Wagtail's preview panel; lazily translated.
        renderer: renders the draft.
    """
    MODES[mode] = (label, renderer)


def preview_modes() -> list[tuple[str, Any]]:
    """Return the (name, label) pairs for Wagtail's `preview_modes`."""
    return [(mode, label) for mode, (label, _renderer) in MODES.items()]


def render_preview(record: Any, request: HttpRequest, mode: str) -> HttpResponse:
    """Render a draft as the public would see it.

    Raises:
        Http404: no channel registered this mode.
    """
    if mode not in MODES:
        raise Http404(f"no channel draws the preview {mode!r}")
    _label, renderer = MODES[mode]
    return renderer(record, request)
