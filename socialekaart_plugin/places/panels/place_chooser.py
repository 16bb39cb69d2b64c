"""The widget to choose a place, or to create one in the same dialogue."""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from socialekaart_plugin.foundation.choosers import Chooser
from socialekaart_plugin.places.models import Place

from .address_search import ADDRESS_SEARCH_MEDIA
from .map_point import point_widget


class PlaceChooser(Chooser):
    """Opens the dialogue to choose or create a place.

    The scripts for the form in the dialogue are loaded once, with the page itself.
    """

    def __init__(self, **kwargs: Any) -> None:
        """Set the texts again, in the language of the reader.

        AdminSnippetChooser (Wagtail 7.4 to 8.0) fixes its texts when the form class is created,
        which is in English inside a management command.
        """
        texts = {
            "choose_one_text": _("Choose a place"),
            "choose_another_text": _("Choose another place"),
            "link_to_chosen_text": _("Edit this place"),
            "icon": "home",
        }
        super().__init__(Place, **texts | kwargs)

    @cached_property
    def media(self) -> forms.Media:
        """The scripts of the chooser, the map and the address search."""
        return super().media + point_widget().media + ADDRESS_SEARCH_MEDIA
