"""Template tags for the main menu of the host site."""

from typing import Any

from django import template
from django.db.models import QuerySet
from wagtail.models import Page, Site

register = template.Library()


@register.simple_tag(takes_context=True)
def main_menu(context: dict[str, Any]) -> QuerySet[Page]:
    """Return the live child pages of the front page that an editor put in the menu."""
    request = context.get("request")
    site = Site.find_for_request(request) if request else None
    if site is None:
        return Page.objects.none()
    return site.root_page.get_children().live().public().in_menu()


@register.filter
def is_current(page: Page, path: str) -> bool:
    """Tell whether the visitor is on this page or one below it."""
    return path.startswith(page.get_url() or "\0")
