"""Show refused publications and locked records as messages instead of errors."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import WorkflowState

from socialekaart_plugin.directory.requirements import PublicationRefused, RecordLocked


def say_refused(request: HttpRequest, refused: PublicationRefused) -> None:
    """Show the refusal to the user and record it in the history."""
    with transaction.atomic():
        type(refused.record).wait_for_turn()
        refused.record_in_history(user=request.user if request.user.is_authenticated else None)
    messages.error(request, refused.in_words())


class RefusesInWords:
    """A form view that keeps the draft and explains why publication was refused."""

    def run_action_method(self) -> HttpResponse | None:
        """Publish, submit or approve in one transaction; a refusal rolls back all of it."""
        try:
            with transaction.atomic():
                self.model.wait_for_turn()  # type: ignore[attr-defined]
                response: HttpResponse | None = super().run_action_method()  # type: ignore[misc]
                return response
        except PublicationRefused as refused:
            say_refused(self.request, refused)  # type: ignore[attr-defined]
        except RecordLocked as locked:
            messages.error(self.request, locked.in_words())  # type: ignore[attr-defined]
        return redirect(self.get_edit_url())  # type: ignore[attr-defined]

    def submit_action(self) -> HttpResponse | None:
        """Submit for approval; explain if another window already submitted it."""
        record = self.object  # type: ignore[attr-defined]
        if record.workflow_states.filter(status=WorkflowState.STATUS_IN_PROGRESS).exists():
            said = _("“%(name)s” waits for approval already. What you wrote is saved.")
            messages.warning(self.request, said % {"name": record})  # type: ignore[attr-defined]
            return None
        response: HttpResponse | None = super().submit_action()  # type: ignore[misc]
        return response


class SaysLocked:
    """A view that changes a record; if a colleague locked it, shows a message and redirects."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Handle the request, or explain the lock."""
        try:
            response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        except RecordLocked as locked:
            messages.error(request, locked.in_words())
            return redirect(self.url_when_locked())
        return response

    def url_when_locked(self) -> str:
        """Return the URL to redirect to."""
        raise NotImplementedError
