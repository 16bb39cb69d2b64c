"""View of the field-by-field change history of a record."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from socialekaart_plugin.directory.selectors.history import fields_with_history, history_page

from .base import OneRecordMixin


class ChangesView(OneRecordMixin, TemplateView):
    """The changes of a record, newest first, for all fields or one."""

    page_title = gettext_lazy("Who changed what")
    header_icon = "history"
    template_name = "socialekaart_plugin/directory/changes.html"
    request: HttpRequest

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add a page of changes and the fields for the filter."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        fields = fields_with_history(self.model)
        only = self.request.GET.get("field", "")
        if only not in dict(fields):
            only = ""
        start = self.request.GET.get("start", "")
        # Ignore page numbers with more digits than a revision count can have.
        at = int(start) if start.isascii() and start.isdigit() and len(start) < 7 else 0
        context["record"] = self.record
        context["history"] = history_page(self.record, only=only, start=at)
        context["fields"], context["only"], context["start"] = fields, only, at
        return context
