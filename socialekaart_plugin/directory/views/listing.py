"""The lists of records in the admin."""

from typing import Any

from wagtail.snippets.views import snippets

from socialekaart_plugin.directory.models import Record

from .buttons import record_buttons


class RecordIndexView(snippets.IndexView):
    """The list of records."""

    confirm_url_name: str | None = None
    withdraw_url_name: str | None = None

    def get_list_more_buttons(self, instance: Record) -> list[Any]:
        """Confirm and withdraw stand beside Wagtail's own."""
        return [*super().get_list_more_buttons(instance), *record_buttons(self, instance)]
