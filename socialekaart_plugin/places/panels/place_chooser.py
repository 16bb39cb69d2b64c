"""The widget with which a place is chosen, or made on the spot."""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from socialekaart_plugin.foundation.choosers import Chooser
from socialekaart_plugin.places.models import Place

from .address_search import ADDRESS_SEARCH_MEDIA
from .map_point import point_widget


class PlaceChooser(Chooser):
    """Chooses a place in a dialogue that can make one as well.

    The dialogue loads no scripts itself: what its form needs comes with the page, once.
    """

    def __init__(self, **kwargs: Any) -> None:
        """Speak the language of the reader.

        AdminSnippetChooser freezes its texts in the language of the moment in which the form class
        is made (Wagtail 7.4 to 8.0), which is English within a management command.
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
        """The scripts of the chooser, of the map and of the search for an address."""
        return super().media + point_widget().media + ADDRESS_SEARCH_MEDIA
