"""The read API of the host: pages, images and documents, with 400 for bad parameters."""

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

# Errors that Wagtail's endpoints raise if a parameter is not a date or number, is too large, or
# names nothing.
UNREADABLE = (ValueError, OverflowError, ValidationError, FieldError, ObjectDoesNotExist, DataError)

# A number of 18 digits always fits in the 64 bits of a database; SQLite and PostgreSQL fail on
# larger numbers.
MOST_DIGITS = 18


def is_unreadable(error: Exception) -> bool:
    """Tell whether a bad query parameter raised this error, and not a bug in the site."""
    return isinstance(error, UNREADABLE)


class AnswersBadRequest:
    """Answers 400 where Wagtail's own endpoints answer 500 to an unreadable parameter.

    Works around Wagtail 7.4 and 8.0; remove it when their API rejects such parameters itself.
    """

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Reject a search without any word, because it cannot find anything."""
        text = self.request.GET.get("search", "")
        if text and not words_of(text):
            raise BadRequestError("search holds no word to search for")
        return super().filter_queryset(queryset)

    def paginate_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Reject an offset that no database supports, else return Wagtail's page of the list."""
        for name in ("offset", "limit"):
            value = self.request.GET.get(name, "")
            if value.isdecimal() and len(value) > MOST_DIGITS:
                raise BadRequestError(f"{name} is too large")
        return super().paginate_queryset(queryset)

    def handle_exception(self, exc: Exception) -> Response:
        """Turn an unreadable parameter into Wagtail's own 400; leave other errors unchanged."""
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
