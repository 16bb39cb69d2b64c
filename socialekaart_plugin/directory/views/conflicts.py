"""Prevent a save from silently overwriting changes that a colleague made meanwhile."""

from typing import Any

from django import forms
from django.contrib.admin.utils import quote
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_user_display_name
from wagtail.log_actions import registry as log_registry
from wagtail.models import DraftStateMixin, LockableMixin, Revision

from socialekaart_plugin.directory.requirements import RecordLocked
from socialekaart_plugin.directory.rules import SCHEDULE

#: Status fields that no form holds. They can change between loading the form and saving it, for
#: example by publication, lock or expiry.
_STANDING = tuple(
    field.attname
    for mixin in (DraftStateMixin, LockableMixin)
    for field in mixin._meta.local_fields
    if field.name not in SCHEDULE
)


class ChangedMeanwhileError(Exception):
    """Someone else saved the record between validation and writing."""


class ConflictMixin:
    """A form view that never saves over a revision its user has not seen, unless confirmed.

    Wagtail (7.4 to 8.0) checks only autosaves; a manual save overwrites a colleague's work. Here
    the form returns with all input, the colleague's name and a checkbox to save anyway. When the
    form returns, Wagtail's `loaded_revision_id` is the newest revision, so the form also keeps the
    first one.

    After an autosave, Wagtail does not update `loaded_revision_id`. Here the response puts the
    saved revision into the form, so that users do not conflict with themselves.
    """

    request: Any
    object: Any
    model: Any
    live_object: Any
    latest_revision: Any

    @cached_property
    def is_out_of_date(self) -> bool:
        """Whether the form started from an older revision and the user did not confirm that."""
        posted = self.request.POST
        if self.latest_revision and posted.get("overwrite_newer") == _stamp(self.latest_revision):
            return False
        autosaved = posted.get("overwrite_revision_id")
        if posted.get("began_from_revision") and not autosaved:
            return True
        if super().is_out_of_date:  # type: ignore[misc]
            return True
        return self._is_published_by_another(self.live_object)

    def is_valid(self, form: forms.ModelForm) -> bool:  # type: ignore[type-arg]
        """Validate the form, and check that it may overwrite the newest revision."""
        result = bool(super().is_valid(form))  # type: ignore[misc]
        if self.is_out_of_date and not self.expects_json_response:  # type: ignore[attr-defined]
            self._refuse()
            return False
        return result

    def save_instance(self) -> Any:
        """Save, unless someone else saved after validation (see `require_unchanged`)."""
        self.require_unchanged()
        return super().save_instance()  # type: ignore[misc]

    def require_unchanged(self) -> None:
        """Start the save: wait for other saves, and refuse if something changed after validation.

        Raises:
            ChangedMeanwhileError: someone else saved; nothing is written.
            RecordLocked: a colleague locked it; nothing is written.
        """
        # Lock first: of two simultaneous saves, the second must see the first.
        self.model.wait_for_turn()
        row = self.model._default_manager.select_related("latest_revision").get(pk=self.object.pk)
        if _stamp(row.latest_revision) != _stamp(self.latest_revision):
            raise ChangedMeanwhileError
        if self._is_published_by_another(row):
            raise ChangedMeanwhileError
        row.require_unlocked_for(self.request.user)
        for name in _STANDING:
            setattr(self.object, name, getattr(row, name))

    def form_valid(self, form: forms.ModelForm) -> HttpResponse:  # type: ignore[type-arg]
        """Save, or show the form again if someone else saved meanwhile."""
        try:
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        except ChangedMeanwhileError:
            self.latest_revision = self.object.revisions.order_by("-created_at", "-pk").first()
            self._refuse()
            return self.form_invalid(form)  # type: ignore[attr-defined]
        except RecordLocked as locked:
            self.produced_error_code = "locked"
            self.produced_error_message = locked.in_words()
            return self.form_invalid(form)  # type: ignore[attr-defined]
        return response

    def get_success_json(self) -> dict[str, Any]:
        """After an autosave, let the form continue from the saved revision."""
        data: dict[str, Any] = super().get_success_json()  # type: ignore[misc]
        data["field_updates"] |= {
            "loaded_revision_id": str(data["revision_id"]),
            "loaded_revision_created_at": data["revision_created_at"],
            "began_from_revision": "",
        }
        return data

    def _is_published_by_another(self, row: Any) -> bool:
        """Return whether someone else published the revision that an autosave would overwrite.

        Publishing changes neither the key nor the time of a revision. Users who published it
        themselves can continue. A manual save can too: `save_revision` creates a new revision.
        """
        overwritten = self.request.POST.get("overwrite_revision_id")
        if not self.expects_json_response:  # type: ignore[attr-defined]
            return False
        if not row.live_revision_id or overwritten != str(row.live_revision_id):
            return False
        publication = _publication_of(row, row.live_revision_id)
        return publication is None or publication.user_id != self.request.user.pk

    def _refuse(self) -> None:
        self.conflict = self._conflict(self.latest_revision)
        self.produced_error_code = "invalid_revision"
        self.produced_error_message = _(
            "Nothing was saved: someone changed this while you were writing. "
            "What you typed is still here."
        )

    def _conflict(self, newest: Revision) -> dict[str, Any]:
        """Return the conflict details for the form: who, when, compare link, first revision."""
        posted = self.request.POST
        began_from = posted.get("began_from_revision") or posted.get("loaded_revision_id", "")
        pk = quote(self.object.pk)
        compare_url = ""
        if began_from.isascii() and began_from.isdigit() and began_from != str(newest.pk):
            name = self.revisions_compare_url_name  # type: ignore[attr-defined]
            compare_url = reverse(name, args=[pk, began_from, newest.pk])
        return {
            "who": _who(newest.user, self.request.user),
            "when": date_format(timezone.localtime(newest.created_at), "DATETIME_FORMAT"),
            "compare_url": compare_url,
            "history_url": self.get_history_url(),  # type: ignore[attr-defined]
            "began_from": began_from or "0",
            "stamp": _stamp(newest),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the conflict, if any."""
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        context["conflict"] = getattr(self, "conflict", None)
        return context


def _stamp(revision: Revision | None) -> str:
    """Identify a revision and its state: an autosave overwrites it but keeps its key."""
    if not revision:
        return ""
    return f"{revision.pk} {revision.created_at.isoformat()}"


def _publication_of(record: Any, version: int) -> Any:
    """Return the audit log entry of the last publication of a revision, or None."""
    entries = log_registry.get_logs_for_instance(record).filter(
        revision_id=version, action__in=("wagtail.publish", "wagtail.publish.scheduled")
    )
    return entries.order_by("-timestamp", "-pk").first()


def _who(user: Any, reader: Any) -> str:
    if user is None:
        return str(_("The system"))
    if user == reader:
        return str(_("You, in another window,"))
    return str(get_user_display_name(user))
