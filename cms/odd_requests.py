"""Middleware that rejects impossible addresses and keys, on which Wagtail would fail with a 500."""

import inspect
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any

from django.apps import apps
from django.contrib.admin.utils import unquote
from django.core.exceptions import BadRequest
from django.core.paginator import InvalidPage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.views.bulk_action.dispatcher import index as bulk_action_view
from wagtail.admin.views.chooser import ChosenMultipleView as PageChosenMultipleView
from wagtail.admin.views.pages.revisions import RevisionsRevertView as PageRevertView
from wagtail.admin.views.workflows import Edit as WorkflowEditView
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.documents.views.chooser import DocumentChosenMultipleView, DocumentChosenView
from wagtail.images import get_image_model
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.images.views.chooser import ImageChosenMultipleView, ImageChosenView
from wagtail.models import Page, Revision

from socialekaart_plugin.foundation.url_keys import is_possible_key

# Larger numbers do not fit in a database integer.
MOST_DIGITS = 18
LONGEST_ADDRESS = 16_000
# Form fields that Wagtail reads without checking that they exist.
NEEDED = {
    "wagtailadmin_pages:copy": ("new_parent_page",),
    "wagtailadmin_choose_page_external_link": ("external-link-chooser-url",),
    "wagtailredirects:process_import": ("import_file_name", "input_format"),
}
ADMIN_API = (PagesAdminAPIViewSet, ImagesAdminAPIViewSet, DocumentsAdminAPIViewSet)


def is_too_long(value: Any) -> bool:
    """Tell whether a value is a number that is too large for any database."""
    return isinstance(value, str) and value.isdecimal() and len(value) > MOST_DIGITS


def is_page(key: str) -> bool:
    """Tell whether a page with this key exists."""
    return is_possible_key(Page, key) and Page.objects.filter(pk=key).exists()


class RefuseLongAddresses:
    """Answers 414 to an address longer than any address of this site.

    A web server before Django usually rejects it already (gunicorn: at 4,094 characters). Without
    one, the database would fail: SQLite searches for at most 50,000 bytes.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Reject the request, or pass it on."""
        if len(request.path_info) + len(request.META.get("QUERY_STRING", "")) > LONGEST_ADDRESS:
            return HttpResponse(
                "Dit adres is te lang.",
                content_type="text/plain; charset=utf-8",
                status=HTTPStatus.REQUEST_URI_TOO_LONG,
            )
        return self.get_response(request)


class RefuseImpossibleKeys:
    """Answers 404 where Wagtail's own screens (7.4 to 8.0) fail on an impossible key.

    These are image and document choosers, bulk actions, document addresses, page revisions,
    filters, and `next` redirects. Each case is listed explicitly. Errors never become a 404, except
    for a missing page of a list. Remove this when Wagtail rejects such keys itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on: the parts of its address are only known in `process_view`."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Sequence[Any], kwargs: dict[str, Any]
    ) -> None:
        """Reject a number that no database holds, and a key that no row can have.

        Raises:
            Http404: the address names nothing.
        """
        if any(map(is_too_long, (*args, *kwargs.values()))):
            raise Http404
        if request.path_info.startswith(reverse("wagtailadmin_home")):
            self.refuse_parameters(request, view)
            self.refuse_body(request, kwargs)
        model, keys = self.asked_for(request, view, kwargs)
        if not all(is_possible_key(model, key) for key in keys):
            raise Http404
        match = request.resolver_match
        if match and match.view_name == "wagtailadmin_pages:set_page_position":
            # Wagtail reads the parent of the page; the root page has none.
            get_object_or_404(Page.objects.filter(depth__gt=1), pk=kwargs["page_to_move_id"])
        if getattr(view, "view_class", None) is PageRevertView:
            of_page = Revision.page_revisions.filter(object_id=str(kwargs["page_id"]))
            get_object_or_404(of_page, pk=kwargs["revision_id"])

    @staticmethod
    def refuse_parameters(request: HttpRequest, view: Any) -> None:
        """Reject parameters on which Wagtail's filters, log-in and workflow page list fail.

        Raises:
            Http404: the address names nothing.
        """
        view_class = getattr(view, "view_class", None)
        # The plugin's own screens and registers show an error message.
        register = getattr(inspect.unwrap(view), "__self__", None)
        module = getattr(view_class or type(register), "__module__", "")
        is_ours = module.startswith("socialekaart_plugin.")
        for name, values in () if is_ours else request.GET.lists():
            if name != "q" and any(map(is_too_long, values)):
                raise Http404
        page = request.GET.get("p", "1")
        if any(where and "/" not in where for where in request.GET.getlist("next")):
            raise Http404
        if view_class is WorkflowEditView and not (page.isascii() and page.isdecimal()):
            raise Http404

    @staticmethod
    def refuse_body(request: HttpRequest, kwargs: dict[str, Any]) -> None:
        """Reject a form without the fields that browsers always send and that Wagtail reads.

        Raises:
            BadRequest: it is not a form of Wagtail.
            Http404: it names nothing.
        """
        if request.method != "POST":
            return
        match = request.resolver_match
        if any(
            name not in request.POST for name in NEEDED.get(match.view_name if match else "", ())
        ):
            raise BadRequest("This form misses a field.")
        if any(where and "/" not in where for where in request.POST.getlist("next")):
            raise BadRequest("This is no address to go on to.")
        copies = "new_parent_page" in request.POST and "page_id" in kwargs
        if copies and not is_page(request.POST["new_parent_page"]):
            raise Http404

    def process_exception(self, request: HttpRequest, error: Exception) -> None:
        """Answer 404 for a missing page of a list.

        Raises:
            Http404: the page is missing.
        """
        if isinstance(error, InvalidPage):
            raise Http404 from error

    @staticmethod
    def asked_for(
        request: HttpRequest, view: Any, kwargs: dict[str, Any]
    ) -> tuple[Any, Sequence[str]]:
        """Return the model that Wagtail will query, and the keys that it will look up."""
        view_class = getattr(view, "view_class", object)
        if inspect.unwrap(view) is bulk_action_view:
            chosen = [key for key in request.GET.getlist("id") if key != "all"]
            try:
                model = apps.get_model(kwargs["app_label"], kwargs["model_name"])
            except LookupError as error:
                raise Http404 from error
            for parent in request.GET.getlist("childOf"):
                if not is_page(parent):
                    raise Http404
            return model, chosen
        chosen = request.GET.getlist("id")
        if issubclass(view_class, (ImageChosenView, DocumentChosenView)):
            # Images and documents have the same type of key.
            return get_image_model(), [unquote(kwargs["pk"])]
        if issubclass(view_class, (ImageChosenMultipleView, DocumentChosenMultipleView)):
            return get_image_model(), chosen
        if issubclass(view_class, PageChosenMultipleView):
            return Page, chosen
        if getattr(view, "cls", None) in ADMIN_API and "find_view" in view.actions.values():
            return view.cls.model, chosen
        return None, []
