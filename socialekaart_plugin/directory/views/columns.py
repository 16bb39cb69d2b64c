"""Columns of the record lists in the admin; `listing_data` loads their data."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, TitleColumn
from wagtail.admin.utils import get_user_display_name

from socialekaart_plugin.directory.choices import NextStep
from socialekaart_plugin.directory.models import Record

from .buttons import record_action_url

#: CSS classes: WIDE hides a cell on phones, TABLE marks the table for our style sheet.
WIDE = "sk-wide"
TABLE = "listing sk-records"

_CELLS = "socialekaart_plugin/directory/list"


class RecordNameColumn(TitleColumn):
    """The name, with the new name if a draft renames the record."""

    cell_template_name = f"{_CELLS}/name_cell.html"

    class Media:
        css = {"all": ["socialekaart_plugin/directory/lists.css"]}


class StateColumn(Column):
    """The publication state."""

    cell_template_name = f"{_CELLS}/state_cell.html"


class FreshnessColumn(Column):
    """The verification date, and how recent it is, in text and colour."""

    cell_template_name = f"{_CELLS}/freshness_cell.html"


class NextColumn(Column):
    """The next step, as a link, and the gaps."""

    cell_template_name = f"{_CELLS}/next_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        """Add the URL of the next step."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        context["url"] = next_url(instance)
        return context


def next_url(record: Any) -> str:
    """Return the URL of the next step for a record; empty if there is none."""
    step = record.standing.step
    if step in (NextStep.NOTHING, NextStep.WAIT):
        return ""
    return record_action_url(record, "confirm" if step == NextStep.VERIFY else "edit")


def steward_name(record: Record) -> str:
    """Return the name of the steward; empty if there is none."""
    return get_user_display_name(record.steward) if record.steward else ""


def record_columns(second: Iterable[Any], user_may_change: bool) -> list[Any]:
    """Return the columns of a record list after the name.

    Args:
        second: the column beside the name: the kind, or the organisation.
        user_may_change: whether to show the next step.
    """
    columns: list[BaseColumn] = [
        *second,
        Column("area", label=_("District"), accessor=_area_names, classname=WIDE),
        StateColumn("state", label=_("State"), sort_key="live"),
        FreshnessColumn("verified_on", label=_("Verified"), sort_key="verified_on"),
        Column(
            "steward", label=_("Steward"), accessor=steward_name, sort_key="steward", classname=WIDE
        ),
    ]
    if user_may_change:
        columns.append(NextColumn("next", label=_("To do")))
    columns.append(
        DateColumn(
            "updated",
            label=_("Updated"),
            accessor="latest_revision.created_at",
            sort_key="updated",
            classname=WIDE,
        )
    )
    return columns


def _area_names(record: Any) -> str:
    return ", ".join(record.area_names)
