"""Middleware of the host: browser policies, private caching, NUL characters, and a full disk."""

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
    """Sets the Content-Security-Policy: strict for the public, looser in Wagtail's admin.

    On Django 6.0 and newer, Django's own middleware can replace django-csp.
    """

    def get_policy_parts(
        self, request: HttpRequest, response: Any, report_only: bool = False
    ) -> PolicyParts:
        """Choose the policy by the address of the page; keep a policy that a view set itself."""
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and parts.config is None:
            if request.path_info.startswith("/admin/"):
                parts.config = policies.ADMIN
            elif request.path_info.startswith("/api/"):
                parts.config = policies.API
        return parts

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        """Add both headers, unless the view already set them."""
        if getattr(request, "is_dummy", False):
            return response  # a preview of Wagtail's, inside a page of the admin that has its own
        response = super().process_response(request, response)
        response.headers.setdefault("Permissions-Policy", policies.PERMISSIONS_POLICY)
        return response


class KeepsSessionsPrivate:
    """Keeps responses to a session out of shared caches: they may hold more than the public sees.

    A colleague sees Wagtail's bar on every page; a visitor who entered the password of a page sees
    that page. Responses marked as public are the same for everyone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Get the response, and mark it as private if needed."""
        response = self.get_response(request)
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        if has_session and "public" not in response.headers.get("Cache-Control", ""):
            patch_cache_control(response, private=True)
        return response


class RefuseNulCharacters:
    """Answers 400 to a request with a NUL character in its path, query or cookies.

    No database can store a NUL, so it can only be a mistake or a probe. PostgreSQL and SQLite both
    fail on it half-way, which would show the visitor an error 500. Form fields need no guard here:
    Django rejects NUL in them with a message beside the field.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Reject the request, or pass it on."""
        if self.has_nul(request):
            return HttpResponseBadRequest(
                "Dit adres bevat een teken dat niet mag (NUL).",
                content_type="text/plain; charset=utf-8",
            )
        return self.get_response(request)

    @staticmethod
    def has_nul(request: HttpRequest) -> bool:
        """Tell whether the path, the query or a cookie contains a NUL."""
        if "\0" in request.path_info:
            return True
        if any("\0" in text for name, values in request.GET.lists() for text in (name, *values)):
            return True
        # A quoted cookie may contain any character in octal, even `"\000"`.
        return any("\0" in value for value in request.COOKIES.values())


class SayThatTheDiskIsFull:
    """Answers 507 with a clear page if something cannot be saved because the disk is full.

    Reading continues: only writes raise this error. The log tells the administrator of the server.
    """

    #: Messages of SQLite and PostgreSQL; SQLite gives the second one if the system rejects a write.
    MESSAGES = ("disk is full", "disk i/o error", "no space left on device")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer if the disk is full; leave other errors to others."""
        if not self.is_full(exception):
            return None
        logger.critical("The disk is full: nothing can be saved.", exc_info=exception)
        if request.accepts("text/html"):
            return render(request, "507.html", status=507)
        # The format that Wagtail's autosave expects.
        said = "De schijf van de server is vol. Er is niets opgeslagen."
        answer = {"success": False, "error_code": "server_error", "error_message": said}
        return JsonResponse(answer, status=507)

    @classmethod
    def is_full(cls, exception: BaseException) -> bool:
        """Tell whether an error, or its cause, means that the disk is full.

        Later queries in the transaction fail too, with the failed write as their cause.
        """
        if isinstance(exception, OperationalError):
            said = str(exception).lower()
            if any(message in said for message in cls.MESSAGES):
                return True
        if isinstance(exception, OSError) and exception.errno in (errno.ENOSPC, errno.EDQUOT):
            return True
        return exception.__cause__ is not None and cls.is_full(exception.__cause__)
