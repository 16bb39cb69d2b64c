"""Making, editing and approving a record in the admin."""

from typing import Any

from django.contrib.admin.utils import quote, unquote
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin import messages
from wagtail.admin.views.generic import CopyViewMixin
from wagtail.admin.views.generic.mixins import RevisionsRevertMixin
from wagtail.admin.widgets.button import Button
from wagtail.models import Revision
from wagtail.snippets.views import snippets

from socialekaart_plugin.directory.actions import delete_record
from socialekaart_plugin.directory.requirements import PublicationRefused, RecordLocked
from socialekaart_plugin.foundation.url_keys import key_or_404

from .buttons import record_buttons
from .conflicts import ConflictMixin
from .duplicates import AsksAboutDuplicates
from .refusals import RefusesInWords, SaysLocked, say_refused


class RecordCreateView(AsksAboutDuplicates, RefusesInWords, snippets.CreateView):
    """A new record; whoever makes it looks after it."""

    def save_instance(self) -> Any:
        """Make the record, with its maker as steward."""
        self.model.wait_for_turn()
        self.form.instance.steward = self.request.user
        return super().save_instance()


class RecordCopyView(CopyViewMixin, RecordCreateView):
    """A new record that begins as another."""


class RecordEditView(ConflictMixin, RefusesInWords, snippets.EditView):
    """A record."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """What can be done to a record stands beside Wagtail's own."""
        return [*super().header_more_buttons, *record_buttons(self, self.object)]


class RecordCompareView(snippets.RevisionsCompareView):
    """Two versions of a record beside each other; here Wagtail takes any text for a key."""

    def setup(self, request: HttpRequest, pk: str, *revisions: str, **kwargs: Any) -> None:
        """Find the record and the versions; what is no key is not found."""
        named = [value for value in (*revisions, *kwargs.values()) if value.isdecimal()]
        for revision in named:
            key_or_404(Revision, revision)
        super().setup(request, key_or_404(self.model, unquote(pk)), *revisions, **kwargs)


class RecordRevertView(RevisionsRevertMixin, RecordEditView):
    """A record, put back as an older version has it."""

    view_name = "revisions_revert"

    def save_instance(self) -> Any:
        """Save, unless another did after the check: Wagtail's mixin leaves ours out."""
        self.require_unchanged()
        return super().save_instance()


class _BackToTheRecord(SaysLocked):
    object: Any
    edit_url_name: str

    def url_when_locked(self) -> str:
        """Return to the form of the record."""
        return reverse(self.edit_url_name, args=[quote(self.object.pk)])


class RecordUnpublishView(_BackToTheRecord, snippets.UnpublishView):
    """Wagtail's own way to take a record off, in one transaction."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Unpublish."""
        with transaction.atomic():
            self.object.begin_change_by(request.user)
            response: HttpResponse = super().post(request, *args, **kwargs)
            return response


class RecordUnscheduleView(_BackToTheRecord, snippets.RevisionsUnscheduleView):
    """Wagtail's own way to let a planned publication not happen, in one transaction."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Unschedule."""
        with transaction.atomic():
            self.object.begin_change_by(request.user)
            response: HttpResponse = super().post(request, *args, **kwargs)
            return response


class RecordDeleteView(_BackToTheRecord, snippets.DeleteView):
    """Deleting a record for good."""

    def delete_action(self) -> None:
        """Delete it."""
        delete_record(record=self.object, user=self.request.user)


class RecordWorkflowActionView(snippets.WorkflowActionView):
    """Approving or rejecting from a list or the dashboard."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Act in one transaction; a refused publication undoes the whole approval."""
        try:
            with transaction.atomic():
                self.object.begin_change_by(request.user)
                response: HttpResponse = super().post(request, *args, **kwargs)
                return response
        except PublicationRefused as refused:
            say_refused(request, refused)
        except RecordLocked as locked:
            messages.error(request, locked.in_words())
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            modal: HttpResponse = self.render_modal_json(
                request, {"step": "success", "redirect": self.redirect_url}
            )
            return modal
        return redirect(self.redirect_url)
