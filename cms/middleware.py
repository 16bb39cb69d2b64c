"""What the host site refuses before anything else looks at it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest


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
