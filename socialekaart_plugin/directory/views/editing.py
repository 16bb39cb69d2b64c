"""Wagtail's create, edit, compare, revert, delete and workflow views, adapted for records."""

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
    """Create a record; its creator becomes the steward."""

    def save_instance(self) -> Any:
        """Create the record, with its creator as steward."""
        self.model.wait_for_turn()
        self.form.instance.steward = self.request.user
        return super().save_instance()


class RecordCopyView(CopyViewMixin, RecordCreateView):
    """Create a record as a copy of another."""


class RecordEditView(ConflictMixin, RefusesInWords, snippets.EditView):
    """Edit a record."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Add our own record buttons to Wagtail's."""
        return [*super().header_more_buttons, *record_buttons(self, self.object)]


class RecordCompareView(snippets.RevisionsCompareView):
    """Compare two revisions; unlike Wagtail's view, it validates the revision keys."""

    def setup(self, request: HttpRequest, pk: str, *revisions: str, **kwargs: Any) -> None:
        """Load the record and the revisions; answer 404 for an invalid key."""
        named = [value for value in (*revisions, *kwargs.values()) if value.isdecimal()]
        for revision in named:
            key_or_404(Revision, revision)
        super().setup(request, key_or_404(self.model, unquote(pk)), *revisions, **kwargs)


class RecordRevertView(RevisionsRevertMixin, RecordEditView):
    """Revert a record to an older revision."""

    view_name = "revisions_revert"

    def save_instance(self) -> Any:
        """Save, unless someone else saved meanwhile: Wagtail's mixin skips our check."""
        self.require_unchanged()
        return super().save_instance()


class _BackToTheRecord(SaysLocked):
    object: Any
    edit_url_name: str

    def url_when_locked(self) -> str:
        """Redirect to the record form."""
        return reverse(self.edit_url_name, args=[quote(self.object.pk)])


class RecordUnpublishView(_BackToTheRecord, snippets.UnpublishView):
    """Wagtail's unpublish view, in one transaction."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Unpublish."""
        with transaction.atomic():
            self.object.begin_change_by(request.user)
            response: HttpResponse = super().post(request, *args, **kwargs)
            return response


class RecordUnscheduleView(_BackToTheRecord, snippets.RevisionsUnscheduleView):
    """Wagtail's view to cancel a scheduled publication, in one transaction."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Unschedule."""
        with transaction.atomic():
            self.object.begin_change_by(request.user)
            response: HttpResponse = super().post(request, *args, **kwargs)
            return response


class RecordDeleteView(_BackToTheRecord, snippets.DeleteView):
    """Delete a record permanently."""

    def delete_action(self) -> None:
        """Delete the record through `delete_record`."""
        delete_record(record=self.object, user=self.request.user)


class RecordWorkflowActionView(snippets.WorkflowActionView):
    """Approve or reject from a list or the dashboard."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Act in one transaction; a refused publication rolls back the whole approval."""
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
