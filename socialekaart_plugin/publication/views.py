"""View of the permanent address: redirects to the current page, or says the record is gone."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from socialekaart_plugin.foundation.conf import conf

from .addresses import page_address, permanent_path, ways_on
from .models import PublishedRecord

#: Seconds for which a redirect may be cached.
_MAX_AGE = 60


@require_safe
def permanent_address(request: HttpRequest, short_id: str) -> HttpResponse:
    """Redirect to the current page; 301 to the replacement, 410 when withdrawn.

    Raises:
        Http404: there never was such a record, or no page shows its kind.
    """
    record = PublishedRecord.objects.filter(short_id=short_id).first()
    if record is None:
        raise Http404(_("No record has this address."))
    if record.withdrawn_at is not None:
        return gone(request, record)
    payload = record.public_payload
    address = page_address(payload, request) if payload is not None else None
    if address is None:
        raise Http404(_("No page shows this record."))
    response = HttpResponseRedirect(address)
    patch_cache_control(response, public=True, max_age=_MAX_AGE)
    return response


def gone(request: HttpRequest, record: PublishedRecord) -> HttpResponse:
    """Answer for a withdrawn record: redirect to its replacement, or a 410 page.

    Args:
        request: of a visitor.
        record: the withdrawn row.
    """
    if record.replaced_by is not None:
        successor = PublishedRecord.objects.filter(uuid=record.replaced_by).first()
        if successor is not None:
            response = redirect(permanent_path(successor.short_id), permanent=True)
            # Publishing the record again ends the redirect: browsers must not cache it forever.
            patch_cache_control(response, public=True, max_age=_MAX_AGE)
            return response
    page = render(
        request,
        "socialekaart_plugin/publication/gone.html",
        {
            "base_template": conf.BASE_TEMPLATE,
            "withdrawn_at": record.withdrawn_at,
            **ways_on(request),
        },
        status=410,
    )
    # Without this, browsers cache a 410 forever, even after the record is published again.
    patch_cache_control(page, no_cache=True)
    return page
