"""Parses lists of school holidays per region, from JSON or CSV text."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from .calendars import Calendar, Period
from .errors import ErrorCode, TimetableError
from .json_reader import Reader, iso_date, malformed, string
from .public_holidays import Region

COLUMNS = ("region", "name", "from", "to")
#: The region name that means all three.
EVERYWHERE = "alle"


class _Row(NamedTuple):
    number: int
    regions: tuple[Region, ...]
    period: Period


def read_json(content: str) -> dict[Region, Calendar]:
    """Parse `[{"region": "midden", "name": "Meivakantie", "from": "2027-04-24", "to": …}, …]`.

    Raises:
        TimetableError: `malformed` and `unknown_region` (with `row`, from 1), `missing` for an
            empty list, `period_ends_before_it_starts`, `periods_overlap`.
    """
    try:
        rows = json.loads(content)
    except ValueError as error:
        raise malformed("the file") from error
    if not isinstance(rows, list):
        raise malformed("the file")
    return _calendars(enumerate(rows, start=1))


def read_csv(content: str) -> dict[Region, Calendar]:
    """Parse rows of region, name, from and to, below a header row; separated by `,` or `;`.

    Raises:
        TimetableError: as in `read_json`; `row` is the line number.
    """
    content = content.removeprefix("\ufeff")
    heading = content.partition("\n")[0]
    delimiter = ";" if ";" in heading else ","
    if tuple(name.strip().lower() for name in heading.split(delimiter)) != COLUMNS:
        raise malformed("the first line")
    return _calendars(_lines(content, delimiter))


def _lines(content: str, delimiter: str) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in islice(reader, 1, None):
            if cells and len(cells) != len(COLUMNS):
                raise malformed(f"row {reader.line_num}")
            if cells:
                yield reader.line_num, dict(zip(COLUMNS, map(str.strip, cells), strict=True))
    except csv.Error as error:
        raise malformed(f"row {reader.line_num}") from error


def _calendars(rows: Iterable[tuple[int, Any]]) -> dict[Region, Calendar]:
    read = [_read_row(number, row) for number, row in rows]
    if not read:
        raise TimetableError(ErrorCode.MISSING, "there are no school holidays in it", name="rows")
    return {
        region: Calendar(
            f"schoolvakanties {region}",
            tuple(row.period for row in read if region in row.regions),
        )
        for region in Region
        if any(region in row.regions for row in read)
    }


def _read_row(number: int, data: Any) -> _Row:
    try:
        given = Reader(data, "school holiday")
        called, name = given.read("region", string), given.read("name", string)
        first, last = given.read("from", iso_date), given.read("to", iso_date)
        given.finish()
        if not name:
            raise malformed("school holiday: name")
        return _Row(number, _regions(called), Period(first, last, name))
    except TimetableError as error:
        error.values["row"] = number
        error.args = (f"row {number}: {error}",)
        raise


def _regions(called: str) -> tuple[Region, ...]:
    name = called.strip().lower()
    if name == EVERYWHERE:
        return tuple(Region)
    try:
        return (Region(name),)
    except ValueError as error:
        raise TimetableError(
            ErrorCode.UNKNOWN_REGION, f"“{called}” is no region", region=called
        ) from error
