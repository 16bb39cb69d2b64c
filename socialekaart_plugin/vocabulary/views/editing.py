"""Editing a word in the admin."""

from django.utils.functional import cached_property
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views import snippets

from socialekaart_plugin.foundation.usage_view import CountsNoReferences

from .buttons import word_buttons


class WordEditView(CountsNoReferences, snippets.EditView):
    """A theme, target group or keyword."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Moving, merging and where it is used stand beside Wagtail's own."""
        return [*super().header_more_buttons, *word_buttons(self, self.object)]
