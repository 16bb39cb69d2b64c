"""Reads school holidays from JSON or CSV files; any error rejects the whole file."""

from pathlib import Path

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from socialekaart_plugin.timetable.calendars import Calendar, Period
from socialekaart_plugin.timetable.errors import ErrorCode, TimetableError
from socialekaart_plugin.timetable.public_holidays import Region
from socialekaart_plugin.timetable.school_holidays import COLUMNS, read_csv, read_json

_READERS = {".json": read_json, ".csv": read_csv}


class HolidayFileError(ValueError):
    """A holiday file is invalid; the message tells the user why."""


def read_holiday_file(path: Path) -> dict[Region, Calendar]:
    """Read the school holidays of all regions in a file.

    Args:
        path: a `.json` or `.csv` file; the format is in docs/reference/timetable.md.

    Raises:
        HolidayFileError: the file is unreadable or has an invalid value.
    """
    read = _READERS.get(path.suffix.lower())
    if read is None:
        raise HolidayFileError(_("The name of the file must end in .json or .csv."))
    try:
        content = path.read_text(encoding="utf-8")
    except OSError as error:
        raise HolidayFileError(
            _("%(path)s cannot be read: %(error)s") % {"path": path, "error": error.strerror}
        ) from error
    except UnicodeDecodeError as error:
        raise HolidayFileError(
            _("%(path)s is no text in UTF-8. Save the file again in that form.") % {"path": path}
        ) from error
    try:
        return read(content)
    except TimetableError as error:
        raise HolidayFileError(_in_words(error)) from error


def _in_words(error: TimetableError) -> str:
    # A row with the wrong number of cells has no `row`, only a `part` such as `row 3`.
    part = str(error.values.get("part", ""))
    row = error.values.get("row") or (part[4:] if part.startswith("row ") else None)
    said = _reason(error)
    return _("Row %(row)s: %(error)s") % {"row": row, "error": said} if row else said


def _reason(error: TimetableError) -> str:
    values = error.values
    match error.code:
        case ErrorCode.MISSING:
            return _("There is no school holiday in the file.")
        case ErrorCode.UNKNOWN_REGION:
            return _("“%(region)s” is no region: write noord, midden, zuid or alle.") % {
                "region": values["region"]
            }
        case ErrorCode.PERIOD_ENDS_BEFORE_IT_STARTS:
            return _("“%(name)s” ends before it starts.") % {"name": values["name"]}
        case ErrorCode.PERIODS_OVERLAP:
            return _("“%(first)s” and “%(second)s” overlap.") % {
                "first": _named(values["first"]),
                "second": _named(values["second"]),
            }
        case _ if values.get("part") == "the first line":
            return _("The first line must be: %(columns)s.") % {"columns": ", ".join(COLUMNS)}
        case _:
            return _("This cannot be read. Each holiday has %(columns)s; dates as 2027-04-24.") % {
                "columns": ", ".join(COLUMNS)
            }


def _named(period: object) -> str:
    assert isinstance(period, Period)  # noqa: S101 - as timetable/calendars.py raises it
    return f"{period.name} ({date_format(period.first)} – {date_format(period.last)})"
