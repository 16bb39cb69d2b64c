"""The page type of the front page, with its fields in the API."""

from typing import Any, ClassVar

from django.http import HttpRequest
from rest_framework.serializers import CharField
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.rich_text import expand_db_html
from wagtail.search import index

from socialekaart_plugin.foundation.forms import CarefulPageForm


class ExpandedRichText(CharField):
    """Rich text for visitors: page ids in links become addresses."""

    def to_representation(self, value: str) -> str:
        """Return the text with expanded links."""
        return expand_db_html(value)


class HomePage(Page):
    """The front page: a welcome, the way to the search, and the pages below it."""

    intro = RichTextField("inleiding", blank=True, features=["bold", "italic", "link", "ul"])

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("intro")]
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("intro")]
    api_fields: ClassVar = [APIField("intro", serializer=ExpandedRichText())]
    max_count = 1
    base_form_class = CarefulPageForm

    class Meta:
        verbose_name = "voorpagina"
        verbose_name_plural = "voorpagina's"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the live pages below this one, for the links on the front page."""
        context = super().get_context(request, *args, **kwargs)
        context["sections"] = self.get_children().live().public().in_menu().specific()
        return context
