"""The lines of RFC 5545 text: properties with parameters, local times, dates and durations."""

import re
from dataclasses import dataclass
from datetime import MAXYEAR, UTC, date, datetime, time
from zoneinfo import ZoneInfo

from .errors import ErrorCode, TimetableError

_LINE = re.compile(r"([A-Za-z-]+)((?:;[A-Za-z-]+=(?:\"[^\"]*\"|[^;:\"]*))*):(.*)")
_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_MOMENT = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(Z?)", re.ASCII)
_DURATION = re.compile(r"P(?:(\d{1,3})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:0+S)?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Line:
    """One property: its name and parameters in capitals, its value as it stands."""

    name: str
    parameters: dict[str, str]
    value: str


def read_lines(text: str) -> list[Line]:
    """Read the properties of one block; long lines may be folded (RFC 5545, 3.1).

    Raises:
        TimetableError: `malformed`.
    """
    unfolded = re.sub(r"\r?\n[ \t]", "", text.strip("\r\n"))
    return [_line(each.strip()) for each in unfolded.splitlines() if each.strip()]


def _line(text: str) -> Line:
    found = _LINE.fullmatch(text)
    if found is None:
        raise malformed(text)
    parameters = {}
    for each in filter(None, found[2].split(";")):
        name, _equals, value = each.partition("=")
        parameters[name.upper()] = value.strip('"')
    return Line(found[1].upper(), parameters, found[3].strip())


def malformed(part: str) -> TimetableError:
    """Return the error for a part that cannot be read."""
    return TimetableError(ErrorCode.MALFORMED, f"cannot read “{part[:80]}”", part=part[:80])


def unsupported(part: str) -> TimetableError:
    """Return the error for a part that is right but that we do not do."""
    return TimetableError(ErrorCode.UNSUPPORTED, f"“{part[:80]}” is not supported", part=part[:80])


def read_date(value: str) -> date:
    """Read a date such as 20270503."""
    found = _DATE.fullmatch(value)
    if found is None:
        raise malformed(value)
    try:
        return date(*map(int, found.groups()))
    except ValueError as error:
        raise malformed(value) from error


def read_moment(line: Line, value: str, zone: ZoneInfo) -> datetime:
    """Read a moment of a property and return what the clocks in the zone show then, without zone.

    Raises:
        TimetableError: `malformed`, `other_time_zone`, `unsupported` for a date without a time.
    """
    if line.parameters.get("VALUE", "DATE-TIME").upper() == "DATE":
        raise unsupported(f"{line.name};VALUE=DATE")
    key = line.parameters.get("TZID", zone.key)
    if key != zone.key:
        raise TimetableError(
            ErrorCode.OTHER_TIME_ZONE, f"{line.name} is in {key}, not in {zone.key}", zone=key
        )
    return read_local(value, zone)


def read_local(value: str, zone: ZoneInfo) -> datetime:
    """Read a moment, in UTC (Z) or local, and return what the clocks in the zone show then."""
    found = _MOMENT.fullmatch(value)
    if found is None:
        raise malformed(value)
    try:
        hour, minute, second = map(int, found.groups()[3:6])
        local = datetime.combine(read_date(value[:8]), time(hour, minute, second))
        # At the end of time, which means for ever, there is no other zone to go to.
        if found[7] and local.year < MAXYEAR:
            local = local.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None, fold=0)
    except (ValueError, OverflowError) as error:
        raise malformed(value) from error
    return local


def read_duration(value: str) -> int:
    """Read a duration such as PT1H30M, in minutes."""
    found = _DURATION.fullmatch(value)
    if found is None or not any(found.groups()):
        raise malformed(value)
    days, hours, minutes = (int(part or 0) for part in found.groups())
    return 24 * 60 * days + 60 * hours + minutes


def write_local(day: date, at: time) -> str:
    """Write what the clocks show."""
    return f"{day:%Y%m%d}T{at:%H%M%S}"


def write_utc(moment: datetime) -> str:
    """Write a moment in UTC."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%S}Z"
