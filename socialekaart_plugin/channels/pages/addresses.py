"""Where the pages of this site show a record."""

from urllib.parse import urlencode

from django.http import HttpRequest

from socialekaart_plugin.publication.choices import FINDABLE, RecordKind
from socialekaart_plugin.publication.rules import Payload

from .models import DirectoryPage

_FILTERS = {
    RecordKind.THEME.value: "theme",
    RecordKind.TARGET_GROUP.value: "target_group",
    RecordKind.HELP_QUESTION.value: "help_question",
    RecordKind.AREA.value: "area",
}


def record_page_address(payload: Payload, request: HttpRequest | None) -> str | None:
    """Return the page of a record, or the list filtered by what else it may be filtered by.

    Returns:
        None when the site has no live directory page, or no page shows this kind.
    """
    page = DirectoryPage.objects.live().public().order_by("path").first()
    if page is None:
        return None
    kind = payload["kind"]
    if kind in FINDABLE:
        return page.record_url(payload, request)
    if kind in _FILTERS:
        return f"{page.get_url(request)}?{urlencode({_FILTERS[kind]: payload['slug']})}"
    return None
