"""The JSON view behind the address search: candidates for an address, or a guess."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.generic import View
from wagtail.permission_policies import ModelPermissionPolicy

from socialekaart_plugin.places.geocoding import (
    Candidate,
    GeocodingUnavailable,
    get_geocoder,
)
from socialekaart_plugin.places.models import Area, Place
from socialekaart_plugin.places.selectors import guess_by_postcode


class GeocodeView(View):
    """Returns JSON; requires permission to add or change places.

    `?q=` gives `candidates` and a `message`; `?postcode=` with `street_address=` gives a `guess`.
    """

    http_method_names = ["get"]

    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Deny users without permission."""
        policy = ModelPermissionPolicy(Place)
        if not policy.user_has_any_permission(request.user, ["add", "change"]):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> JsonResponse:
        """Return candidates or a guess."""
        asked = {
            name: str(request.GET.get(name, "")).replace("\0", "")
            for name in ("q", "postcode", "street_address")
        }
        if "postcode" in request.GET:
            return JsonResponse(_guess(asked["postcode"], asked["street_address"]))
        return JsonResponse(_search(asked["q"]))


def _search(text: str) -> dict[str, Any]:
    try:
        found = get_geocoder().search(text)
    except GeocodingUnavailable:
        message = _(
            "The address service does not answer just now. Fill in the address yourself and choose "
            "the point on the map, or try again later."
        )
        return {"candidates": [], "message": message}
    areas = Area.objects.narrowest_at_each([(c.latitude, c.longitude) for c in found])
    return {
        "candidates": [_as_json(*pair) for pair in zip(found, areas, strict=True)],
        "message": _found(len(found)),
    }


def _found(number: int) -> str:
    if not number:
        return _("No address was found. Check the street and number, or search for the postcode.")
    return ngettext(
        "%(number)s address was found. Choose it.",
        "%(number)s addresses were found. Choose one.",
        number,
    ) % {"number": number}


def _as_json(candidate: Candidate, area: Area | None) -> dict[str, Any]:
    return {
        "label": candidate.label,
        "street_address": candidate.street_address,
        "postcode": candidate.postcode,
        "city": candidate.city,
        "latitude": candidate.latitude,
        "longitude": candidate.longitude,
        "area": area.name if area else "",
    }


def _guess(postcode: str, street_address: str) -> dict[str, Any]:
    guess = guess_by_postcode(postcode, street_address)
    if guess is None:
        return {"guess": None}
    text = (
        _("By its postcode this lies in %(area)s.") % {"area": guess.area}
        if guess.area
        else _("By its postcode we know where this is.")
    )
    return {
        "guess": {"text": text, "latitude": guess.latitude, "longitude": guess.longitude},
    }
