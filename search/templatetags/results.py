"""Template tags for pagination: change one section's page, keep the others."""

from typing import Any

from django import template
from django.http import QueryDict

register = template.Library()


@register.simple_tag(takes_context=True)
def page_query(context: dict[str, Any], name: str, number: int) -> str:
    """Return the query string with another page of the section called `name`."""
    query: QueryDict = context["request"].GET.copy()
    query[name] = str(number)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def changed_query(context: dict[str, Any], **changes: str) -> str:
    """Return the query string with some values changed, starting at the first page."""
    query: QueryDict = context["request"].GET.copy()
    for name in ("kaart", "pagina"):
        query.pop(name, None)
    for name, value in changes.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"?{query.urlencode()}"
