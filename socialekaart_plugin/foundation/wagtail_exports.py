"""The CSV of Wagtail's own lists and reports: text stays text in a spreadsheet program there too.

Wagtail (7.4 to 8.0) marks text as text in XLSX and not in CSV. Its views are registered by Wagtail,
so no subclass of ours reaches site history, users or redirects. What its documentation offers,
`custom_value_preprocess`, is passed over by every view that names a function for a field, such as
the titles in the workflow report, and for headings. So one method is replaced, by which the CSV of
all of them is written; a test holds every list to it. It can go when Wagtail does this itself.
"""

import csv
from collections.abc import Iterator
from typing import Any

from wagtail.admin.views.mixins import Echo, SpreadsheetExportMixin

from .spreadsheet import neutralised


class TextKeepingWriter:
    """Writes rows like `csv.DictWriter`; no cell of text is taken for a formula."""

    def __init__(self, fields: list[str]) -> None:
        """Write these fields, in this order."""
        self._fields = fields
        self._writer: Any = csv.writer(Echo())

    def writerow(self, row: dict[str, Any]) -> bytes:
        """Return a line."""
        line: bytes = self._writer.writerow([self._cell(row.get(name)) for name in self._fields])
        return line

    @staticmethod
    def _cell(value: Any) -> Any:
        # A number may begin with a minus; all else is written as the text that it reads as.
        if value is None or isinstance(value, int | float):
            return value
        return neutralised(str(value))


def stream_csv(view: Any, queryset: Any) -> Iterator[bytes]:
    """Yield the lines of the CSV of one of Wagtail's lists."""
    writer = TextKeepingWriter(list(view.list_export))
    yield writer.writerow({name: view.get_heading(queryset, name) for name in view.list_export})
    for item in queryset:
        yield view.write_csv_row(writer, view.to_row_dict(item))


def keep_text_in_exports() -> None:
    """Have all lists of Wagtail and of wagtail-modeladmin written so; called by `ready()`."""
    SpreadsheetExportMixin.stream_csv = stream_csv
