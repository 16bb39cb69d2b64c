"""Making, editing and approving a record in the admin."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views import snippets

from socialekaart_plugin.directory.requirements import PublicationRefused

from .buttons import record_buttons
from .refusals import RefusesInWords, say_refused


class RecordCreateView(RefusesInWords, snippets.CreateView):
    """A new record."""


class RecordCopyView(RefusesInWords, snippets.CopyView):
    """A new record that begins as another."""


class RecordEditView(RefusesInWords, snippets.EditView):
    """A record."""

    confirm_url_name: str | None = None
    withdraw_url_name: str | None = None

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Confirm and withdraw stand beside Wagtail's own."""
        return [*super().header_more_buttons, *record_buttons(self, self.object)]


class RecordUnpublishView(snippets.UnpublishView):
    """Wagtail's own way to take a record off, in one transaction."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Unpublish."""
        with transaction.atomic():
            response: HttpResponse = super().post(request, *args, **kwargs)
            return response


class RecordWorkflowActionView(snippets.WorkflowActionView):
    """Approving or rejecting from a list or the dashboard."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Act in one transaction; a refused publication undoes the whole approval."""
        try:
            with transaction.atomic():
                response: HttpResponse = super().post(request, *args, **kwargs)
                return response
        except PublicationRefused as refused:
            say_refused(request, refused)
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            modal: HttpResponse = self.render_modal_json(
                request, {"step": "success", "redirect": self.redirect_url}
            )
            return modal
        return redirect(self.redirect_url)
