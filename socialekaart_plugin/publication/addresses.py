"""Addresses of a record: one permanent address, and the page that it redirects to today."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import Site

from socialekaart_plugin.foundation.conf import conf

from .rules import Payload

PageAddress = Callable[[Payload, HttpRequest | None], str | None]

#: What a page about a withdrawn record offers instead; the keys are those of `ways_on`.
WaysOn = Callable[[HttpRequest], dict[str, Any]]

_page_addresses: list[PageAddress] = []
_ways_on: list[WaysOn] = []


def register_page_address(find: PageAddress) -> None:
    """Register the function that finds the page of a record; the last one registered is used."""
    _page_addresses.append(find)


def register_ways_on(find: WaysOn) -> None:
    """Register the function that finds where to search further; the last one registered is used."""
    _ways_on.append(find)


def ways_on(request: HttpRequest) -> dict[str, Any]:
    """Return where to search for something else, as template context.

    Returns:
        `list_url`, the address of the list. If that list is on this site, also `directory_page`
        and `themes` to browse (`discovery.search.FacetOption`).
    """
    found = _ways_on[-1](request) if _ways_on else {}
    return {"list_url": conf.PUBLIC_URL or "/", **found}


def permanent_path(short_id: str) -> str:
    """Return the path of the permanent address, without host."""
    return reverse("socialekaart_plugin:publication_permanent_address", args=[short_id])


def permanent_url(short_id: str, site: Site | None = None, *, root_url: str | None = None) -> str:
    """Return the permanent address with its host; needs no request.

    On a headless site this is an address of Wagtail too, which redirects to the front end.

    Args:
        short_id: of any public record.
        site: the site of the reader; None for the default site, which costs a query.
        root_url: scheme and host, if a request provides them; then `site` is not used.

    Raises:
        Site.DoesNotExist: there is no default site.
    """
    if root_url is None:
        root_url = (site or Site.objects.get(is_default_site=True)).root_url
    return f"{root_url}{permanent_path(short_id)}"


def page_address(payload: Payload, request: HttpRequest | None = None) -> str | None:
    """Return the current page of a record; None if no page shows its kind.

    On a headless site that is a page of the front end (`SOCIALEKAART_PUBLIC_URL`).
    """
    if conf.PUBLIC_URL:
        names = ("kind", "slug", "short_id", "uuid")
        path = conf.PUBLIC_RECORD_PATH.format(**{n: quote(str(payload[n])) for n in names})
        return f"{conf.PUBLIC_URL}{path}"
    return _page_addresses[-1](payload, request) if _page_addresses else None
