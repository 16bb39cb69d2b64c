"""Admin list of help questions, and the form panel with the matching records."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import Panel
from wagtail.admin.ui.tables import BaseColumn
from wagtail.snippets.views import snippets

from socialekaart_plugin.directory.models import HelpQuestion
from socialekaart_plugin.directory.selectors.help_questions import numbers_gathered, records_of
from socialekaart_plugin.vocabulary.views.columns import UseColumn
from socialekaart_plugin.vocabulary.views.listing import OrderedIndexView

#: Number of records to show by name.
NAMED = 20


class GathersPanel(Panel):
    """Panel with the number of matching records as last saved, and the first of them."""

    class BoundPanel(Panel.BoundPanel):
        """The panel of one help question."""

        template_name = "socialekaart_plugin/directory/help_question_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add the matching records of the stored question, not of unsaved input."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            if self.instance.pk is None:
                return context
            stored = type(self.instance).objects.get(pk=self.instance.pk)
            gathered = records_of(stored)
            number = gathered.count()
            first = gathered.first(NAMED)
            return {
                **context,
                "gathered": True,
                "number": number,
                "more": number - len(first),
                "first": [
                    {"name": record.name, "kind_name": record._meta.verbose_name}
                    for record in first
                ],
            }


class HelpQuestionIndexView(OrderedIndexView):
    """The list of help questions, with the number of matching records."""

    def _use_columns(self) -> list[BaseColumn]:
        return [
            UseColumn(
                "gathered",
                label=gettext_lazy("Gathers"),
                accessor=lambda question: self._gathered.get(question.pk, 0),
                get_url=lambda question: f"{self.get_edit_url(question) or ''}#gathers",
            )
        ]

    @cached_property
    def _gathered(self) -> dict[int, int]:
        relations = ("themes", "target_groups", "organisations", "activities")
        return numbers_gathered(HelpQuestion.objects.prefetch_related(*relations))

    def get_list_more_buttons(self, instance: Any) -> list[Any]:
        """Use only Wagtail's own buttons."""
        return list(snippets.IndexView.get_list_more_buttons(self, instance))
