"""The search for an address, above the fields that it fills in."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.panels import Panel

_FOLDER = "socialekaart_plugin/places"

#: In the admin, the address that the script asks; made by `PlaceViewSet`.
GEOCODE_URL_NAME = "wagtailsnippets_socialekaart_plugin_place:geocode"
TEMPLATE = f"{_FOLDER}/address_search.html"

ADDRESS_SEARCH_MEDIA = forms.Media(
    css={"all": [f"{_FOLDER}/place_form.css"]}, js=[f"{_FOLDER}/address_search.js"]
)


def address_search_context(prefix: str) -> dict[str, Any]:
    """Return what the template of the search needs.

    Args:
        prefix: what the ids of the fields begin with, such as `id_`.
    """
    return {
        "address_search": {
            "prefix": prefix,
            "url": reverse(GEOCODE_URL_NAME),
            "texts": {
                "searching": _("Searching …"),
                "filled": _("The address is filled in."),
                "area": _("It lies in {area}."),
                "outside": _("It lies outside our areas."),
                "failed": _(
                    "The search does not work just now. Fill in the address and choose the point "
                    "on the map."
                ),
            },
        }
    }


class AddressSearchPanel(Panel):
    """A box to search for an address; choosing one fills in street, postcode, town and point."""

    class BoundPanel(Panel.BoundPanel):
        """The box in one form."""

        template_name = TEMPLATE

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add where to search, and the fields to fill in."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | address_search_context(self.form["postcode"].id_for_label[:-8])

        @property
        def media(self) -> forms.Media:
            """The script of the search."""
            return ADDRESS_SEARCH_MEDIA
