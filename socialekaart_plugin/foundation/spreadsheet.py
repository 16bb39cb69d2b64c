"""Exports lists to CSV or XLSX, row by row and safe from formula injection."""

import csv
import datetime
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from wagtail.admin.views.mixins import Echo

FORMATS = ("csv", "xlsx")

#: Spreadsheet programs run text as a formula when it starts with one of these.
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


#: What both formats hold as it is; anything else is written as text.
_KEPT = (int, float, Decimal, datetime.date, datetime.time, datetime.timedelta)


@dataclass(frozen=True)
class SheetColumn:
    """A column of the export.

    Attributes:
        heading: its heading.
        value: takes a row; returns a string, number, date, time, duration, boolean or None.
    """

    heading: str | Promise
    value: Callable[[Any], Any]


def spreadsheet_response(
    *, columns: Sequence[SheetColumn], rows: Iterable[Any], name: str, file_format: str
) -> HttpResponseBase:
    """Return a download of rows, without keeping all of them in memory.

    CSV is streamed; XLSX is written to a temporary file first.

    Args:
        columns: the columns.
        rows: iterated once.
        name: file name without extension.
        file_format: a value of `FORMATS`.

    Raises:
        ValueError: the format is unknown.
    """
    if file_format == "csv":
        response = StreamingHttpResponse(
            _csv_lines(columns, rows, get_language(), timezone.get_current_timezone()),
            content_type="text/csv; charset=utf-8",
        )
        # None only for a file without a name that is shown in the browser.
        response["Content-Disposition"] = content_disposition_header(True, f"{name}.csv") or ""
        return response
    if file_format != "xlsx":
        raise ValueError(f"no spreadsheet format: {file_format}")
    # The response closes it.
    file = tempfile.TemporaryFile()  # noqa: SIM115
    _write_xlsx(columns, rows, file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX_TYPE)


def _csv_lines(
    columns: Sequence[SheetColumn],
    rows: Iterable[Any],
    language: str | None,
    zone: datetime.tzinfo,
) -> Iterator[bytes]:
    """Yield the lines in the language of the request, which has ended by then."""
    writer: Any = csv.writer(Echo())
    source = iter(rows)
    with override(language), timezone.override(zone):
        heading = writer.writerow([_neutralised(str(column.heading)) for column in columns])
    yield heading
    while True:
        # Not around `yield`: other code in this thread must keep its own language.
        with override(language), timezone.override(zone):
            try:
                row = next(source)
            except StopIteration:
                return
            line = writer.writerow([_for_csv(column.value(row)) for column in columns])
        yield line


def _write_xlsx(columns: Sequence[SheetColumn], rows: Iterable[Any], file: Any) -> None:
    workbook = Workbook(write_only=True, iso_dates=True)
    sheet = workbook.create_sheet()
    sheet.append([_for_xlsx(column.heading, sheet) for column in columns])
    for row in rows:
        sheet.append([_for_xlsx(column.value(row), sheet) for column in columns])
    workbook.save(file)


def _neutralised(text: str) -> str:
    """Prefix text that starts like a formula with an apostrophe."""
    return f"'{text}" if text.startswith(FORMULA_MARKS) else text


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime.datetime) and timezone.is_aware(value):
        return timezone.make_naive(value).replace(microsecond=0)
    if value is None or isinstance(value, _KEPT):
        return value
    return str(value)


def _for_csv(value: Any) -> str:
    plain = _plain(value)
    if isinstance(plain, str):
        return _neutralised(plain)
    return "" if plain is None else str(plain)


def _for_xlsx(value: Any, sheet: Any) -> Any:
    plain = _plain(value)
    if not isinstance(plain, str):
        return plain
    text = ILLEGAL_CHARACTERS_RE.sub("", plain)
    if not text.startswith("="):
        return text
    # openpyxl turns text with "=" into a formula; set the cell type to text.
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    return cell
