"""The preview of a draft: drawn as the public would see it, without passing the gate."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from socialekaart_plugin.directory.previews import IN_LIST
from socialekaart_plugin.discovery.search import Found
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.foundation.conf import conf
from socialekaart_plugin.presentation.timetables import in_brief
from socialekaart_plugin.publication.public_record import build_payload
from socialekaart_plugin.publication.rules import as_of
from socialekaart_plugin.publication.selectors import heeded_holidays

from .cards import Item
from .detail import record_context


def render_record_preview(record: Any, request: HttpRequest, mode: str) -> HttpResponse:
    """Draw a draft organisation or activity as the public would see it today."""
    payload = build_payload(record, Audience.PUBLIC)
    if payload is None:
        raise LookupError(f"{record} has no public payload")
    payload = as_of(payload, timezone.localdate())
    context: dict[str, Any] = {"base_template": conf.BASE_TEMPLATE, "is_preview": True}
    if mode == IN_LIST:
        # The link of the card leads nowhere: what it leads to may not be public.
        brief = in_brief(payload, timezone.now(), heeded_holidays([payload]))
        context["item"] = Item(Found(payload), "", brief)
        return TemplateResponse(request, "socialekaart_plugin/pages/card_preview.html", context)
    return TemplateResponse(
        request,
        "socialekaart_plugin/pages/detail.html",
        {
            **context,
            "activities": [],
            "activity_total": 0,
            **record_context(payload, request),
        },
    )
