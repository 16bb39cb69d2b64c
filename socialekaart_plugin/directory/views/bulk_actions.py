"""The bulk actions on records: keywords, steward, withdraw, delete."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.log_actions import log

from socialekaart_plugin.directory import actions
from socialekaart_plugin.directory.forms import (
    AddKeywordsForm,
    BulkWithdrawForm,
    RemoveKeywordForm,
    StewardForm,
)
from socialekaart_plugin.directory.models import Activity, Organisation, Record
from socialekaart_plugin.directory.requirements import RecordLocked
from socialekaart_plugin.foundation.bulk_actions import SeenDeleteAction

from .bulk import RecordBulkAction
from .filters import listed
from .refusals import SaysLocked


class _KeywordAction(RecordBulkAction):
    """Base of keyword actions: live records need the publish permission, others change."""

    def why_not(self, record: Record) -> str:
        """Refuse records that the user may not change."""
        if not self.may("publish" if record.live else "change"):
            return (
                _("It is public: only who may publish can change it for many at once.")
                if record.live and self.may("change")
                else _("You may not change this.")
            )
        return ""

    def done(self, number: int) -> str:
        """Return the number of records whose keywords changed."""
        return ngettext(
            "Keywords changed of %(number)d record.",
            "Keywords changed of %(number)d records.",
            number,
        ) % {"number": number}


class AddKeywordsAction(_KeywordAction):
    """Add keywords to many records."""

    display_name = gettext_lazy("Add keyword")
    aria_label = gettext_lazy("Add keywords to the selected records")
    action_type = "add_keywords"
    action_priority = 10
    form_class = AddKeywordsForm
    explanation = gettext_lazy(
        "The keywords are added to what is public and to the drafts alike. What has one already "
        "keeps it."
    )
    submit_label = gettext_lazy("Add")

    def performer(self, answers: dict[str, Any]) -> Callable[[Record], None]:
        """Add the keywords."""

        def add(record: Record) -> None:
            actions.change_keywords(record=record, add=answers["keywords"], user=self.request.user)

        return add


class RemoveKeywordAction(_KeywordAction):
    """Remove a keyword from many records."""

    display_name = gettext_lazy("Remove keyword")
    aria_label = gettext_lazy("Remove a keyword from the selected records")
    action_type = "remove_keyword"
    action_priority = 20
    form_class = RemoveKeywordForm
    explanation = gettext_lazy(
        "The keyword is removed from what is public and from the drafts alike. The keyword itself "
        "stays."
    )
    submit_label = gettext_lazy("Take off")

    def performer(self, answers: dict[str, Any]) -> Callable[[Record], None]:
        """Remove the keyword."""

        def remove(record: Record) -> None:
            actions.change_keywords(
                record=record, remove=[answers["keyword"].name], user=self.request.user
            )

        return remove


class SetStewardAction(RecordBulkAction):
    """Set the steward of many records."""

    display_name = gettext_lazy("Set steward")
    aria_label = gettext_lazy("Set the steward of the selected records")
    action_type = "set_steward"
    action_priority = 30
    form_class = StewardForm
    explanation = gettext_lazy("The steward looks after a record and finds it under “My records”.")
    submit_label = gettext_lazy("Set steward")

    def why_not(self, record: Record) -> str:
        """Refuse records that the user may not change."""
        return "" if self.may("change") else _("You may not change this.")

    def performer(self, answers: dict[str, Any]) -> Callable[[Record], None]:
        """Set the steward."""

        def set_steward(record: Record) -> None:
            actions.set_steward(record=record, steward=answers["steward"], user=self.request.user)

        return set_steward

    def done(self, number: int) -> str:
        """Return the number of records whose steward changed."""
        return ngettext(
            "Steward set of %(number)d record.", "Steward set of %(number)d records.", number
        ) % {"number": number}


class WithdrawAction(RecordBulkAction):
    """Withdraw many records from every channel."""

    display_name = gettext_lazy("Withdraw")
    aria_label = gettext_lazy("Withdraw the selected records from every channel")
    action_type = "withdraw"
    action_priority = 40
    classes: ClassVar[set[str]] = {"serious"}
    form_class = BulkWithdrawForm
    explanation = gettext_lazy(
        "They leave the site, the search, the API and every other channel at once. They stay here, "
        "and can be published again."
    )
    submit_label = gettext_lazy("Withdraw everywhere")
    is_serious = True

    def why_not(self, record: Record) -> str:
        """Refuse records that the user may not publish, and records that are not live."""
        if not self.may("publish"):
            return _("You may not withdraw this.")
        return "" if record.live else _("It is not public.")

    def performer(self, answers: dict[str, Any]) -> Callable[[Record], None]:
        """Withdraw the record."""

        def withdraw(record: Record) -> None:
            actions.withdraw_record(record=record, user=self.request.user, **answers)

        return withdraw

    def done(self, number: int) -> str:
        """Return the number of withdrawn records."""
        return ngettext(
            "%(number)d record is withdrawn.", "%(number)d records are withdrawn.", number
        ) % {"number": number}


class DeleteAction(SaysLocked, SeenDeleteAction):
    """Deletion limited to the filtered list; Wagtail's own "all" ignores the filters."""

    models: ClassVar[list[Any]] = [Organisation, Activity]
    action_priority = 200

    def get_all_objects_in_listing_query(self, parent_id: Any) -> Any:
        """Return the keys of all records in the filtered list."""
        return listed(self.model, self.request).values_list("pk", flat=True)

    def check_perm(self, record: Record) -> bool:
        """Refuse records that the user may not delete or that a colleague locked."""
        try:
            record.require_unlocked_for(self.request.user)
        except RecordLocked:
            return False
        return bool(super().check_perm(record))

    @classmethod
    def execute_action(cls, objects: list[Any], **kwargs: Any) -> tuple[int, int]:
        """Delete each record."""
        for record in objects:
            actions.delete_record(record=record, user=kwargs["self"].request.user)
        return len(objects), 0

    def url_when_locked(self) -> str:
        """Redirect to the list: a record was locked after the confirmation."""
        return str(self.next_url)


RECORD_BULK_ACTIONS = (
    AddKeywordsAction,
    RemoveKeywordAction,
    SetStewardAction,
    WithdrawAction,
    DeleteAction,
)


def log_bulk_deletion(
    request: HttpRequest, action_type: str, objects: Sequence[Model], action: Any
) -> None:
    """Write the log entries that Wagtail (7.4 to 8.0) omits for snippets, in its transaction.

    Records are skipped: `delete_record` logs them.
    """
    if (
        action_type == "delete"
        and action.model._meta.app_label == "socialekaart_plugin"
        and not issubclass(action.model, Record)
    ):
        Record.wait_for_turn()
        for row in objects:
            log(instance=row, action="wagtail.delete", user=request.user, deleted=True)
