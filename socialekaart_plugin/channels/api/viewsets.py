"""The endpoints for organisations and activities: DRF viewsets that act like Wagtail's own."""

import uuid
from typing import Any, ClassVar

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import conditional_page
from rest_framework import status
from rest_framework.authentication import SessionAuthentication
from rest_framework.permissions import AllowAny
from rest_framework.renderers import BrowsableAPIRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet
from wagtail.api.v2.utils import BadRequestError, get_full_url

from socialekaart_plugin.discovery.search import UnknownPostcode, search
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.presentation.times_as_data import OF_THE_MOMENT, add_times
from socialekaart_plugin.publication.addresses import permanent_url
from socialekaart_plugin.publication.choices import RecordKind
from socialekaart_plugin.publication.models import PublishedRecord
from socialekaart_plugin.publication.rules import Payload, as_of
from socialekaart_plugin.publication.selectors import (
    add_pictures,
    audience_for,
    expand_descriptions,
    holidays_needed_for,
)

from .parameters import search_request, selected_fields
from .renderers import FastJSONRenderer
from .search_meta import item_meta, list_meta
from .serializers import FIELDS, LIST_FIELDS, represent

#: Permission to ask for the explanation of a ranking: that of changing the search rules.
_MAY_ASK_WHY = "socialekaart_plugin.change_synonymgroup"


def _with_etag(view: Any) -> Any:
    """Give the responses of a view an ETag of their content; each audience gets its own."""
    return csrf_exempt(conditional_page(view))


class RecordAPIViewSet(ViewSet):
    """Public records of one kind, for WagtailAPIRouter.

    `GET /` lists them, `GET /<uuid>/` shows one (410 when withdrawn, 301 to what replaced it),
    `GET /find/?id=` or `?short_id=` leads to one. Query parameters: `docs/reference/api.md`.
    """

    kind: ClassVar[RecordKind]
    endpoint: ClassVar[str]
    #: Attribute that Wagtail's router requires; drafts have no address here.
    model = PublishedRecord

    authentication_classes = [SessionAuthentication]
    permission_classes = [AllowAny]
    renderer_classes = [FastJSONRenderer, BrowsableAPIRenderer]

    def listing_view(self, request: Request) -> Response:
        """List records in Wagtail's envelope; a constant number of queries."""
        audience = audience_for(request.user)
        wanted = search_request(request.GET, kind=self.kind, audience=audience)
        if wanted.explain and not request.user.has_perm(_MAY_ASK_WHY):
            raise BadRequestError("explain is for editors of the search")
        fields = self._fields(request, LIST_FIELDS)
        try:
            results = search(wanted)
        except UnknownPostcode as error:
            raise BadRequestError("postcode is not known here") from error
        items = self._items(request, results.payloads, fields)
        for item, found in zip(items, results.found, strict=True):
            item["meta"] |= item_meta(found, explain=wanted.explain)
        return Response({"meta": list_meta(wanted, results), "items": items})

    def detail_view(self, request: Request, pk: uuid.UUID) -> HttpResponseBase:
        """Show one record, its replacement, or that it is gone."""
        record = self._record(uuid=pk)
        if record.withdrawn_at is not None:
            return self._gone(request, record)
        audience = audience_for(request.user)
        fields = self._fields(request, FIELDS[self.kind])
        payload = as_of(record.payload(audience), timezone.localdate())
        return Response(self._items(request, [payload], fields)[0])

    def find_view(self, request: Request) -> HttpResponse:
        """Redirect to a record by its id or short id."""
        query = request.GET.copy()
        given = {name: query.pop(name)[-1] for name in ("id", "short_id") if name in query}
        if not given:
            raise Http404
        if "id" in given:
            try:
                record = self._record(uuid=uuid.UUID(given["id"]))
            except ValueError as error:
                raise BadRequestError("id must be a uuid") from error
        elif given["short_id"].isascii() and given["short_id"].isalnum():
            record = self._record(short_id=given["short_id"])
        else:
            raise BadRequestError("short_id must consist of letters and digits")
        url = self._detail_url(request, record.uuid)
        return redirect(f"{url}?{query.urlencode()}" if query else url)

    def handle_exception(self, exc: Exception) -> Response:
        """Answer as Wagtail's API does: a message for developers, in English."""
        if isinstance(exc, BadRequestError):
            return Response({"message": str(exc)}, status=status.HTTP_400_BAD_REQUEST)
        if isinstance(exc, Http404):
            return Response({"message": "not found"}, status=status.HTTP_404_NOT_FOUND)
        response: Response = super().handle_exception(exc)
        return response

    def finalize_response(
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> Response:
        """Keep responses with referrer facts out of shared caches."""
        final = super().finalize_response(request, response, *args, **kwargs)
        is_for_some = "explain" in self.request.GET
        if is_for_some or audience_for(self.request.user) != Audience.PUBLIC:
            patch_cache_control(final, private=True)
        return final

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        """Return the URL patterns that WagtailAPIRouter mounts under the name of the endpoint."""
        return [
            path("", _with_etag(cls.as_view({"get": "listing_view"})), name="listing"),
            path("<uuid:pk>/", _with_etag(cls.as_view({"get": "detail_view"})), name="detail"),
            path("find/", cls.as_view({"get": "find_view"}), name="find"),
        ]

    @classmethod
    def get_model_listing_urlpath(cls, model: type, namespace: str = "") -> str:
        """Return the path of the list, for WagtailAPIRouter."""
        return reverse(f"{namespace}:listing" if namespace else "listing")

    @classmethod
    def get_object_detail_urlpath(cls, model: type, pk: Any, namespace: str = "") -> str:
        """Return the path of a record by its uuid, for WagtailAPIRouter."""
        return reverse(f"{namespace}:detail" if namespace else "detail", args=[pk])

    def _fields(self, request: Request, default: tuple[str, ...]) -> tuple[str, ...]:
        return selected_fields(
            request.GET.get("fields", ""), known=FIELDS[self.kind], default=default
        )

    def _record(self, **condition: Any) -> PublishedRecord:
        record = PublishedRecord.objects.filter(kind=self.kind, **condition).first()
        if record is None:
            raise Http404
        return record

    def _gone(self, request: Request, record: PublishedRecord) -> HttpResponseBase:
        if record.replaced_by is not None:
            response = redirect(self._detail_url(request, record.replaced_by), permanent=True)
            # Publishing the record again ends the redirect: clients must not cache it forever.
            patch_cache_control(response, max_age=60)
            return response
        tombstone = Response(
            {
                "message": "withdrawn",
                "id": str(record.uuid),
                "meta": {"withdrawn_at": record.withdrawn_at, "short_id": record.short_id},
            },
            status=status.HTTP_410_GONE,
        )
        # Without this, clients cache a 410 forever, even after the record is published again.
        patch_cache_control(tombstone, no_cache=True)
        return tombstone

    def _items(
        self, request: Request, payloads: list[Payload], fields: tuple[str, ...]
    ) -> list[dict[str, Any]]:
        if "description" in fields or "translations" in fields:
            payloads = expand_descriptions(payloads)
        if "image" in fields:
            payloads = [self._with_host(request, payload) for payload in add_pictures(payloads)]
        if any(name in fields for name in OF_THE_MOMENT):
            now, calendar = timezone.now(), holidays_needed_for(payloads)
            payloads = [add_times(payload, now, calendar) for payload in payloads]
        root_url = str(get_full_url(request, ""))
        return [
            represent(
                payload,
                fields,
                detail_url=self._detail_url(request, payload["uuid"]),
                html_url=permanent_url(payload["short_id"], root_url=root_url),
            )
            for payload in payloads
        ]

    def _with_host(self, request: Request, payload: Payload) -> Payload:
        image = payload["image"]
        if image is None or not image["url"].startswith("/"):
            return payload
        return {**payload, "image": {**image, "url": get_full_url(request, image["url"])}}

    def _detail_url(self, request: Request, pk: uuid.UUID | str) -> str:
        router = request.wagtailapi_router  # type: ignore[attr-defined]
        namespace = f"{router.url_namespace}:{self.endpoint}"
        return str(get_full_url(request, self.get_object_detail_urlpath(self.model, pk, namespace)))


class OrganisationsAPIViewSet(RecordAPIViewSet):
    """`/api/v2/organisations/`."""

    kind = RecordKind.ORGANISATION
    endpoint = "organisations"


class ActivitiesAPIViewSet(RecordAPIViewSet):
    """`/api/v2/activities/`."""

    kind = RecordKind.ACTIVITY
    endpoint = "activities"
