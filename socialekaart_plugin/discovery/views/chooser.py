"""The chooser: a dialogue to find a public organisation or activity."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Min
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet

from socialekaart_plugin.discovery.panels import RECORD_CHOOSER
from socialekaart_plugin.foundation.search_words import MOST_WORDS
from socialekaart_plugin.language import folded_words
from socialekaart_plugin.publication.choices import FINDABLE, RecordKind
from socialekaart_plugin.publication.models import PublishedRecord
from socialekaart_plugin.publication.querysets import PublishedRecordQuerySet
from socialekaart_plugin.publication.selectors import audience_for


class RecordSearchForm(BaseFilterForm):
    """Searches names by substring."""

    q = forms.CharField(
        label=_("Search by name"),
        required=False,
        help_text=_("Part of the name of an organisation or activity."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def filter(self, objects: Any) -> Any:
        """Keep records whose name contains every word."""
        self.search_query = self.cleaned_data["q"]
        self.is_searching = bool(self.search_query)
        for word in list(folded_words(self.search_query))[:MOST_WORDS]:
            objects = objects.filter(folded_name__contains=word)
        return super().filter(objects)


class _Named:
    """Public records with the names that the editor may see."""

    request: Any

    def get_object_list(self) -> PublishedRecordQuerySet:
        """Return the findable records, sorted by name."""
        found = PublishedRecord.objects.for_audience(audience_for(self.request.user))
        return (
            found.filter(kind__in=FINDABLE, search_documents__audiences__gt=0)
            .annotate(folded_name=Min("search_documents__name"))
            .order_by("folded_name", "pk")
        )

    def get_object(self, pk: str) -> PublishedRecord:
        """Return the record with a public id.

        Raises:
            ObjectDoesNotExist: there is none that the editor may read.
        """
        try:
            record: PublishedRecord = self.get_object_list().get(uuid=uuid.UUID(pk))
        except ValueError as error:
            raise ObjectDoesNotExist(pk) from error
        return record

    def get_object_id(self, instance: PublishedRecord) -> uuid.UUID:
        """Return the public id, which rules store."""
        return instance.uuid

    def get_edit_item_url(self, instance: PublishedRecord) -> None:
        """Return no link: public records have no edit form."""

    def get_display_title(self, instance: PublishedRecord) -> str:
        """Return the name."""
        return str(instance.payload(audience_for(self.request.user))["name"])


class _Results(_Named):
    """The list of results in the dialogue."""

    filter_form_class = RecordSearchForm
    page_subtitle = ""
    # A rule has one record: no multiple choice.
    is_multiple_choice = False
    results_template_name = "socialekaart_plugin/discovery/chooser_results.html"

    def can_create(self) -> bool:
        """Refuse: the chooser creates nothing."""
        return False

    @property
    def columns(self: Any) -> list[Column]:
        """Return the columns: name, kind and organisation."""
        return [
            TitleColumn(
                "name",
                label=_("Name"),
                accessor=self.get_display_title,
                get_url=lambda record: self.append_preserved_url_parameters(
                    reverse(self.chosen_url_name, args=(record.uuid,))
                ),
                link_attrs={"data-chooser-modal-choice": True},
            ),
            Column(
                "kind",
                label=_("Kind"),
                accessor=lambda record: capfirst(RecordKind(record.kind).label),
            ),
            Column("organisation", label=_("Organisation"), accessor=self._organisation),
        ]

    def _organisation(self, record: PublishedRecord) -> str:
        payload = record.payload(audience_for(self.request.user))
        return ", ".join(by["name"] for by in payload.get("organisations", ()))


class RecordChooseView(_Results, chooser.ChooseView):
    """The dialogue."""


class RecordChooseResultsView(_Results, chooser.ChooseResultsView):
    """The results only, after a search or on another page."""


class RecordChosenView(_Named, chooser.ChosenView):
    """The response to a choice."""


class RecordChooserViewSet(ChooserViewSet):
    """Chooses a public record."""

    name = RECORD_CHOOSER
    url_prefix = "sociale-kaart/choose-public-record"
    model = PublishedRecord
    register_widget = False
    icon = "group"
    page_title = _("Choose an organisation or activity")
    per_page = 15
    choose_view_class = RecordChooseView
    choose_results_view_class = RecordChooseResultsView
    chosen_view_class = RecordChosenView

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the URLs of the dialogue, its results, and the response to a choice."""
        return [
            path("", self.choose_view, name="choose"),
            path("results/", self.choose_results_view, name="choose_results"),
            path("chosen/<str:pk>/", self.chosen_view, name="chosen"),
        ]
