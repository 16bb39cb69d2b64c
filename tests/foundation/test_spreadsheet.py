import csv
import datetime
import io
import tracemalloc
from decimal import Decimal
from email import policy
from email.message import EmailMessage

import pytest
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy
from openpyxl import load_workbook

from socialekaart_plugin.foundation.spreadsheet import SheetColumn, spreadsheet_response

VALUE = SheetColumn("Value", lambda row: row)


def lines(response):
    text = b"".join(response.streaming_content).decode()
    return list(csv.reader(io.StringIO(text)))


def sheet(response):
    return load_workbook(io.BytesIO(b"".join(response.streaming_content))).active


def made(rows, file_format, columns=(VALUE,)):
    return spreadsheet_response(
        columns=list(columns), rows=rows, name="list", file_format=file_format
    )


@pytest.mark.parametrize("mark", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_looks_like_a_formula_stays_text(mark):
    text = f"{mark}1+cmd|'/c calc'!A1"
    assert lines(made([text], "csv"))[1] == [f"'{text}"]
    cell = sheet(made([text], "xlsx"))["A2"]
    assert cell.data_type in ("s", "inlineStr")
    # XML knows one end of a line.
    assert cell.value == text.replace("\r", "\n")


def test_a_heading_cannot_be_a_formula_either():
    column = SheetColumn("=1+1", lambda row: row)
    assert lines(made([], "csv", [column])) == [["'=1+1"]]
    assert sheet(made([], "xlsx", [column]))["A1"].data_type in ("s", "inlineStr")


def test_values_are_written_as_people_read_them():
    at = datetime.datetime(2026, 7, 1, 10, 30, 15, 99, tzinfo=datetime.UTC)
    with translation.override("nl"), timezone.override("Europe/Amsterdam"):
        rows = [True, False, None, 3, datetime.date(2026, 7, 1), at, gettext_lazy("yes")]
        told = [line[0] for line in lines(made(rows, "csv"))[1:]]
        cells = [row[0] for row in sheet(made(rows, "xlsx")).iter_rows(2, values_only=True)]
    assert told == ["ja", "nee", "", "3", "2026-07-01", "2026-07-01 12:30:15", "ja"]
    assert cells[:4] == ["ja", "nee", None, 3]
    assert cells[5].isoformat() == "2026-07-01T12:30:15"


def test_an_amount_below_zero_and_a_time_stay_what_they_are():
    rows = [Decimal("-1.50"), datetime.time(9, 30), datetime.timedelta(hours=1)]
    assert [line[0] for line in lines(made(rows, "csv"))[1:]] == ["-1.50", "09:30:00", "1:00:00"]
    cells = [row[0] for row in sheet(made(rows, "xlsx")).iter_rows(2, values_only=True)]
    assert cells == [-1.5, datetime.time(9, 30), datetime.timedelta(hours=1)]


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_a_name_with_quotes_stays_one_name(file_format):
    response = spreadsheet_response(columns=[VALUE], rows=[], name='a"; b', file_format=file_format)
    kept = EmailMessage(policy=policy.HTTP)
    kept["Content-Disposition"] = response["Content-Disposition"]
    assert kept.get_filename() == f'a"; b.{file_format}'


def test_what_no_sheet_can_hold_is_left_out_and_the_rest_stays():
    assert sheet(made(["a\x0bb\x00c"], "xlsx"))["A2"].value == "abc"


def test_csv_is_written_in_the_language_of_the_request_though_it_is_sent_after_it():
    column = SheetColumn(gettext_lazy("name"), lambda row: gettext_lazy("no"))
    with translation.override("nl"):
        response = made([1], "csv", [column])
    with translation.override("en"):
        assert lines(response) == [["naam"], ["nee"]]
        assert translation.get_language() == "en"


def test_an_unknown_format_is_refused():
    with pytest.raises(ValueError, match="pdf"):
        made([], "pdf")


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_memory_does_not_grow_with_the_number_of_rows(file_format):
    def peak(number):
        tracemalloc.start()
        for _chunk in made((f"row {n} " * 20 for n in range(number)), file_format):
            pass
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(4000) < peak(400) + 500_000
