"""A refused publication, told in words, with the draft kept."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from socialekaart_plugin.directory.requirements import PublicationRefused


def say_refused(request: HttpRequest, refused: PublicationRefused) -> None:
    """Tell the user in words, and the history of the record."""
    refused.record_in_history(user=request.user if request.user.is_authenticated else None)
    messages.error(request, refused.in_words())


class RefusesInWords:
    """A form view in which a refused publication leaves the draft saved and says why."""

    def run_action_method(self) -> HttpResponse | None:
        """Publish, submit or approve in one transaction; a refusal undoes all of it."""
        try:
            with transaction.atomic():
                response: HttpResponse | None = super().run_action_method()  # type: ignore[misc]
                return response
        except PublicationRefused as refused:
            say_refused(self.request, refused)  # type: ignore[attr-defined]
            return redirect(self.get_edit_url())  # type: ignore[attr-defined]
