"""Edit view of a word in the admin."""

from django.utils.functional import cached_property
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views import snippets

from socialekaart_plugin.foundation.usage_view import CountsNoReferences

from .buttons import word_buttons


class WordEditView(CountsNoReferences, snippets.EditView):
    """Edit a theme, target group or keyword."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Add the buttons to move, merge and show uses to Wagtail's own."""
        return [*super().header_more_buttons, *word_buttons(self, self.object)]
