"""Paging through one kind of results while the others stay where they are."""

from typing import Any

from django import template
from django.http import QueryDict

register = template.Library()


@register.simple_tag(takes_context=True)
def page_query(context: dict[str, Any], name: str, number: int) -> str:
    """Answer the query part of the address with another page of the results called `name`."""
    query: QueryDict = context["request"].GET.copy()
    query[name] = str(number)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def changed_query(context: dict[str, Any], **changes: str) -> str:
    """Answer the query part of the address with some values changed, from the first page on."""
    query: QueryDict = context["request"].GET.copy()
    for name in ("kaart", "pagina"):
        query.pop(name, None)
    for name, value in changes.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"?{query.urlencode()}"
