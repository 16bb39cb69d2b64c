"""Previews of a draft: rendered as the public would see it, without publishing it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from socialekaart_plugin.directory.previews import register_preview
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.foundation.conf import conf
from socialekaart_plugin.presentation.cards import Card
from socialekaart_plugin.presentation.timetables import in_brief
from socialekaart_plugin.publication.public_record import build_payload
from socialekaart_plugin.publication.rules import Payload, as_of
from socialekaart_plugin.publication.selectors import holidays_needed_for

from .detail import record_context

#: Preview mode for the record page; Wagtail's default mode has an empty name.
AS_PAGE = ""
#: Preview mode for a card in a list.
IN_LIST = "list"


def register_previews() -> None:
    """Register the previews of a draft as a page and as a card."""
    register_preview(AS_PAGE, _("As a page"), render_as_page)
    register_preview(IN_LIST, _("In the list"), render_in_list)


def render_as_page(record: Any, request: HttpRequest) -> HttpResponse:
    """Render the page of a draft organisation or activity."""
    return TemplateResponse(
        request,
        "socialekaart_plugin/pages/detail.html",
        {
            **_preview_context(),
            "activities": [],
            "activity_total": 0,
            **record_context(_payload(record), request),
        },
    )


def render_in_list(record: Any, request: HttpRequest) -> HttpResponse:
    """Render the card of a draft organisation or activity."""
    payload = _payload(record)
    brief = in_brief(payload, timezone.now(), holidays_needed_for([payload]))
    # The card has no working link: its target may not be public.
    context = {**_preview_context(), "item": Card(payload, "", brief)}
    return TemplateResponse(request, "socialekaart_plugin/pages/card_preview.html", context)


def _payload(record: Any) -> Payload:
    """Return the payload that the public would get if the draft were published today."""
    payload = build_payload(record, Audience.PUBLIC)
    if payload is None:
        raise LookupError(f"{record} has no public payload")
    return as_of(payload, timezone.localdate())


def _preview_context() -> dict[str, Any]:
    return {"base_template": conf.BASE_TEMPLATE, "is_preview": True}
