"""Finds the address of a record on the pages of this site, and of the list."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from socialekaart_plugin.foundation.conf import conf
from socialekaart_plugin.publication.choices import FINDABLE, RecordKind
from socialekaart_plugin.publication.rules import Payload
from socialekaart_plugin.publication.selectors import audience_for

from .list_context import widest_themes
from .models import DirectoryPage

_FILTERS = {
    RecordKind.THEME.value: "theme",
    RecordKind.TARGET_GROUP.value: "target_group",
    RecordKind.HELP_QUESTION.value: "help_question",
    RecordKind.AREA.value: "area",
}


def record_page_address(payload: Payload, request: HttpRequest | None) -> str | None:
    """Return the page of a record; for a kind without pages, the list filtered by it.

    Returns:
        None if the site has no live directory page, or cannot show this kind.
    """
    page = _directory_page()
    if page is None:
        return None
    kind = payload["kind"]
    if kind in FINDABLE:
        return page.record_url(payload, request)
    if kind in _FILTERS:
        return f"{page.get_url(request)}?{urlencode({_FILTERS[kind]: payload['slug']})}"
    return None


def ways_to_look_further(request: HttpRequest) -> dict[str, Any]:
    """Return the list of this site and its themes, for visitors of a withdrawn record.

    Returns:
        Nothing if records are shown on another site, or the site has no live directory page.
    """
    page = None if conf.PUBLIC_URL else _directory_page()
    if page is None:
        return {}
    return {
        "directory_page": page,
        "list_url": page.get_url(request) or "/",
        "themes": widest_themes(audience_for(request.user)),
    }


def _directory_page() -> DirectoryPage | None:
    pages: Any = DirectoryPage.objects.live().public()
    found: DirectoryPage | None = pages.order_by("path").first()
    return found
