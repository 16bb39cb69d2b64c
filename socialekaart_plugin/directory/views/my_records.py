"""Admin list of the records of which the user is steward, most urgent first."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.permissions import ModelPermissionPolicy

from socialekaart_plugin.directory.choices import Freshness, NextStep
from socialekaart_plugin.directory.models import Activity, Organisation, Record
from socialekaart_plugin.foundation.spreadsheet import SheetColumn, spreadsheet_response

from .buttons import record_action_url
from .columns import TABLE, RecordNameColumn, record_columns
from .export import contact_columns, shared_columns, upkeep_columns
from .listing_data import in_batches, read_rows

#: URL namespace of this list.
MY_RECORDS = "socialekaart_mine"

RECORD_TYPES: tuple[type[Record], ...] = (Organisation, Activity)

_URGENCY = list(NextStep)


def types_for(user: Any, *permissions: str) -> list[type[Record]]:
    """Return the record types on which a user has one of these permissions."""
    return [
        model
        for model in RECORD_TYPES
        if ModelPermissionPolicy(model).user_has_any_permission(user, permissions)
    ]


class MyRecordsView(SpreadsheetExportMixin, BaseListingView):
    """The records of which I am the steward."""

    page_title = gettext_lazy("My records")
    header_icon = "user"
    paginate_by = 50
    show_export_buttons = True
    table_classname = TABLE
    is_searchable = False
    default_ordering = "next"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse users who may see no records."""
        self.types = types_for(request.user, "add", "change", "view")
        if not self.types:
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show a page, or export the whole list."""
        if not self.is_export:
            response: HttpResponseBase = super().get(request, *args, **kwargs)
            return response
        return spreadsheet_response(
            columns=[
                SheetColumn(gettext_lazy("Type"), _type_of),
                *shared_columns(Organisation),
                *contact_columns(),
                *upkeep_columns(Organisation),
            ],
            rows=self._whole(),
            name=f"{_('my-records')}-{timezone.localdate():%Y-%m-%d}",
            file_format=request.GET["export"],
        )

    def _keys(self, model: type[Record]) -> list[int]:
        mine = model.objects.filter(steward=self.request.user.pk).order_by("name", "pk")
        return list(mine.values_list("pk", flat=True))

    def _whole(self) -> Iterator[Any]:
        for model in self.types:
            yield from in_batches(model, self._keys(model))

    def get_queryset(self) -> list[Any]:
        """Return my records: most urgent first, or sorted by a heading."""
        rows = [row for model in self.types for row in read_rows(model, self._keys(model))]
        rows.sort(key=lambda row: str(row).casefold())
        field = self.ordering.removeprefix("-")
        rows.sort(key=_ORDERS[field], reverse=self.ordering.startswith("-"))
        return rows

    @cached_property
    def columns(self) -> list[Any]:
        """The columns of the other lists, plus the record type."""
        columns = [
            RecordNameColumn(
                "name",
                label=gettext_lazy("Name"),
                sort_key="name",
                get_url=lambda record: record_action_url(record, "edit"),
            ),
            *record_columns([Column("type", label=gettext_lazy("Type"), accessor=_type_of)], True),
        ]
        for column in columns:
            column.sort_key = column.name if column.name in _ORDERS else None
        return [column for column in columns if column.name != "steward"]

    @cached_property
    def no_results_message(self) -> str:
        """Explain how records get into this list."""
        return _(
            "You look after no organisations or activities yet. On the form of a record, or for "
            "many at once in a list, you can be made its steward."
        )


def _type_of(record: Record) -> str:
    return capfirst(str(record._meta.verbose_name))


_ORDERS: dict[str, Any] = {
    "name": lambda row: str(row).casefold(),
    "type": _type_of,
    "verified_on": lambda row: str(row.verified_on or ""),
    # Visitors see the mark, so marked records come first.
    "next": lambda row: (
        _URGENCY.index(row.standing.step),
        row.standing.freshness != Freshness.MARKED,
    ),
    "updated": lambda row: str(row.latest_revision.created_at if row.latest_revision else ""),
}
