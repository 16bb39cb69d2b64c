"""Base of bulk actions on records: selection, confirmation, permission and lock checks."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.permissions import ModelPermissionPolicy
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from socialekaart_plugin.directory.models import Activity, Organisation, Record
from socialekaart_plugin.directory.querysets import RecordQuerySet
from socialekaart_plugin.directory.requirements import RecordLocked, locked_by
from socialekaart_plugin.foundation.bulk_actions import SeenRows
from socialekaart_plugin.foundation.url_keys import possible_keys

from .filters import listed
from .refusals import SaysLocked

#: Maximum per action: a larger one would block other saves for minutes.
MOST_AT_ONCE = 500
#: Number of names on a confirmation; it counts the rest.
NAMES_SHOWN = 20


class RecordBulkAction(SaysLocked, SeenRows, SnippetBulkAction):
    """A bulk action on records: confirmed, checked for each record, done in one transaction.

    Records that cannot be changed are left out; the confirmation gives the reason.
    """

    models: ClassVar[list[Any]] = [Organisation, Activity]
    template_name = "socialekaart_plugin/directory/bulk/confirm.html"
    #: Texts of the confirmation and of its button.
    explanation: str | Promise
    submit_label: str | Promise
    is_serious = False
    is_too_many = False

    @classmethod
    def execute_action(cls, objects: list[Any], **kwargs: Any) -> tuple[int, int]:
        """Perform the action on each record."""
        view: RecordBulkAction = kwargs["self"]
        perform = view.performer(view.cleaned_form.cleaned_data)
        view.model.wait_for_turn()
        for record in objects:
            perform(record)
        return len(objects), 0

    def performer(self, answers: dict[str, Any]) -> Callable[[Record], None]:
        """Return the function to perform on each record, from the form answers."""
        raise NotImplementedError

    def why_not(self, record: Record) -> str:
        """Return the reason why the action cannot run on a record; empty if it can."""
        raise NotImplementedError

    def _why_locked(self, record: Record) -> str:
        """Return the text that a colleague locked a record; empty if not locked."""
        try:
            record.require_unlocked_for(self.request.user)
        except RecordLocked:
            return _("It is locked by %(user)s.") % {"user": locked_by(record)}
        return ""

    def url_when_locked(self) -> str:
        """Redirect to the list: a record was locked after the confirmation."""
        return str(self.next_url)

    def may(self, permission: str) -> bool:
        """Return whether the user has a permission on this record type."""
        if permission not in self._held:
            policy = ModelPermissionPolicy(self.model)
            self._held[permission] = policy.user_has_permission(self.request.user, permission)
        return self._held[permission]

    @cached_property
    def _held(self) -> dict[str, bool]:
        return {}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Pass the record type and the user to the form."""
        kwargs: dict[str, Any] = super().get_form_kwargs()
        return {**kwargs, "model": self.model, "user": self.request.user}

    @cached_property
    def _chosen(self) -> tuple[list[Any], dict[str, Any]]:
        chosen = list(self._chosen_records()[: MOST_AT_ONCE + 1])
        if not chosen:
            raise Http404
        self.is_too_many = len(chosen) > MOST_AT_ONCE
        reasons = [(record, self.why_not(record) or self._why_locked(record)) for record in chosen]
        left_out = [{"item": record, "reason": reason} for record, reason in reasons if reason]
        objects = [record for record, reason in reasons if not reason]
        return objects, {"items_with_no_access": left_out}

    def _chosen_records(self) -> RecordQuerySet:
        """Return the ticked records, or all records of the filtered list."""
        keys = self.request.GET.getlist("id")
        if "all" in keys:
            records = listed(self.model, self.request)
        else:
            records = self.model.objects.filter(pk__in=possible_keys(self.model, keys))
        return records.select_related("locked_by", "steward").order_by("name", "pk")

    def get_actionable_objects(self) -> tuple[list[Any], dict[str, Any]]:
        """Return the records that the action can change, and the others with the reason."""
        return self._chosen

    def object_context(self, record: Record) -> dict[str, Any]:
        """Return the confirmation context of a record."""
        return {"item": record}

    def prepare_action(self, objects: list[Any], left_out: Any) -> None:
        """Refuse if the user may change none of the records."""
        if not objects or self.is_too_many:
            raise PermissionDenied

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the texts of the confirmation."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        left_out = context["items_with_no_access"]
        return {
            **context,
            "view": self,
            "shown": context["items"][:NAMES_SHOWN],
            "more": max(0, len(context["items"]) - NAMES_SHOWN),
            "shown_left_out": left_out[:NAMES_SHOWN],
            "more_left_out": max(0, len(left_out) - NAMES_SHOWN),
            "too_many": self.is_too_many,
            "most": MOST_AT_ONCE,
        }

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        """Return how many records were changed and how many were left out."""
        left_out = len(self._chosen[1]["items_with_no_access"])
        said = [self.done(num_parent_objects)]
        if left_out:
            said.append(
                ngettext("%(number)d was left out.", "%(number)d were left out.", left_out)
                % {"number": left_out}
            )
        return " ".join(said)

    def done(self, number: int) -> str:
        """Return the text with the number of changed records."""
        raise NotImplementedError
