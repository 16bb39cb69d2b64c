"""How often somebody may try to log in, or ask for another password."""

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
    """So many times in so long a time.

    Attributes:
        name: what is counted.
        times: how often it may be done.
        seconds: in how long; each time is forgotten on its own.
    """

    name: str
    times: int
    seconds: int

    def allows(self, who: str) -> bool:
        """Take one of the places that are left; False when there is none.

        `add` writes only where nothing is: of two at once, one gets the place.
        """
        digest = hashlib.sha256(who.encode()).hexdigest()
        cache = caches["throttling"]
        return any(
            cache.add(f"{self.name}:{digest}:{place}", 1, self.seconds)
            for place in range(self.times)
        )


#: An office behind one address logs in less often; who tries many names, or guesses the password of
#: a page, is stopped.
LOGINS = Limit("login", 60, HOUR)
#: Asking for another password, from one address; and for one account, whoever asks.
RESETS = Limit("reset", 10, HOUR)
RESETS_OF_ONE = Limit("reset-of", 3, HOUR)

#: By the names of Wagtail's addresses at which one can guess.
LIMITS = {
    "wagtailadmin_login": LOGINS,
    "wagtailcore_login": LOGINS,
    "wagtailcore_authenticate_with_password": LOGINS,
    "wagtailadmin_password_reset": RESETS,
}


class ThrottleGuessing:
    """Refuses an address that posts too often where one can guess (status 429)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next in line."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the next in line answer."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Count what is posted; answer in place of the view when it was too often."""
        match = request.resolver_match
        limit = LIMITS.get(match.url_name or "") if match else None
        if limit is None or request.method != "POST":
            return None
        if limit.allows(client_address(request)):
            return None
        return _wait(request, minutes=60)


def client_address(request: HttpRequest) -> str:
    """Return the address from which somebody comes; of IPv6 the network, which is one subscriber.

    Behind our proxy it is the one that the proxy added last: what stands before it the visitor can
    have made up. (django-ipware prefers a public address that was made up to a private one that is
    true, so an office on the inside could pass for anybody.)
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
    """Read an address, also with a port (some proxies add it) or as an IPv4 one within IPv6.

    Raises:
        ValueError: it is none.
    """
    if match := _WITH_PORT.fullmatch(text):
        text = match["six"] or match["four"]
    address = ipaddress.ip_address(text)
    return getattr(address, "ipv4_mapped", None) or address


def locked_out(request: HttpRequest, *_more: Any) -> HttpResponse:
    """Answer for django-axes: too many wrong passwords for this name from this address."""
    return _wait(request, minutes=15)


def _wait(request: HttpRequest, minutes: int) -> HttpResponse:
    """Say in plain words that it was too often, and what to do."""
    return render(request, "locked_out.html", {"minutes": minutes}, status=429)
