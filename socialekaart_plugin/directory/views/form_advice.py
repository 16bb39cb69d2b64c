"""JSON view that returns missing requirements and duplicates while the user types."""

from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.generic import View

from socialekaart_plugin.directory.form_advice import candidate_of
from socialekaart_plugin.directory.record_panels import readiness_context

#: Exceptions for a submission that no browser sends: wrong child form counts, rich text that is
#: not valid JSON.
_UNREADABLE = (
    AttributeError, BadRequest, KeyError, OverflowError, TypeError, ValidationError, ValueError,
)  # fmt: skip


class RecordCheckView(View):
    """Accepts the whole record form and returns advice; uses the same form class as saving."""

    model: Any = None
    permission_policy: Any = None
    panel: Any = None
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """Return the missing requirements and possible duplicates as text and HTML."""
        record = self._record(request, pk)
        try:
            form = self._form(request, record)
            form.is_valid()
            candidate = candidate_of(form)
        except _UNREADABLE:
            return JsonResponse({"error": _("This is no form of ours.")}, status=400)
        context = readiness_context(candidate, form)
        folder = "socialekaart_plugin/directory"
        return JsonResponse(
            {
                "needed": render_to_string(f"{folder}/_needed.html", context, request),
                "duplicates": render_to_string(f"{folder}/_duplicates.html", context, request),
                "number_needed": len(context["needed"]),
                "number_of_duplicates": len(context["duplicates_unread"]),
            }
        )

    def _record(self, request: HttpRequest, pk: int | None) -> Any:
        may = self.permission_policy.user_has_permission
        if not may(request.user, "add" if pk is None else "change"):
            raise PermissionDenied
        if pk is None:
            return self.model()
        return get_object_or_404(self.model, pk=pk).get_latest_revision_as_object()

    def _form(self, request: HttpRequest, record: Any) -> Any:
        form_class = self.panel.get_form_class()
        form = form_class(request.POST, request.FILES, instance=record, for_user=request.user)
        # Reading this field would create new keywords.
        form.fields.pop("tags", None)
        return form
