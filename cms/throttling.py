"""Throttling of log-ins and password resets, against guessing."""

import hashlib
import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

MINUTE = 60
HOUR = 60 * MINUTE
#: 203.0.113.7:5123, [2001:db8::7]:443
_WITH_PORT = re.compile(r"(?:\[(?P<six>[0-9A-Fa-f:.]+)\]|(?P<four>[0-9.]+)):\d+")


@dataclass(frozen=True)
class Limit:
    """A number of attempts within a period.

    Attributes:
        name: what is counted.
        times: the maximum number of attempts.
        seconds: the period; each attempt expires on its own.
    """

    name: str
    times: int
    seconds: int

    def allows(self, who: str) -> bool:
        """Take one of the free slots; False if there is none.

        `add` only writes if the key does not exist: of two concurrent requests, one gets the slot.
        """
        digest = hashlib.sha256(who.encode()).hexdigest()
        cache = caches["throttling"]
        return any(
            cache.add(f"{self.name}:{digest}:{place}", 1, self.seconds)
            for place in range(self.times)
        )


#: An office behind one address logs in less often than this; it stops someone who tries many names
#: or guesses the password of a page.
LOGINS = Limit("login", 60, HOUR)
#: Password resets: from one address, and for one account from anywhere.
RESETS = Limit("reset", 10, HOUR)
RESETS_OF_ONE = Limit("reset-of", 3, HOUR)

#: Names of Wagtail's URLs where a password can be guessed.
LIMITS = {
    "wagtailadmin_login": LOGINS,
    "wagtailcore_login": LOGINS,
    "wagtailcore_authenticate_with_password": LOGINS,
    "wagtailadmin_password_reset": RESETS,
}


class ThrottleGuessing:
    """Rejects an address that posts too often where a password can be guessed (status 429)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Count a POST; answer instead of the view if there were too many."""
        match = request.resolver_match
        limit = LIMITS.get(match.url_name or "") if match else None
        if limit is None or request.method != "POST":
            return None
        if limit.allows(client_address(request)):
            return None
        return _wait(request, minutes=60)


def client_address(request: HttpRequest) -> str:
    """Return the address of the client; for IPv6 the network, which is one subscriber.

    Behind the proxy it is the address that the proxy added last: the visitor may have made up the
    earlier ones. (django-ipware prefers a made-up public address to a true private one, so a client
    in the internal network could impersonate anyone.)
    """
    direct: str = request.META.get("REMOTE_ADDR", "")
    passed_on = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    try:
        address = _read_address(passed_on if settings.BEHIND_PROXY else direct)
    except ValueError:
        return direct
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False).network_address)
    return str(address)


def _read_address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """Read an address, also with a port (some proxies add it) or an IPv4 address within IPv6.

    Raises:
        ValueError: it is not an address.
    """
    if match := _WITH_PORT.fullmatch(text):
        text = match["six"] or match["four"]
    address = ipaddress.ip_address(text)
    return getattr(address, "ipv4_mapped", None) or address


def locked_out(request: HttpRequest, *_more: Any) -> HttpResponse:
    """Response for django-axes: too many wrong passwords for this name from this address."""
    return _wait(request, minutes=15)


def _wait(request: HttpRequest, minutes: int) -> HttpResponse:
    """Say in plain words that there were too many attempts, and what to do."""
    return render(request, "locked_out.html", {"minutes": minutes}, status=429)
