"""Autocomplete: suggestions for typed text, each with a name, a kind and a link."""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from socialekaart_plugin.discovery.completion import Completion, completions
from socialekaart_plugin.discovery.query import QUERY_MAX_LENGTH
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.publication.choices import RecordKind

if TYPE_CHECKING:
    from .models import DirectoryPage

_KEYWORD = _("keyword")
#: Kinds whose suggestion leads to a filtered list.
_FACETS = ("theme", "help_question", "tag")


def suggested(
    page: "DirectoryPage", request: HttpRequest, audience: Audience
) -> list[dict[str, Any]]:
    """Return suggestions for the words in `search`, best first; none without words."""
    text = request.GET.get("search", "").replace("\x00", "").strip()[:QUERY_MAX_LENGTH]
    if not text:
        return []
    return [
        {
            "name": completion.name,
            "kind": completion.kind,
            "kind_label": capfirst(str(_kind_label(completion.kind))),
            "url": _url(page, request, completion),
        }
        for completion in completions(text, audience=audience)
    ]


def _kind_label(kind: str) -> Any:
    return RecordKind(kind).label if kind in RecordKind.values else _KEYWORD


def _url(page: "DirectoryPage", request: HttpRequest, completion: Completion) -> str:
    base = page.get_url(request) or "/"
    if completion.kind in (RecordKind.ORGANISATION, RecordKind.ACTIVITY):
        return base + str(page.reverse_subpage("record_detail", args=[completion.value]))
    # A place has no page of its own: search for its name instead.
    name = completion.kind if completion.kind in _FACETS else "search"
    value = completion.value if completion.kind in _FACETS else completion.name
    return f"{base}?{urlencode({name: value})}"
