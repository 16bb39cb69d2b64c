"""The admin lists of organisations and activities: columns, search, sorting, pagination."""

from typing import Any

from django.core.paginator import Page
from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views import snippets

from socialekaart_plugin.directory.models import Organisation, Record
from socialekaart_plugin.directory.querysets import RecordQuerySet
from socialekaart_plugin.foundation.slugs import slug_of
from socialekaart_plugin.foundation.spreadsheet import spreadsheet_response

from .buttons import record_buttons
from .columns import TABLE, WIDE, RecordNameColumn, record_columns
from .export import export_columns
from .listing_data import in_batches, read_rows

#: Sort columns of list headings, where they differ from the column name.
_SORTED_BY = {
    "live": ("live", "has_unpublished_changes"),
    "steward": ("steward__last_name", "steward__username"),
    "updated": ("latest_revision__created_at",),
}


def ordered(records: RecordQuerySet, ordering: str) -> RecordQuerySet:
    """Return the sorted records; empty values come first, ties are sorted by name."""
    name = ordering.removeprefix("-")
    fields = [models.F(field) for field in _SORTED_BY.get(name, (name,))]
    keys = [
        field.desc(nulls_last=True) if ordering.startswith("-") else field.asc(nulls_first=True)
        for field in fields
    ]
    return records.order_by(*keys, "name", "pk")


class RecordIndexView(snippets.IndexView):
    """A record list that finds keys first, and loads full records for one page only."""

    show_export_buttons = True
    table_classname = TABLE

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show a page of the list, or export all of it."""
        if not self.is_export:
            response: HttpResponseBase = super().get(request, *args, **kwargs)
            return response
        keys = list(self.get_queryset().values_list("pk", flat=True))
        return spreadsheet_response(
            columns=export_columns(self.model),
            rows=in_batches(self.model, keys),
            name=f"{slug_of(self.verbose_name_plural)}-{timezone.localdate():%Y-%m-%d}",
            file_format=request.GET["export"],
        )

    def order_queryset(self, queryset: RecordQuerySet) -> RecordQuerySet:
        """Sort by the field of a heading."""
        return ordered(queryset, _first(self.ordering))

    def search_queryset(self, queryset: RecordQuerySet) -> RecordQuerySet:
        """Search in the database: the search index lags behind and has no contact facts."""
        return queryset.matching(self.search_query) if self.is_searching else queryset

    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        """Find the keys of a page, and load only those records."""
        keys = queryset.values_list("pk", flat=True)
        paginator, page, _keys, is_paginated = super().paginate_queryset(keys, page_size)
        rows = read_rows(self.model, list(page.object_list))
        return paginator, Page(rows, page.number, paginator), rows, is_paginated

    def _get_title_column(
        self, field_name: str, column_class: Any = RecordNameColumn, **kwargs: Any
    ) -> Any:
        return super()._get_title_column(field_name, column_class, **kwargs)

    @cached_property
    def list_display(self) -> list[Any]:
        """The name and the other columns."""
        if self.model is Organisation:
            second = Column("kind", accessor="get_kind_display", sort_key="kind", classname=WIDE)
        else:
            second = Column("organisation", sort_key="organisation__name", classname=WIDE)
        second.label = self.model._meta.get_field(second.name).verbose_name.capitalize()
        may_change = self.permission_policy.user_has_permission(self.request.user, "change")
        return ["name", *record_columns([second], may_change)]

    def get_list_more_buttons(self, instance: Record) -> list[Any]:
        """Add our own record buttons to Wagtail's."""
        return [*super().get_list_more_buttons(instance), *record_buttons(self, instance)]


def _first(ordering: Any) -> str:
    return ordering if isinstance(ordering, str) else next(iter(ordering or ("name",)))
