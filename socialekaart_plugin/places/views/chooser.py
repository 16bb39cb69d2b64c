"""The views of the dialogue to choose or create a place."""

from typing import Any

from django import forms
from django.contrib.admin.utils import quote
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetCreateView,
)

from socialekaart_plugin.foundation.choosers import GuardedChooserViewSet
from socialekaart_plugin.places.actions import create_place
from socialekaart_plugin.places.forms import PlaceCreationForm
from socialekaart_plugin.places.models import Place
from socialekaart_plugin.places.panels import PlaceChooser
from socialekaart_plugin.places.querysets import outlines_along

_AREAS = "area__parent__parent"


class PlaceSearchForm(BaseFilterForm):
    """Searches parts of words in name, street, postcode and town."""

    q = forms.CharField(
        label=_("Search for a place"),
        required=False,
        help_text=_("Part of the name, the street or the postcode."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def filter(self, objects: Any) -> Any:
        """Keep the places that match every word."""
        self.search_query = self.cleaned_data["q"].replace("\0", "")
        self.is_searching = bool(self.search_query)
        return super().filter(objects).matching(self.search_query)


class _Results:
    """The result list, in a fixed number of queries."""

    filter_form_class = PlaceSearchForm
    # The title is enough.
    page_subtitle = ""
    results_template_name = "socialekaart_plugin/places/chooser_results.html"
    creation_form_template_name = "socialekaart_plugin/places/chooser_creation_form.html"

    def get_object_list(self) -> QuerySet[Place]:
        """Load areas and usage counts with the places."""
        places = Place.objects.select_related(_AREAS).defer(*outlines_along(_AREAS))
        return places.with_uses().order_by("name", "pk")

    @property
    def columns(self: Any) -> list[Column]:
        """Name, address, district, number of records."""
        return [
            TitleColumn(
                "name",
                label=_("Name"),
                get_url=lambda place: self.append_preserved_url_parameters(
                    reverse(self.chosen_url_name, args=(quote(place.pk),))
                ),
                link_attrs={"data-chooser-modal-choice": True},
            ),
            Column("address", label=_("Address")),
            Column("district", label=_("District")),
            Column("uses", label=_("Used by")),
        ]


class PlaceChooseView(_Results, ChooseView):
    """The dialogue, with a tab to search and a tab to create."""


class PlaceChooseResultsView(_Results, ChooseResultsView):
    """Only the result list, after a search or on another page."""


class PlaceCreateView(SnippetCreateView):
    """The create tab; also accepts a chosen duplicate."""

    creation_form_template_name = "socialekaart_plugin/places/chooser_creation_form.html"
    request: HttpRequest
    form: PlaceCreationForm

    def post(self, request: HttpRequest) -> HttpResponse:
        """Return the chosen duplicate, ignoring all other input."""
        duplicate = self.get_creation_form().chosen_duplicate
        return self.get_chosen_response(duplicate) if duplicate else super().post(request)

    def save_form(self, form: PlaceCreationForm) -> Place:
        """Create the place."""
        user: Any = self.request.user
        return create_place(place=form.instance, user=user)


class PlaceChooserViewSet(GuardedChooserViewSet):
    """Registers the place chooser."""

    icon = "home"
    choose_view_class = PlaceChooseView
    choose_results_view_class = PlaceChooseResultsView
    create_view_class = PlaceCreateView
    creation_form_class = PlaceCreationForm
    page_title = _("Choose a place")
    search_tab_label = _("Search")
    creation_tab_label = _("New place")
    create_action_label = _("Make and choose this place")

    @cached_property
    def widget_class(self) -> PlaceChooser:
        """The widget for every form field that refers to a place."""
        return PlaceChooser()
