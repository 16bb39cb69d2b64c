"""On the form of a help question: what it gathers now."""

from typing import Any

from wagtail.admin.panels import Panel

from socialekaart_plugin.directory.selectors.help_questions import records_of

#: How many records are named.
NAMED = 20


class GathersPanel(Panel):
    """How many records a help question gathers as it was saved last, and the first of them."""

    class BoundPanel(Panel.BoundPanel):
        """The panel of one help question."""

        template_name = "socialekaart_plugin/directory/help_question_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Read what it gathers, as stored: what is being typed is not saved yet."""
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
