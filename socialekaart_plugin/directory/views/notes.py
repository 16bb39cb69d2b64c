"""Views to read, add and remove internal notes on a record."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages

from socialekaart_plugin.directory import actions
from socialekaart_plugin.directory.forms import NoteForm

from .base import OneRecordMixin, RecordActionView
from .buttons import record_action_url


class NotesView(RecordActionView):
    """The notes on a record, newest first, with a form for a new one."""

    form_class = NoteForm
    page_title = gettext_lazy("Notes")
    header_icon = "comment"
    submit_label = gettext_lazy("Add the note")
    template_name = "socialekaart_plugin/directory/notes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the notes."""
        context = super().get_context_data(**kwargs)
        context["notes"] = self.record.notes.select_related("author")
        viewset: Any = type(self.record).snippet_viewset
        context["remove_url_name"] = viewset.get_url_name("remove_note")
        return context

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Add the note and show the list again."""
        actions.add_note(
            record=self.record,
            text=form.cleaned_data["text"],
            user=self.request.user,  # type: ignore[arg-type]
        )
        messages.success(self.request, _("The note is added."))
        return redirect(self.request.path)


class RemoveNoteView(OneRecordMixin, View):
    """Remove one of the user's own notes; POST only."""

    page_title = gettext_lazy("Remove the note")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Redirect without changes: the button is beside the note."""
        return redirect(record_action_url(self.record, "notes"))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Remove the note."""
        note = get_object_or_404(self.record.notes, pk=kwargs["note_pk"])
        if note.author_id != request.user.pk:
            raise PermissionDenied
        actions.remove_note(note=note, user=request.user)
        messages.success(request, _("The note is removed."))
        return redirect(record_action_url(self.record, "notes"))
