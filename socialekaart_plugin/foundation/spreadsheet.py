"""Lists that leave as CSV or XLSX, row by row; text stays text in a spreadsheet program."""

import csv
import datetime
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

FORMATS = ("csv", "xlsx")

#: With one of these in front a spreadsheet program takes text for a formula, and runs it.
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class SheetColumn:
    """One column of a sheet.

    Attributes:
        heading: what stands above it.
        value: takes a row; returns text, a number, a day, a moment, a truth or None.
    """

    heading: str | Promise
    value: Callable[[Any], Any]


def spreadsheet_response(
    *, columns: Sequence[SheetColumn], rows: Iterable[Any], name: str, file_format: str
) -> HttpResponseBase:
    """Return a file of rows, of which no more are held in memory than `rows` itself holds.

    CSV is sent while it is read; XLSX is written to a temporary file first.

    Args:
        columns: what each row tells.
        rows: read once, from first to last.
        name: of the file, without extension.
        file_format: one of `FORMATS`.

    Raises:
        ValueError: no such format.
    """
    if file_format == "csv":
        response = StreamingHttpResponse(
            _csv_lines(columns, rows, get_language(), timezone.get_current_timezone()),
            content_type="text/csv; charset=utf-8",
        )
        response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return response
    if file_format != "xlsx":
        raise ValueError(f"no spreadsheet format: {file_format}")
    # Closed by the response, when it was sent.
    file = tempfile.TemporaryFile()  # noqa: SIM115
    _write_xlsx(columns, rows, file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX_TYPE)


class _Echo:
    """Hands back what is written to it, as bytes."""

    def write(self, text: str) -> bytes:
        return text.encode()


def _csv_lines(
    columns: Sequence[SheetColumn],
    rows: Iterable[Any],
    language: str | None,
    zone: datetime.tzinfo,
) -> Iterator[bytes]:
    """Yield the lines; they are read after the request, so its language is set anew for each."""
    writer: Any = csv.writer(_Echo())
    source = iter(rows)
    with override(language), timezone.override(zone):
        heading = writer.writerow([neutralised(str(column.heading)) for column in columns])
    yield heading
    while True:
        # Not around the `yield`: whatever else this thread does meanwhile is in its own language.
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


def neutralised(text: str) -> str:
    """Return text that no spreadsheet program takes for a formula: with an apostrophe in front."""
    return f"'{text}" if text.startswith(FORMULA_MARKS) else text


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime.datetime) and timezone.is_aware(value):
        return timezone.make_naive(value).replace(microsecond=0)
    if value is None or isinstance(value, int | float | datetime.date):
        return value
    return str(value)


def _for_csv(value: Any) -> str:
    plain = _plain(value)
    if isinstance(plain, str):
        return neutralised(plain)
    return "" if plain is None else str(plain)


def _for_xlsx(value: Any, sheet: Any) -> Any:
    plain = _plain(value)
    if not isinstance(plain, str):
        return plain
    text = ILLEGAL_CHARACTERS_RE.sub("", plain)
    if not text.startswith("="):
        return text
    # openpyxl makes a formula of this alone; the type of the cell says that it is text.
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    return cell
