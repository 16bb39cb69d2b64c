"""What completes what someone types: a name, what it is, and where choosing it leads."""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from socialekaart_plugin.discovery.completion import Suggestion, suggestions
from socialekaart_plugin.discovery.query import QUERY_MAX_LENGTH
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.publication.choices import RecordKind

if TYPE_CHECKING:
    from .models import DirectoryPage

_KEYWORD = _("keyword")
#: What leads to the list, filtered by it.
_FACETS = ("theme", "help_question", "tag")


def suggested(
    page: "DirectoryPage", request: HttpRequest, audience: Audience
) -> list[dict[str, Any]]:
    """Return what completes the words in `search`, best first; nothing for no words."""
    text = request.GET.get("search", "").replace("\x00", "").strip()[:QUERY_MAX_LENGTH]
    if not text:
        return []
    return [
        {
            "name": suggestion.name,
            "kind": suggestion.kind,
            "kind_label": capfirst(str(_kind_label(suggestion.kind))),
            "url": _url(page, request, suggestion),
        }
        for suggestion in suggestions(text, audience=audience)
    ]


def _kind_label(kind: str) -> Any:
    return RecordKind(kind).label if kind in RecordKind.values else _KEYWORD


def _url(page: "DirectoryPage", request: HttpRequest, suggestion: Suggestion) -> str:
    base = page.get_url(request) or "/"
    if suggestion.kind in (RecordKind.ORGANISATION, RecordKind.ACTIVITY):
        return base + str(page.reverse_subpage("record_detail", args=[suggestion.value]))
    # A place has no page of its own: what is held or housed there is found by its name.
    name = suggestion.kind if suggestion.kind in _FACETS else "search"
    value = suggestion.value if suggestion.kind in _FACETS else suggestion.name
    return f"{base}?{urlencode({name: value})}"
