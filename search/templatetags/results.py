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
