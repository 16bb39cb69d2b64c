"""Patches the CSV exports of Wagtail's own lists and reports against formula injection.

Wagtail (7.4 to 8.0) marks text as text in XLSX, but not in CSV. Wagtail registers these views
itself, so subclasses cannot replace site history, users or redirects. The documented
`custom_value_preprocess` does not cover headings, or fields with their own function, such as
titles in the workflow report. So we replace the one method that writes all CSV; a test checks
every list. Remove this once Wagtail does it.
"""

import csv
from collections.abc import Iterator
from typing import Any

from wagtail.admin.views.mixins import Echo, SpreadsheetExportMixin

from .spreadsheet import neutralised


class TextKeepingWriter:
    """Writes rows like `csv.DictWriter`, with text that starts like a formula escaped."""

    def __init__(self, fields: list[str]) -> None:
        """Set the fields, in order."""
        self._fields = fields
        self._writer: Any = csv.writer(Echo())

    def writerow(self, row: dict[str, Any]) -> bytes:
        """Return one line."""
        line: bytes = self._writer.writerow([self._cell(row.get(name)) for name in self._fields])
        return line

    @staticmethod
    def _cell(value: Any) -> Any:
        # Numbers can start with a minus; everything else is written as escaped text.
        if value is None or isinstance(value, int | float):
            return value
        return neutralised(str(value))


def stream_csv(view: Any, queryset: Any) -> Iterator[bytes]:
    """Yield the CSV lines of a Wagtail list."""
    writer = TextKeepingWriter(list(view.list_export))
    yield writer.writerow({name: view.get_heading(queryset, name) for name in view.list_export})
    for item in queryset:
        yield view.write_csv_row(writer, view.to_row_dict(item))


def keep_text_in_exports() -> None:
    """Patch all lists of Wagtail and wagtail-modeladmin; called by `ready()`."""
    SpreadsheetExportMixin.stream_csv = stream_csv
