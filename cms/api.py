"""The host's read API on Wagtail's router: its pages and files, beside the plugin's records."""

from typing import Any

from django.core.exceptions import FieldError, ObjectDoesNotExist, ValidationError
from django.db import DataError
from django.db.models import QuerySet
from rest_framework.response import Response
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.images.api.v2.views import ImagesAPIViewSet

from search.query import words_of
from socialekaart_plugin.channels.api.viewsets import ActivitiesAPIViewSet, OrganisationsAPIViewSet

# What Wagtail's own endpoints raise when a parameter is no date, no number, too large a number,
# or the name of nothing.
UNREADABLE = (ValueError, OverflowError, ValidationError, FieldError, ObjectDoesNotExist, DataError)

# A number of 18 digits always fits in the 64 bits of a database; SQLite and PostgreSQL fail on
# more.
MOST_DIGITS = 18


def is_unreadable(error: Exception) -> bool:
    """Tell whether a value in the question raised this, and not something of ours that broke."""
    return isinstance(error, UNREADABLE)


class AnswersBadRequest:
    """Answers 400 where Wagtail's own endpoints answer 500 to a parameter that cannot be read.

    Works round Wagtail 7.4 and 8.0; it can go when their API refuses such parameters itself.
    """

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Refuse a search without any word, by which nothing can be found."""
        text = self.request.GET.get("search", "")
        if text and not words_of(text):
            raise BadRequestError("search holds no word to search for")
        return super().filter_queryset(queryset)

    def paginate_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Refuse a place that no database can count to, else answer Wagtail's page of the list."""
        for name in ("offset", "limit"):
            value = self.request.GET.get(name, "")
            if value.isdecimal() and len(value) > MOST_DIGITS:
                raise BadRequestError(f"{name} is too large")
        return super().paginate_queryset(queryset)

    def handle_exception(self, exc: Exception) -> Response:
        """Turn an unreadable parameter into Wagtail's own 400; leave other errors as they were."""
        if is_unreadable(exc):
            exc = BadRequestError("a query parameter has a value that cannot be read")
        return super().handle_exception(exc)


class HostPagesAPIViewSet(AnswersBadRequest, PagesAPIViewSet):
    """The host's pages."""


class HostImagesAPIViewSet(AnswersBadRequest, ImagesAPIViewSet):
    """The host's images."""


class HostDocumentsAPIViewSet(AnswersBadRequest, DocumentsAPIViewSet):
    """The host's documents."""


api_router = WagtailAPIRouter("wagtailapi")
api_router.register_endpoint("pages", HostPagesAPIViewSet)
api_router.register_endpoint("images", HostImagesAPIViewSet)
api_router.register_endpoint("documents", HostDocumentsAPIViewSet)
api_router.register_endpoint("organisations", OrganisationsAPIViewSet)
api_router.register_endpoint("activities", ActivitiesAPIViewSet)
