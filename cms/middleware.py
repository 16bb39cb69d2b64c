"""What the host refuses, what it lets browsers and caches do, and what it says when it is full."""

import errno
import logging
from collections.abc import Callable
from typing import Any

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from cms.settings import policies

logger = logging.getLogger(__name__)


class BrowserPolicies(CSPMiddleware):
    """Tells the browser what a page may do: little for the public, more in Wagtail's admin.

    On Django 6.0 and newer its own middleware can take the place of django-csp.
    """

    def get_policy_parts(
        self, request: HttpRequest, response: Any, report_only: bool = False
    ) -> PolicyParts:
        """Choose the policy by where the page stands; what a view set itself stays."""
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and parts.config is None:
            if request.path_info.startswith("/admin/"):
                parts.config = policies.ADMIN
            elif request.path_info.startswith("/api/"):
                parts.config = policies.API
        return parts

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        """Add both headers, unless the view has one of its own."""
        if getattr(request, "is_dummy", False):
            return response  # a preview of Wagtail's, inside a page of the admin that has its own
        response = super().process_response(request, response)
        response.headers.setdefault("Permissions-Policy", policies.PERMISSIONS_POLICY)
        return response


class KeepsSessionsPrivate:
    """Keeps what somebody with a session sees out of shared caches: theirs may be more, or other.

    A colleague sees Wagtail's bar on every page, who gave the password of a page sees that page.
    What says of itself that it is public is the same for all.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next in line."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the next in line answer, and mark the answer."""
        response = self.get_response(request)
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        if has_session and "public" not in response.headers.get("Cache-Control", ""):
            patch_cache_control(response, private=True)
        return response


class RefuseNulCharacters:
    """Answers 400 to a request with a NUL character in its path, query or cookies.

    No text of ours holds one and no database stores one, so it can only be a mistake or a
    probe; PostgreSQL and SQLite both fail on it half-way, which a visitor would see as an error
    of ours. Fields of a form need no guard here: Django's own refuse NUL with a message beside
    the field.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next in line."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse the request, or let the next in line answer it."""
        if self.has_nul(request):
            return HttpResponseBadRequest(
                "Dit adres bevat een teken dat niet mag (NUL).",
                content_type="text/plain; charset=utf-8",
            )
        return self.get_response(request)

    @staticmethod
    def has_nul(request: HttpRequest) -> bool:
        """Tell whether a NUL hides in what the address or the cookies say."""
        if "\0" in request.path_info:
            return True
        if any("\0" in text for name, values in request.GET.lists() for text in (name, *values)):
            return True
        # A quoted cookie may spell any character in octal, `"\000"` too.
        return any("\0" in value for value in request.COOKIES.values())


class SayThatTheDiskIsFull:
    """Answers 507 in words when something cannot be kept because the disk is full.

    Reading goes on: only what writes gets here. The log tells whoever keeps the server.
    """

    #: What SQLite and PostgreSQL say then; SQLite the second when the system refuses the writing.
    MESSAGES = ("disk is full", "disk i/o error", "no space left on device")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next in line."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the next in line answer."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer in words, or leave another error to others."""
        if not self.is_full(exception):
            return None
        logger.critical("The disk is full: nothing can be saved.", exc_info=exception)
        if request.accepts("text/html"):
            return render(request, "507.html", status=507)
        # As Wagtail's automatic saves read it.
        said = "De schijf van de server is vol. Er is niets opgeslagen."
        answer = {"success": False, "error_code": "server_error", "error_message": said}
        return JsonResponse(answer, status=507)

    @classmethod
    def is_full(cls, exception: BaseException) -> bool:
        """Tell whether an error, or what caused it, means that the disk is full.

        What comes after a failed write in a transaction fails as well, and names that as its cause.
        """
        if isinstance(exception, OperationalError):
            said = str(exception).lower()
            if any(message in said for message in cls.MESSAGES):
                return True
        if isinstance(exception, OSError) and exception.errno in (errno.ENOSPC, errno.EDQUOT):
            return True
        return exception.__cause__ is not None and cls.is_full(exception.__cause__)
