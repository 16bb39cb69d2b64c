"""The address search box of the place form, which fills in the address fields."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.panels import Panel

_FOLDER = "socialekaart_plugin/places"

#: The URL name that the script requests; registered by `PlaceViewSet`.
GEOCODE_URL_NAME = "wagtailsnippets_socialekaart_plugin_place:geocode"
TEMPLATE = f"{_FOLDER}/address_search.html"

ADDRESS_SEARCH_MEDIA = forms.Media(
    css={"all": [f"{_FOLDER}/place_form.css"]}, js=[f"{_FOLDER}/address_search.js"]
)


def address_search_context(prefix: str) -> dict[str, Any]:
    """Return the context for the search template.

    Args:
        prefix: prefix of the field ids, such as `id_`.
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
    """Address search; choosing a result fills in street, postcode, town and point."""

    class BoundPanel(Panel.BoundPanel):
        """The search box bound to one form."""

        template_name = TEMPLATE

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add the URL to search and the ids of the fields to fill in."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | address_search_context(self.form["postcode"].id_for_label[:-8])

        @property
        def media(self) -> forms.Media:
            """The JavaScript of the search."""
            return ADDRESS_SEARCH_MEDIA
