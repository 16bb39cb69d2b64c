"""The page type for the directory: its list, its record pages and its suggestions."""

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import conditional_page
from rest_framework.fields import CharField, ReadOnlyField
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.contrib.routable_page.models import RoutablePageMixin, path, re_path
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.foundation.conf import conf
from socialekaart_plugin.foundation.forms import CarefulPageForm
from socialekaart_plugin.foundation.help_desk import HelpDesk
from socialekaart_plugin.publication.choices import FINDABLE
from socialekaart_plugin.publication.models import PublishedRecord
from socialekaart_plugin.publication.selectors import audience_for
from socialekaart_plugin.publication.views import gone

from .autocomplete import suggested
from .detail import detail_context
from .list_context import list_context

#: Seconds for which a browser may cache suggestions: enough for typing back and forth.
_SUGGESTIONS_AGE = 60


class ExpandedRichText(CharField):
    """Rich text as HTML for the web: links and images expanded."""

    def to_representation(self, value: Any) -> str:
        """Return the HTML."""
        return str(expand_db_html(super().to_representation(value)))


class DirectoryPage(RoutablePageMixin, Page):
    """A directory of organisations and activities: a searchable list and a page for each record."""

    introduction = RichTextField(
        gettext_lazy("introduction"), blank=True, features=["bold", "italic", "link", "ul", "ol"]
    )

    whom_to_call = RichTextField(
        gettext_lazy("what else to tell of the desk"),
        blank=True,
        features=["bold", "italic", "link"],
        help_text=gettext_lazy(
            "Shown to who finds little or nothing, below the desk of Settings › Help desk; its "
            "name, number, email address and hours stand there."
        ),
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("whom_to_call"),
    ]
    api_fields: ClassVar[list[APIField]] = [
        APIField("introduction", serializer=ExpandedRichText()),
        APIField("whom_to_call", serializer=ExpandedRichText()),
        APIField("help_desk", serializer=ReadOnlyField()),
        APIField("public_url", serializer=ReadOnlyField()),
    ]
    subpage_types: ClassVar[list[str]] = []
    base_form_class = CarefulPageForm

    class Meta:
        verbose_name = gettext_lazy("directory")
        verbose_name_plural = gettext_lazy("directories")

    @property
    def public_url(self) -> str:
        """The public address of this page: on the front end of a headless site, else here."""
        return conf.PUBLIC_URL or self.full_url or ""

    @property
    def help_desk(self) -> dict[str, str] | None:
        """The help desk of the page's site; None if it has none."""
        site = self.get_site()
        desk = HelpDesk.for_site(site) if site is not None else None
        return desk.facts if desk is not None and desk.can_be_reached else None

    @path("")
    def record_list(self, request: HttpRequest) -> HttpResponse:
        """Show the list, narrowed by words and filters."""
        audience = audience_for(request.user)
        context = list_context(self, request, audience)
        response = TemplateResponse(
            request,
            "socialekaart_plugin/pages/list.html",
            self.get_context(request) | context,
            status=404 if context["is_beyond_last_page"] else 200,
        )
        return _cached(response, audience)

    # Must precede the record pages: this path looks like a short id.
    @path("suggesties/", name="suggestions")
    def suggestion_list(self, request: HttpRequest) -> HttpResponse:
        """Return suggestions for typed text, as JSON."""
        audience = audience_for(request.user)
        response = JsonResponse({"suggestions": suggested(self, request, audience)})
        patch_cache_control(response, max_age=_SUGGESTIONS_AGE)
        return _cached(response, audience)

    @re_path(r"^(?P<short_id>[0-9a-z]{1,12})/(?:(?P<slug>[-\w]+)/)?$", name="record_detail")
    def record_detail(
        self, request: HttpRequest, short_id: str, slug: str | None = None
    ) -> HttpResponse:
        """Show one record; redirect from an older slug to the current one.

        Raises:
            Http404: there never was such a record, or its kind has no page.
        """
        audience = audience_for(request.user)
        record = PublishedRecord.objects.filter(short_id=short_id).first()
        if record is None or record.kind not in FINDABLE:
            raise Http404(_("No record has this address."))
        if record.withdrawn_at is not None:
            return gone(request, record)
        payload = record.payload(audience)
        if slug != payload["slug"]:
            return redirect(self.record_url(payload, request), permanent=False)
        response = TemplateResponse(
            request,
            "socialekaart_plugin/pages/detail.html",
            self.get_context(request) | detail_context(self, request, payload, audience),
        )
        return _cached(response, audience)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with an ETag of the content; each audience gets its own."""
        answer = conditional_page(super().serve)
        response: HttpResponse = answer(request, *args, **kwargs)
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the base template of the site's pages."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"base_template": conf.BASE_TEMPLATE}

    def suggestions_url(self, request: HttpRequest | None = None) -> str:
        """Return the address of the suggestions."""
        return (self.get_url(request) or "/") + str(self.reverse_subpage("suggestions"))

    def record_url(self, payload: dict[str, Any], request: HttpRequest | None = None) -> str:
        """Return the address of a record on this page."""
        base: str = self.get_url(request) or "/"
        return base + str(
            self.reverse_subpage("record_detail", args=[payload["short_id"], payload["slug"]])
        )


def _cached(response: HttpResponse, audience: Audience) -> HttpResponse:
    """Keep responses with referrer facts out of shared caches."""
    if audience != Audience.PUBLIC:
        patch_cache_control(response, private=True)
    return response
