"""Writes the exports of Wagtail's own lists and reports with our spreadsheet writer.

Wagtail (7.4 to 8.0) marks text as text in XLSX, but does not escape formulas in CSV, and keeps a
whole XLSX in memory. Wagtail registers these views itself, so subclasses cannot replace site
history, users or redirects. So we replace the one method that writes all exports; a test checks
every list. Remove this once Wagtail does it.
"""

import datetime
from typing import Any

from django.http.response import HttpResponseBase
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from .spreadsheet import SheetColumn, spreadsheet_response


def as_spreadsheet(view: Any, queryset: Any, spreadsheet_format: str) -> HttpResponseBase:
    """Return the export of a Wagtail list; the arguments are those of `SpreadsheetExportMixin`."""

    def column(name: str) -> SheetColumn:
        def value(row: dict[str, Any]) -> Any:
            # Our writer gives the time of the site; Wagtail's rule for all times gives UTC.
            if (
                isinstance(row[name], datetime.datetime)
                and name not in view.custom_field_preprocess
            ):
                return row[name]
            return view.preprocess_field_value(name, row[name], spreadsheet_format)

        return SheetColumn(view.get_heading(queryset, name), value)

    return spreadsheet_response(
        columns=[column(name) for name in view.list_export],
        rows=map(view.to_row_dict, queryset),
        name=view.get_filename(),
        file_format=spreadsheet_format,
    )


def write_all_exports() -> None:
    """Patch all lists of Wagtail and wagtail-modeladmin; called by `ready()`."""
    SpreadsheetExportMixin.as_spreadsheet = as_spreadsheet
