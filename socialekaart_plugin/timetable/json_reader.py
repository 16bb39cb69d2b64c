"""Strict reading of JSON data: rejects unknown keys, and errors name the invalid part."""

from collections.abc import Callable
from datetime import date, time
from typing import Any, TypeVar

from .calendars import DayOfYear
from .errors import ErrorCode, TimetableError
from .repetition import CODES, Weekday

T = TypeVar("T")
_REQUIRED: Any = object()


class Reader:
    """Reads a mapping key by key."""

    def __init__(self, data: Any, what: str) -> None:
        """Start reading.

        Args:
            data: the value, which must be a mapping.
            what: its name in error messages.
        """
        if not isinstance(data, dict):
            raise malformed(what)
        self.what = what
        self._left = dict(data)

    def take(self, key: str, default: Any = _REQUIRED) -> Any:
        """Return a value unchanged."""
        if key not in self._left and default is _REQUIRED:
            raise malformed(f"{self.what}: {key} is missing")
        return self._left.pop(key, default)

    def read(self, key: str, convert: Callable[[Any], T], default: Any = _REQUIRED) -> T:
        """Return a converted value; the default when it is missing or null."""
        value = self.take(key, default)
        if value is None and default is not _REQUIRED:
            value = default
        return value if value is default else self._convert(key, convert, value)

    def several(self, key: str, convert: Callable[[Any], T]) -> tuple[T, ...]:
        """Return a list of converted values; empty when it is missing."""
        values = self.take(key, [])
        if not isinstance(values, list):
            raise malformed(f"{self.what}: {key}")
        return tuple(self._convert(key, convert, value) for value in values)

    def finish(self) -> None:
        """Raise an error for keys that were not read."""
        if self._left:
            raise malformed(f"{self.what}: unknown {sorted(map(str, self._left))[0]}")

    def _convert(self, key: str, convert: Callable[[Any], T], value: Any) -> T:
        try:
            return convert(value)
        except TimetableError:
            raise
        except (ValueError, TypeError) as error:
            raise malformed(f"{self.what}: {key}") from error


def malformed(part: str) -> TimetableError:
    """Return the error for an invalid part."""
    return TimetableError(ErrorCode.MALFORMED, f"cannot read {part}", part=part)


def iso_date(value: Any) -> date:
    """Parse a date such as 2027-05-03."""
    found = date.fromisoformat(string(value))
    if found.isoformat() != value:
        raise ValueError
    return found


def hour_and_minute(value: Any) -> time:
    """Parse a time such as 09:30."""
    found = time.fromisoformat(string(value))
    if f"{found:%H:%M}" != value:
        raise ValueError
    return found


def day_of_year(value: Any) -> DayOfYear:
    """Parse a month and day such as 07-31."""
    month, day = string(value).split("-")
    found = DayOfYear(int(month), int(day))
    if "{:02}-{:02}".format(*found) != value:
        raise ValueError
    return found


def weekday(value: Any) -> Weekday:
    """Parse a weekday such as MO."""
    return Weekday(CODES.index(string(value)))


def string(value: Any) -> str:
    """Parse a string."""
    if not isinstance(value, str):
        raise TypeError
    return value


def number(value: Any) -> int:
    """Parse an integer."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError
    return value


def boolean(value: Any) -> bool:
    """Parse a boolean."""
    if not isinstance(value, bool):
        raise TypeError
    return value
