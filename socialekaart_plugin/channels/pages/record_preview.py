"""The preview of a draft: drawn as the public would see it, without passing the gate."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.foundation.conf import conf
from socialekaart_plugin.publication.public_record import build_payload
from socialekaart_plugin.publication.rules import as_of

from .screens import record_context


def render_record_preview(record: Any, request: HttpRequest) -> HttpResponse:
    """Draw a draft organisation or activity as the public would see it today."""
    payload = build_payload(record, Audience.PUBLIC)
    if payload is None:
        raise LookupError(f"{record} has no public payload")
    payload = as_of(payload, timezone.localdate())
    return TemplateResponse(
        request,
        "socialekaart_plugin/pages/detail.html",
        {
            "base_template": conf.BASE_TEMPLATE,
            "is_preview": True,
            "activities": [],
            "activity_total": 0,
            **record_context(payload, request),
        },
    )
